using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Nanonets.Binding;

namespace Nanonets;

/// <summary>
/// Metadata for files that a cmdlet finds by itself: a text or a hashtable for all of them, or a script block that is run for each, with
/// the file as <c>$_</c>.
/// </summary>
public sealed class FileMetadata
{
    private static readonly MetadataTransformationAttribute s_reader = new();

    private readonly object? _value;

    internal FileMetadata(object? value) => _value = value;

    /// <summary>The metadata of a file; null for none.</summary>
    /// <exception cref="RuntimeException">The script block failed.</exception>
    internal string? Of(FileInfo file)
    {
        object? value = _value;
        if (value is ScriptBlock script)
        {
            IEnumerable<PSObject> written = script.InvokeWithContext(null, [new PSVariable("_", file)]);
            value = written.FirstOrDefault(static one => one is not null);
        }

        object? read = s_reader.Transform(null!, value);
        return read is null ? null : read as string ?? LanguagePrimitives.ConvertTo<string>(read);
    }

    /// <summary>What it is.</summary>
    /// <returns>The text, the script, or the name of the type.</returns>
    public override string ToString() => _value?.ToString() ?? string.Empty;
}

/// <summary>Takes any metadata for files: see <see cref="FileMetadata"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FileMetadataTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is FileMetadata ? value : new FileMetadata(value is ScriptBlock ? value : inputData);
    }
}
