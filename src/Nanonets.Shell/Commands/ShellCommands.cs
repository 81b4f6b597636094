using System;
using System.IO;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace Nanonets.Shell.Commands;

/// <summary>All commands this shell adds to the bare engine.</summary>
internal static class ShellCommands
{
    public static void AddTo(InitialSessionState state)
    {
        Add<FormatTableCommand>(state, "Format-Table");
        Add<FormatListCommand>(state, "Format-List");
        Add<SelectObjectCommand>(state, "Select-Object");
        Add<SortObjectCommand>(state, "Sort-Object");
        Add<ExportCsvCommand>(state, "Export-Csv");
        Add<ImportCsvCommand>(state, "Import-Csv");
        Add<StartNanonetsEmulatorCommand>(state, "Start-NanonetsEmulator");
        Add<StopNanonetsEmulatorCommand>(state, "Stop-NanonetsEmulator");

        ScriptBlockAst script = Parser.ParseInput(ReadScript(), out _, out ParseError[] errors);
        if (errors.Length > 0)
            throw new InvalidOperationException($"Everyday.ps1: {errors[0].Message}");
        foreach (Ast ast in script.FindAll(static ast => ast is FunctionDefinitionAst, searchNestedScriptBlocks: false))
        {
            var function = (FunctionDefinitionAst)ast;
            string body = function.Body.Extent.Text;
            state.Commands.Add(new SessionStateFunctionEntry(function.Name, body[1..^1]));
        }
    }

    private static void Add<T>(InitialSessionState state, string name) => state.Commands.Add(new SessionStateCmdletEntry(name, typeof(T), null));

    private static string ReadScript()
    {
        using Stream stream = typeof(ShellCommands).Assembly.GetManifestResourceStream("Everyday.ps1")
            ?? throw new InvalidOperationException("Everyday.ps1 is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
