using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Nanonets.Binding;

/// <summary>Reads the parts of a small thing that people write as a hashtable or have as an object.</summary>
internal static class Parts
{
    /// <summary>The things that were given, one or a list.</summary>
    public static IEnumerable<PSObject> Of(object? given)
    {
        object? value = given is PSObject wrapped ? wrapped.BaseObject : given;
        return value is IEnumerable list and not (string or IDictionary)
            ? list.Cast<object?>().Where(static item => item is not null).Select(PSObject.AsPSObject)
            : value is null ? [] : [PSObject.AsPSObject(given)];
    }

    /// <summary>A part by name, in any case; null when there is none.</summary>
    public static object? Part(this PSObject thing, string name)
    {
        object? value = thing.BaseObject is IDictionary members
            ? members.Keys.Cast<object>().Where(key => string.Equals(key as string, name, StringComparison.OrdinalIgnoreCase))
                .Select(key => members[key]).FirstOrDefault()
            : thing.Properties[name]?.Value;
        return value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
    }

    /// <summary>A part as text, the same in every culture; null when there is none.</summary>
    public static string? PartText(this PSObject thing, string name) =>
        thing.Part(name) is { } value ? LanguagePrimitives.ConvertTo<string>(value) : null;

    /// <summary>A part as a whole number; null when it is none.</summary>
    public static int? PartNumber(this PSObject thing, string name) =>
        thing.Part(name) is { } value && LanguagePrimitives.TryConvertTo(value, out int number) ? number : null;
}
