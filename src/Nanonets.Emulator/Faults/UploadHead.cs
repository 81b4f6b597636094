using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Nanonets.Emulator.Resources;

namespace Nanonets.Emulator.Faults;

/// <summary>Looks at the beginning of a request's body for file names, and puts it back.</summary>
internal static class UploadHead
{
    private const int Size = 64 * 1024;

    public static async Task<IReadOnlyList<string>> PeekAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        byte[] head = new byte[Size];
        int wanted = (int)Math.Min(Size, request.ContentLength ?? Size);
        int length = await request.Body.ReadAtLeastAsync(head, wanted, throwOnEndOfStream: false, cancellationToken);
        request.Body = new Rejoined(head.AsMemory(0, length), request.Body);
        return [.. PartNames.FileNames(Encoding.UTF8.GetString(head, 0, length)).Select(PartNames.Decode)];
    }

    /// <summary>What was read already, then the rest.</summary>
    private sealed class Rejoined(ReadOnlyMemory<byte> head, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _head = head;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_head.IsEmpty)
                return await rest.ReadAsync(buffer, cancellationToken);

            int count = Math.Min(buffer.Length, _head.Length);
            _head[..count].CopyTo(buffer);
            _head = _head[count..];
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
