using System;
using System.IO;

namespace Nanonets.Journal.Tests.Support;

/// <summary>A folder of its own for the journals of one test.</summary>
public sealed class JournalFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("nanonets-journal-").FullName;

    /// <summary>The journal of the test.</summary>
    public string Journal => Path.Combine(Root, "uploads.db");

    public void Dispose() => Directory.Delete(Root, true);
}
