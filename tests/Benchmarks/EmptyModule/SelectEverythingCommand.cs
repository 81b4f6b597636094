using System.Management.Automation;

namespace Nanonets.Benchmarks.EmptyModule;

/// <summary>The floor of a compiled module: one cmdlet that passes on what it is given.</summary>
[Cmdlet(VerbsCommon.Select, "Everything")]
public sealed class SelectEverythingCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    protected override void ProcessRecord() => WriteObject(InputObject);
}
