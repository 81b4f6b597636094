using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Nanonets.Documents;
using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Uploads;

/// <summary>
/// The files and addresses that an invocation has taken, each with what it is sent with. Only 96 bits of a hash are kept of each, so that a
/// million of them cost some 30 MB.
/// </summary>
internal sealed class SeenDocuments
{
    private readonly HashSet<Mark> _marks = [];

    /// <returns>False when the same was taken before. What has no path is always new.</returns>
    public bool Add(Document document, SendRequest request)
    {
        if (document.Source.SourcePath is not { } path)
            return true;

        string address = document.Source is UrlSource url ? url.Address : path;
        string text = string.Join(
            "\0", address, request.ModelId, request.Call, request.Metadata, DocumentKey.PagesOf(request.PagesToProcess));
        return _marks.Add(MemoryMarshal.Read<Mark>(DocumentKey.Sha256(Encoding.UTF8.GetBytes(text))));
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly struct Mark : IEquatable<Mark>
    {
        private readonly long _first;
        private readonly int _second;

        public bool Equals(Mark other) => _first == other._first && _second == other._second;

        public override bool Equals(object? obj) => obj is Mark other && Equals(other);

        public override int GetHashCode() => _second;
    }
}
