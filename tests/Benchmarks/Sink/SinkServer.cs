using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Listing;

namespace Nanonets.Benchmarks.Sink;

/// <summary>
/// A service that reads and discards, with as little work of its own as possible, so that clients are measured and not it. Runs as a
/// process of its own: its processor time is nobody's. Routes besides those of the API: <c>/reset</c>, <c>/stats</c>, <c>/stall</c>
/// (answers nothing from then on), <c>/read/milliseconds</c> (documents are pending for so long from then on) and <c>/reading</c> (how they
/// were asked for).
/// </summary>
internal static class SinkServer
{
    private static long s_documents;
    private static long s_firstByte;
    private static volatile bool s_stalls;
    private static volatile Reading? s_reading;

    public static async Task<int> RunAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(512);
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        _ = Task.Run(static () =>
        {
            // The parent closes the pipe when it ends, in whatever way.
            Console.In.ReadToEnd();
            Environment.Exit(0);
        });
        while (true)
            _ = ServeAsync(await listener.AcceptTcpClientAsync());
    }

    private static async Task ServeAsync(TcpClient client)
    {
        using TcpClient line = client;
        line.NoDelay = true;
        NetworkStream stream = line.GetStream();
        var buffer = new byte[64 * 1024];
        int filled = 0;
        try
        {
            while (true)
            {
                int head;
                while ((head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
                {
                    int read = await stream.ReadAsync(buffer.AsMemory(filled));
                    if (read == 0)
                        return;
                    filled += read;
                }

                string text = Encoding.Latin1.GetString(buffer, 0, head);
                head += 4;
                string target = text.Split(' ', 3)[1];
                if (text.StartsWith("POST", StringComparison.Ordinal))
                    Interlocked.CompareExchange(ref s_firstByte, Stopwatch.GetTimestamp(), 0);
                if (text.Contains("Expect: 100-continue", StringComparison.OrdinalIgnoreCase))
                    await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());

                long left = Length(text) - (filled - head);
                while (left > 0)
                {
                    int read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)));
                    if (read == 0)
                        return;
                    left -= read;
                }

                filled = 0;
                if (text.StartsWith("POST", StringComparison.Ordinal))
                    Interlocked.Increment(ref s_documents);
                if (s_stalls && text.StartsWith("POST", StringComparison.Ordinal))
                    await Task.Delay(Timeout.Infinite);
                if (ListingSource.Answers(target))
                {
                    await ListingSource.WriteAsync(stream, target);
                    continue;
                }

                byte[] body = Encoding.UTF8.GetBytes(Answer(target));
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: "
                        + $"{DateTimeOffset.UtcNow:R}\r\nContent-Length: {body.Length}\r\n\r\n"));
                await stream.WriteAsync(body);
            }
        }
        catch (IOException)
        {
            // The client is gone.
        }
    }

    private static long Length(string head)
    {
        const string name = "Content-Length:";
        int at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return 0;
        int end = head.IndexOf('\r', at);
        return long.Parse(head.AsSpan(at + name.Length, (end < 0 ? head.Length : end) - at - name.Length), CultureInfo.InvariantCulture);
    }

    private static string Answer(string target)
    {
        switch (target)
        {
            case "/reset":
                (s_documents, s_firstByte, s_stalls, s_reading) = (0, 0, false, null);
                return "{}";
            case "/stall":
                s_stalls = true;
                return "{}";
            case "/reading":
                return s_reading?.Stats() ?? "{}";
            case "/stats":
                return $$"""{"documents":{{Interlocked.Read(ref s_documents)}},"firstByte":{{Interlocked.Read(ref s_firstByte)}}}""";
        }

        if (target.StartsWith("/read/", StringComparison.Ordinal))
        {
            s_reading = new Reading(TimeSpan.FromMilliseconds(int.Parse(target.AsSpan("/read/".Length), CultureInfo.InvariantCulture)));
            return "{}";
        }

        if (s_reading?.Answer(target) is { } pages)
            return pages;
        if (!target.Contains("/Label", StringComparison.Ordinal))
            return """
                {"model_id":"m","model_type":"ocr","state":5,"categories":[],"moderated_images":[],"unmoderated_images":[],"moderated_images_count":0,"unmoderated_images_count":0}
                """;
        var file = Guid.NewGuid();
        s_reading?.Accept(file.ToString());
        return $$$"""
            {"message":"Success","result":[{"message":"Success","input":"doc.pdf","prediction":[],"page":0,"request_file_id":"{{{file}}}","filepath":"","id":"{{{Guid.NewGuid()}}}","rotation":0,"file_url":"","request_metadata":"","processing_type":"async","size":{"width":0,"height":0}}],"signed_urls":{}}
            """;
    }
}
