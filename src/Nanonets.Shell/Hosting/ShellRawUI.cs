using System;
using System.Management.Automation.Host;

namespace Nanonets.Shell.Hosting;

/// <summary>The width of the console; all else that terminals can do is not needed here.</summary>
internal sealed class ShellRawUI(IShellConsole console) : PSHostRawUserInterface
{
    private const int Height = 50;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Size BufferSize
    {
        get => new(console.Width, Height);
        set => throw Unsupported();
    }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override bool KeyAvailable => false;

    public override Size MaxPhysicalWindowSize => new(console.Width, Height);

    public override Size MaxWindowSize => new(console.Width, Height);

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize
    {
        get => new(console.Width, Height);
        set => throw Unsupported();
    }

    public override string WindowTitle { get; set; } = "Nanonets.Shell";

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw Unsupported();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw Unsupported();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw Unsupported();

    private static NotSupportedException Unsupported() => new("This shell has no screen buffer; use pwsh.");
}
