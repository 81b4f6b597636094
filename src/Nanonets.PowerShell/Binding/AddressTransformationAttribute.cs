using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;

namespace Nanonets.Binding;

/// <summary>
/// Turns what people pipe into an address parameter into addresses: addresses, text, and objects with a Uri, Url, or a SourcePath that is
/// an address, such as CSV rows and page results.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddressTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_properties = ["Uri", "Url", "SourcePath"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not IList list || value is string)
            return ToAddress(inputData);

        var addresses = new List<Uri>(list.Count);
        foreach (object? item in list)
            addresses.Add(ToAddress(item));
        return addresses.ToArray();
    }

    /// <summary>The address that an object holds in place of a path; null when it holds none.</summary>
    internal static string? In(PSObject item)
    {
        foreach (string name in s_properties)
        {
            if (item.Properties[name]?.Value?.ToString() is { Length: > 0 } text && (name != "SourcePath" || IsAddress(text)))
                return text;
        }

        return null;
    }

    /// <summary>Whether text is an address of the web and no path.</summary>
    internal static bool IsAddress(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static Uri ToAddress(object? item)
    {
        object? value = item is PSObject wrapped ? wrapped.BaseObject : item;
        string? text = value switch
        {
            null => null,
            Uri address => address.OriginalString,
            string given => given,

            // Knows its address in full, while its SourcePath shows it without the query.
            UploadSource => null,
            _ => In(PSObject.AsPSObject(item)),
        };

        // The value is not repeated: an address may be signed.
        return Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? result)
            ? result
            : throw GiveWay(
                $"A value of type {value?.GetType().Name ?? "null"} is not an address: pass an address, or an object with a Uri.");
    }

    /// <summary>
    /// Refuses a piped value in the one way after which the engine tries the other parameters that take values from the pipeline, instead
    /// of giving the value up.
    /// </summary>
    internal static ArgumentTransformationMetadataException GiveWay(string message) => new(message, new PSInvalidCastException(message));
}
