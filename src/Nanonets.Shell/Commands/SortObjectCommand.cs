using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace Nanonets.Shell.Commands;

/// <summary>Sorts objects by properties or by themselves; equal ones keep their order.</summary>
[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _all = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The properties to sort by, the first before the second.</summary>
    [Parameter(Position = 0)]
    public string[] Property { get; set; } = [];

    /// <summary>Largest first.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _all.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var order = Comparer<PSObject>.Create(Compare);
        WriteObject(Descending ? _all.OrderByDescending(static item => item, order) : _all.Order(order), true);
    }

    private int Compare(PSObject one, PSObject other)
    {
        if (Property.Length == 0)
            return Compare(one.BaseObject, other.BaseObject);
        foreach (string property in Property)
        {
            int difference = Compare(one.Properties[property]?.Value, other.Properties[property]?.Value);
            if (difference != 0)
                return difference;
        }

        return 0;
    }

    private static int Compare(object? one, object? other) => LanguagePrimitives.Compare(one, other, ignoreCase: true, CultureInfo.CurrentCulture);
}
