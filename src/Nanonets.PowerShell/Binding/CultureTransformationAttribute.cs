using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace Nanonets.Binding;

/// <summary>
/// Takes a culture by its name, such as de-DE. The framework makes a culture of any word that looks like one, with rules nobody asked for,
/// and one of a number; a language without a country says nothing of how numbers and dates are written.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CultureTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        CultureInfo? culture = value switch
        {
            CultureInfo given => given,
            string { Length: 0 } => CultureInfo.InvariantCulture,
            string name => Find(name),
            null => null,
            _ => throw new ArgumentTransformationMetadataException($"'{value}' is not a culture: use a name such as de-DE."),
        };
        if (value is string && culture is null)
            throw new ArgumentTransformationMetadataException(
                $"There is no culture '{value}'. Use a name such as de-DE; Get-Culture -ListAvailable shows all.");
        if (culture is { IsNeutralCulture: true })
        {
            string example = CultureInfo.CreateSpecificCulture(culture.Name).Name;
            throw new ArgumentTransformationMetadataException(
                $"'{value}' is a language, but numbers and dates differ between countries. Use a culture such as {example}.");
        }

        return culture;
    }

    private static CultureInfo? Find(string name) => IsListed(name) ? CultureInfo.GetCultureInfo(name) : null;

#if NETSTANDARD2_0
    private static bool IsListed(string name) =>
        CultureInfo.GetCultures(CultureTypes.AllCultures).Any(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase));
#else
    /// <summary>
    /// Asks the system's data rather than the list of it, in which some names that it knows are missing (zh-CN on Linux).
    /// </summary>
    private static bool IsListed(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
#endif
}
