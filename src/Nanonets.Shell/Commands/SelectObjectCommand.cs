using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace Nanonets.Shell.Commands;

/// <summary>Selects properties, or the first objects; <c>-First</c> stops the commands before it, as the real one does.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private int _written;
    private int _skipped;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Property names, or hashtables with Name and Expression.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>A property whose value is written in place of the object.</summary>
    [Parameter]
    public string? ExpandProperty { get; set; }

    /// <summary>How many objects to let through.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = int.MaxValue;

    /// <summary>How many objects to leave out first.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || _skipped++ < Skip)
            return;
        if (_written < First)
        {
            _written++;
            if (ExpandProperty is not null)
                WriteObject(InputObject.Properties[ExpandProperty]?.Value, true);
            else
                WriteObject(Property is null ? InputObject : Select(InputObject));
        }

        if (_written >= First)
            throw StopUpstream();
    }

    private PSObject Select(PSObject source)
    {
        var selected = new PSObject();
        foreach (object property in Property!.Select(static property => property is PSObject wrapped ? wrapped.BaseObject : property))
        {
            if (property is IDictionary calculated)
            {
                string name = (calculated["Name"] ?? calculated["N"] ?? calculated["Label"])?.ToString() ?? throw new PSArgumentException("A calculated property needs a Name.");
                object? value = (calculated["Expression"] ?? calculated["E"]) is ScriptBlock expression
                    ? expression.InvokeWithContext(null, [new PSVariable("_", source)]) switch { { Count: 1 } one => one[0], var many => many }
                    : null;
                selected.Properties.Add(new PSNoteProperty(name, value));
            }
            else
            {
                foreach (PSPropertyInfo match in source.Properties.Where(info => new WildcardPattern(property.ToString(), WildcardOptions.IgnoreCase).IsMatch(info.Name)))
                    selected.Properties.Add(new PSNoteProperty(match.Name, match.Value));
            }
        }

        return selected;
    }

    /// <summary>The engine ends a pipeline quietly for this exception only, and keeps its constructor to itself.</summary>
    private Exception StopUpstream()
    {
        Type type = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        return (Exception)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, [this], null)!;
    }
}
