using System.Management.Automation;

namespace Nanonets.Benchmarks.Listing;

/// <summary>The emit floor: the least that a compiled cmdlet does to hand out so many objects one by one.</summary>
[Cmdlet(VerbsCommunications.Write, "PlainPage")]
public sealed class WritePlainPageCommand : PSCmdlet
{
    /// <summary>How many.</summary>
    [Parameter(Mandatory = true)]
    public int Count { get; set; }

    protected override void EndProcessing()
    {
        for (int i = 0; i < Count; i++)
            WriteObject(new PlainPage());
    }
}
