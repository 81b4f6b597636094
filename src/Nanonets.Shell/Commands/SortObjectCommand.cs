using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace Nanonets.Shell.Commands;

/// <summary>Sorts objects by one property or by themselves; equal ones keep their order.</summary>
[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _all = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The property to sort by.</summary>
    [Parameter(Position = 0)]
    public string? Property { get; set; }

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
        var order = Comparer<object?>.Create(static (one, other) => LanguagePrimitives.Compare(one, other, ignoreCase: true, CultureInfo.CurrentCulture));
        WriteObject(Descending ? _all.OrderByDescending(Key, order) : _all.OrderBy(Key, order), true);
    }

    private object? Key(PSObject item) => Property is null ? item.BaseObject : item.Properties[Property]?.Value;
}
