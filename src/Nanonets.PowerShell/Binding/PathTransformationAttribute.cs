using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace Nanonets.Binding;

/// <summary>
/// Turns what people pipe into a path parameter into paths. Text passes as it is (it may hold wildcards); a file, or any
/// object with a PSPath, FullName, SourcePath, LiteralPath or Path, becomes that path with its wildcard characters escaped;
/// anything else is refused by name. Rests on the argument alone: parameter-set resolution would send a file to the
/// wildcard set as soon as another parameter binds by property name, and <c>invoice [1].pdf</c> would be lost.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PathTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_pathProperties = ["PSPath", "FullName", "SourcePath", "LiteralPath", "Path"];

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
                return WildcardPattern.Escape(file.FullName);
            case null:
                throw new ArgumentTransformationMetadataException("A path was expected, but the value is null.");
        }

        PSObject source = PSObject.AsPSObject(item);
        foreach (string name in s_pathProperties)
        {
            if (source.Properties[name]?.Value is { } property && property.ToString() is { Length: > 0 } path && !AddressTransformationAttribute.IsAddress(path))
                return WildcardPattern.Escape(path);
        }

        if (IsOtherSource(value, source))
            throw AddressTransformationAttribute.GiveWay($"A value of type {value.GetType().Name} is no file.");

        throw new ArgumentTransformationMetadataException(
            $"A value of type {value.GetType().Name} ('{value}') is no file: pass a path, a file, or an object with a FullName, SourcePath, LiteralPath or Path that is not empty.");
    }

    /// <summary>Whether another parameter takes the value: an address, a stream, base64 data, or the target of an error about one of them.</summary>
    private static bool IsOtherSource(object value, PSObject source) =>
        value is Uri or UploadSource || AddressTransformationAttribute.In(source) is not null
        || source.Properties["Base64Data"]?.Value is not null || source.Properties["InputStream"]?.Value is not null;
}
