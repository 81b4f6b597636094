using System.Management.Automation;
using Nanonets.Binding;
using Nanonets.Errors;
using Nanonets.JournalLoading;
using Nanonets.Journaling;

namespace Nanonets.Commands;

/// <summary>
/// <para>Gets the SQL script that makes the tables of a journal in a PostgreSQL database.</para>
/// <para>The first upload creates the tables if its account is allowed to. Otherwise an administrator runs this script with psql, with
/// -Role for the account of the uploads, which then only needs to read and write rows. The script makes everything in one transaction or
/// nothing. The cmdlet does not connect to the database, which need not exist yet.</para>
/// <para>Needs PowerShell 7.4 or later, as a journal in a database does. A journal in a file needs no script.</para>
/// </summary>
/// <example>
/// <code>Get-NanonetsJournalSchema -Journal postgresql://db.example.com/nanonets -Role nanonets | Set-Content journal.sql</code>
/// <para>Keeps the script in a file for the administrator of the database. It grants the role nanonets what runs need.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsJournalSchema -Journal 'postgresql://db.example.com/nanonets?schema=accounting'</code>
/// <para>The script for a journal in a schema of its own, beside that of another team.</para>
/// </example>
/// <example>
/// <code>(Get-NanonetsJournalSchema -Journal postgresql://localhost/nanonets).Length</code>
/// <para>The script is one text.</para>
/// </example>
/// <exception cref="NanonetsErrorId.JournalUnavailable"/>
/// <exception cref="ErrorTable.JournalPathMissing"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
/// <returns>The script, as one text.</returns>
[Cmdlet(VerbsCommon.Get, "NanonetsJournalSchema")]
[OutputType(typeof(string))]
public sealed class GetNanonetsJournalSchemaCommand : JournalCmdlet
{
    /// <summary>
    /// The address of the database (postgresql://…). Default: that of the connection's journal (Connect-Nanonets -Journal), else the one
    /// that the environment variable NANONETS_JOURNAL names.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public override string? Journal { get; set; }

    /// <summary>The role that runs log on with: it is granted to read and write rows, and nothing else. Default: no grants.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Role { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        JournalLocation journal = Used;
        try
        {
            WriteObject(JournalLoader.For(journal).SchemaScript(journal, Role));
        }
        catch (NanonetsException none) when (none.ErrorId == NanonetsErrorId.JournalUnavailable)
        {
            ThrowTerminatingError(ErrorTable.From(none, journal.Name));
        }
    }
}
