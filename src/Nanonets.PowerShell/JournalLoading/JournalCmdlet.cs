using System;
using System.Management.Automation;
using Nanonets.Async;
using Nanonets.Binding;
using Nanonets.Errors;
using Nanonets.Journaling;
using Nanonets.Sessions;

namespace Nanonets.JournalLoading;

/// <summary>
/// Base of the cmdlets that look at a journal or tidy it. They send nothing. The journal is, in this order: -Journal, the one of
/// -Connection, the runspace's connection's, the environment's.
/// </summary>
public abstract class JournalCmdlet : AsyncCmdlet
{
    /// <summary>
    /// The journal: its path, or the address of its database (postgresql://…). Default: the journal of the connection (Connect-Nanonets
    /// -Journal), else the one that the environment variable NANONETS_JOURNAL names.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public virtual string? Journal { get; set; }

    /// <summary>
    /// The connection whose journal to use, as Connect-Nanonets -PassThru writes it. Default: the connection of this runspace.
    /// </summary>
    [Parameter]
    public NanonetsConnection? Connection { get; set; }

    /// <summary>The journal, or the cmdlet ends with an error that says how to name one.</summary>
    private protected JournalLocation Used
    {
        get
        {
            JournalLocation? journal = UsedJournal.Find(this, Journal, Connection ?? RunspaceConnections.Current.Connection);
            if (journal is null)
                ThrowTerminatingError(ErrorTable.JournalPathMissing());
            return journal!;
        }
    }

    /// <summary>Does something with a journal; what makes it unusable ends the cmdlet.</summary>
    private protected T WithJournal<T>(Func<IJournalLibrary, JournalLocation, IUploadJournal> open, Func<IUploadJournal, T> work)
    {
        JournalLocation location = Used;
        try
        {
            using IUploadJournal journal = open(JournalLoader.For(location), location);
            return work(journal);
        }
        catch (NanonetsException failure) when (failure.ErrorId == NanonetsErrorId.JournalUnavailable)
        {
            ThrowTerminatingError(ErrorTable.From(failure, location.Name));
            throw;
        }
    }
}
