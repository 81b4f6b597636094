using System.Collections.Generic;
using System.Text.Json;

namespace Nanonets.Pester.Tests;

/// <summary>What tests/Pester/Run.ps1 writes of a file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Results">One for each test, and one for each failure around tests.</param>
internal sealed record FileResults(string File, IReadOnlyList<PesterResult> Results)
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    /// <summary>Reads a line behind its mark.</summary>
    public static FileResults Parse(string json) => JsonSerializer.Deserialize<FileResults>(json, s_options)!;
}

/// <summary>A result of Pester.</summary>
/// <param name="Name">The names of its blocks and its own, with dots between.</param>
/// <param name="Result">Passed, Failed, Skipped or Discovered.</param>
/// <param name="Line">Where it stands in its file.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Message">What was wrong, or why it was skipped.</param>
/// <param name="Where">The lines that led there.</param>
internal sealed record PesterResult(
    string Name, string Result, int Line = 1, double Seconds = 0, string? Message = null, string? Where = null);
