using System;
using System.Management.Automation;
using Nanonets.Binding;

namespace Nanonets.Sessions;

/// <summary>A connection made from environment variables, together with the values it was made from.</summary>
internal sealed class EnvironmentConnection
{
    private readonly string _key;
    private readonly string? _baseUri;

    private EnvironmentConnection(string key, string? baseUri, string? modelId)
    {
        _key = key;
        _baseUri = baseUri;
        Connection = new NanonetsConnection(
            new ConnectionSettings { BaseUri = baseUri }.ToOptions(key), modelId, ConnectionSource.Environment);
    }

    public NanonetsConnection Connection { get; }

    /// <summary>The connection that the environment describes now; null when it holds no key.</summary>
    /// <param name="session">Whose current location and drives count for the path of a key file.</param>
    /// <param name="previous">The one before, which is kept as long as nothing has changed.</param>
    /// <exception cref="ArgumentException">The address in the environment cannot be used.</exception>
    /// <exception cref="ApiKeyFileException">The key file that the environment names cannot be used.</exception>
    public static EnvironmentConnection? Read(SessionState session, EnvironmentConnection? previous)
    {
        // Read anew each time: a key that was changed in the file counts from the next cmdlet on.
        string? key = Value("NANONETS_API_KEY")
            ?? (Value("NANONETS_API_KEY_FILE") is { } file ? ApiKeyFile.Read(FullPath(session, file)) : null);
        if (key is null)
            return null;

        string? baseUri = Value("NANONETS_BASE_URI");
        string? modelId = Value("NANONETS_MODEL_ID");
        return previous is not null && previous._key == key && previous._baseUri == baseUri && previous.Connection.ModelId == modelId
            ? previous
            : new EnvironmentConnection(key, baseUri, modelId);
    }

    private static string FullPath(SessionState session, string file) =>
        FileSystemPath.Find(session, file)
            ?? throw new ApiKeyFileException($"'{file}' in NANONETS_API_KEY_FILE is not a path of the file system.");

    private static string? Value(string name) =>
        Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } value ? value : null;
}
