using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace Nanonets.Binding;

/// <summary>
/// Turns what people pipe into a path parameter into paths. Text passes as it is (it may hold wildcards). A file, or any object with a
/// PSPath, FullName, FullPath, SourcePath, LiteralPath or Path, becomes that path and is remembered as exact; anything else is refused by
/// name. Rests on the argument alone: parameter-set resolution would send a file to the wildcard set as soon as another parameter binds by
/// property name, and <c>invoice [1].pdf</c> would be lost.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PathTransformationAttribute : ArgumentTransformationAttribute
{
    private const string FileSystem = "FileSystem::";

    private static readonly string[] s_pathProperties = ["PSPath", "FullName", "FullPath", "SourcePath", "LiteralPath", "Path"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not IList list || value is string)
            return ToPath(inputData);

        var paths = new List<string>(list.Count);
        foreach (object? item in list)
            paths.Add(ToPath(item));
        return paths.ToArray();
    }

    private static string ToPath(object? item)
    {
        object? value = item is PSObject wrapped ? wrapped.BaseObject : item;
        switch (value)
        {
            case string text:
                return text;
            case FileSystemInfo file:
                return MarkedText.ObjectPath.Mark(file.FullName);
            case FileSystemEventArgs change:
                return MarkedText.ObjectPath.Mark(change.FullPath);
            case null:
                throw new ArgumentTransformationMetadataException("A path was expected, but the value is null.");
        }

        PSObject source = PSObject.AsPSObject(item);
        foreach (string name in s_pathProperties)
        {
            if (source.Properties[name]?.Value?.ToString() is { Length: > 0 } path && !AddressTransformationAttribute.IsAddress(path))
                return MarkedText.ObjectPath.Mark(WithoutProvider(path));
        }

        if (IsOtherSource(value, source))
            throw AddressTransformationAttribute.GiveWay($"A value of type {value.GetType().Name} is not a file.");

        throw new ArgumentTransformationMetadataException(
            $"A value of type {value.GetType().Name} ('{value}') is not a file: pass a path, a file, or an object with a "
            + "FullName, FullPath, SourcePath, LiteralPath or Path that is not empty.");
    }

    /// <summary>What a PSPath names: it has the provider in front.</summary>
    private static string WithoutProvider(string path) =>
        path.IndexOf(FileSystem, StringComparison.OrdinalIgnoreCase) is >= 0 and int start
            && (start == 0 || string.Equals(path.Substring(0, start), @"Microsoft.PowerShell.Core\", StringComparison.OrdinalIgnoreCase))
            ? path.Substring(start + FileSystem.Length)
            : path;

    /// <summary>
    /// Whether another parameter takes the value: an address, a stream, base64 data, or the target of an error about one of them.
    /// </summary>
    private static bool IsOtherSource(object value, PSObject source) =>
        value is Uri or UploadSource || AddressTransformationAttribute.In(source) is not null
        || source.Properties["Base64Data"]?.Value is not null || source.Properties["InputStream"]?.Value is not null;
}
