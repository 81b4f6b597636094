using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading;
using Nanonets.Emulator.Documents.Formats;

namespace Nanonets.Emulator.Documents.Isolation;

/// <summary>
/// The reading process: takes one PDF after the other and gives its pages, until its input ends. Each message has its length in front.
/// </summary>
internal static class PdfLoop
{
    /// <summary>Nested deeper than this, a document is read by nobody.</summary>
    private const int StackSize = 16 * 1024 * 1024;

    public static void Run(Stream input, Stream output)
    {
        var reading = new Thread(
            () =>
            {
                while (ReadMessage(input) is { } content)
                    WriteMessage(output, JsonSerializer.SerializeToUtf8Bytes(PdfText.Read(content)));
            },
            StackSize);
        reading.Start();
        reading.Join();
    }

    /// <returns>Null at the end.</returns>
    public static byte[]? ReadMessage(Stream stream)
    {
        var length = new byte[sizeof(int)];
        if (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
            return null;

        var message = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        return stream.ReadAtLeast(message, message.Length, throwOnEndOfStream: false) < message.Length ? null : message;
    }

    public static void WriteMessage(Stream stream, byte[] message)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, message.Length);
        stream.Write(length);
        stream.Write(message);
        stream.Flush();
    }

    /// <summary>What the reading process says of a document.</summary>
    public static IReadOnlyList<PdfTextPage>? Parse(byte[] message) => JsonSerializer.Deserialize<PdfTextPage[]>(message);
}
