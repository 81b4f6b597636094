namespace Nanonets.Documents;

/// <summary>A stream set back to its start for one try.</summary>
internal sealed class OpenedStream : OpenedSource
{
    private readonly long _start;

    /// <exception cref="NanonetsException">There is nothing in it.</exception>
    public OpenedStream(StreamSource source, long start)
        : base(source)
    {
        _start = start;
        Content = source.Content;
        Length = source.Content.Length - start;
        if (Length <= 0)
            throw new NanonetsException(NanonetsErrorId.EmptyFile, $"'{source}' is empty, or its stream is at the end. It was not sent.");
        KnownType = MediaType.OfKnown(source.Content);
    }

    public override void EnsureUnchanged()
    {
        long now = Content!.Length - _start;
        if (now != Length)
            throw Changed(now > Length ? "became longer" : "became shorter");
    }

    public override void Dispose()
    {
        // The stream is needed for the next try; the source lets go of it.
    }
}
