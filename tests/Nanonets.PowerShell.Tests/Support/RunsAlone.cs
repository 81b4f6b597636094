namespace Nanonets.PowerShell.Tests.Support;

/// <summary>Tests that change what belongs to the whole process, such as its time zone: nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "Alone";
}
