using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>An InboxRun as a script sees it.</summary>
internal sealed class InboxRunView(PSObject run)
{
    public int ExitCode => (int)run.Properties["ExitCode"].Value;

    public string? ErrorId => (string?)run.Properties["ErrorId"].Value;

    public string Summary => (string)run.Properties["Summary"].Value;

    public object? this[string property] => run.Properties[property].Value;

    public IReadOnlyList<PSObject> Documents =>
        [.. ((System.Collections.IEnumerable)run.Properties["Documents"].Value).Cast<object>().Select(PSObject.AsPSObject)];

    /// <summary>A property of the document with a name.</summary>
    public string? Of(string input, string property = "State") =>
        Documents.Single(one => ((string)one.Properties["Input"].Value).Replace('\\', '/') == input).Properties[property].Value?.ToString();

    /// <summary>How many documents ended in a state.</summary>
    public int Count(string state) => Documents.Count(one => one.Properties["State"].Value.ToString() == state);
}
