using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using Nanonets.Binding;
using Nanonets.Commands;
using Nanonets.Errors;
using Nanonets.Journaling;
using Nanonets.JournalLoading;
using Nanonets.Rows;
using Nanonets.Uploads;

namespace Nanonets.Inbox;

/// <summary>
/// Whether a run over an inbox can begin, and with what. What stands against it is kept, not thrown: the run has an exit code all the same.
/// </summary>
internal sealed class InboxStart
{
    private readonly InvokeNanonetsInboxCommand _command;
    private readonly NanonetsConnection? _connection;
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;

    public InboxStart(InvokeNanonetsInboxCommand command, NanonetsConnection? connection, ErrorRecord? error)
    {
        (_command, _connection, Error) = (command, connection, error);
        Inbox = Full(command.Path);
        Destination = Full(command.Destination);
        if (Error is null)
            CheckFolders();
        Options = Error is null ? Read() : null;
    }

    /// <summary>Why the run cannot begin; null when it can.</summary>
    public ErrorRecord? Error { get; private set; }

    /// <summary>What it is to do; null when it cannot begin.</summary>
    public InboxOptions? Options { get; }

    private string Inbox { get; }

    private string Destination { get; }

    /// <summary>Opens the journal, and makes it when there is none.</summary>
    public IUploadJournal OpenJournal() => JournalLoader.For(Options!.Journal).Open(Options.Journal);

    /// <summary>What a run would use.</summary>
    public UploadForecast Forecast() =>
        new(Options!.Journal, _connection!.BaseUri.ToString(), _connection.PagesPerMinute, Options.PageBudget);

    /// <summary>What lies in the inbox; null when it cannot be read.</summary>
    public IReadOnlyList<InboxItem>? List()
    {
        try
        {
            return new InboxListing(Options!, _connection!.Client.Clock).Read();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Fail(ErrorTable.SourceUnavailable(Inbox, new IOException(unreadable.Message, unreadable), new DirectoryInfo(Inbox)));
            return null;
        }
    }

    /// <summary>The run that could not begin.</summary>
    public InboxRun Refused() => new()
    {
        Inbox = Inbox,
        Destination = Destination,
        StartedAt = _startedAt,
        Duration = DateTimeOffset.UtcNow - _startedAt,
        ErrorId = Error!.FullyQualifiedErrorId,
        Reason = Error.Exception.Message,
        Advice = Error.ErrorDetails?.RecommendedAction,
    };

    /// <summary>The error of what ended a run for all documents.</summary>
    public static ErrorRecord? ErrorOf(Exception? failure, InboxRun run) => failure switch
    {
        NanonetsException known => ErrorTable.From(known, run),
        DestinationFailure unwritable => ErrorTable.FileNotWritten(unwritable.FullPath, unwritable.InnerException!),
        _ => null,
    };

    private InboxOptions? Read()
    {
        List<RowLabel> labels = RowLabels.Of(_command.Label!, Fail);
        string? model = _command.ModelId is { Length: > 0 } given ? given : _connection!.ModelId;
        if (model is not { Length: > 0 })
            Fail(ErrorTable.ModelIdMissing());
        var options = new InboxOptions
        {
            Inbox = Inbox,
            Destination = Destination,
            Journal = Journal(),
            ModelId = model ?? string.Empty,
            Labels = labels,
            RowsPath = _command.RowsPath is { } rows ? Full(rows) : null,
            Recurse = _command.Recurse,
            Include = _command.Include,
            Ignore = _command.Ignore,
            Kind = _command.As,
            Culture = _command.Culture,
            MinimumScore = _command.MinimumScore,
            MinimumAge = _command.MinimumAge,
            Timeout = _command.Timeout,
            OutageTimeout = _command.OutageTimeout,
            PageBudget = _command.PageBudget,
            PagesPerMinute = _connection!.PagesPerMinute,
            ResendAfter = _connection.ResendAfter,
            ThrottleLimit = _command.ThrottleLimit,
        };
        if (options.RowsPath is { } file && RowsFile.HeaderOf(file) is { } header && header != new RowsText(options).Header)
            Fail(ErrorTable.ColumnsDiffer(file));
        return Error is null ? options : null;
    }

    /// <summary>The journal that is meant; without one a file in the destination.</summary>
    private JournalLocation Journal()
    {
        if (_command.Journal is null && _connection?.JournalLocation is { } usual)
            return usual;

        string named = UsedJournal.Named(_command.Journal, _connection) ?? Path.Combine(Destination, "uploads.db");
        try
        {
            if (JournalAddress.Is(named))
                return UsedJournal.OfDatabase(named, _connection?.JournalCredential);
        }
        catch (NanonetsException wrong)
        {
            Fail(ErrorTable.From(wrong, null));
        }

        return JournalLocation.OfFile(Full(named));
    }

    private void CheckFolders()
    {
        if (!Directory.Exists(Inbox))
            Fail(ErrorTable.FileMissing(_command.Path, Inbox, $"The folder '{Inbox}' does not exist."));
        else if (File.Exists(Destination))
            Fail(ErrorTable.DestinationInvalid(Destination, "It is a file."));
        else if (InboxPath.IsSame(Inbox, Destination))
            Fail(ErrorTable.DestinationInvalid(Destination, "It is the inbox itself."));
        else if (Array.Exists(FilingDesk.Folders, folder => InboxPath.IsSameOrWithin(Inbox, Path.Combine(Destination, folder))))
            Fail(ErrorTable.DestinationInvalid(Destination, "The inbox is a folder that documents are filed in."));
    }

    private string Full(string given)
    {
        try
        {
            if (FileSystemPath.Find(_command.SessionState, given) is { } path)
                return Path.GetFullPath(path);
            Fail(ErrorTable.NotFileSystemPath(given, null));
        }
        catch (Exception unnameable) when (unnameable is ArgumentException or NotSupportedException or PathTooLongException)
        {
            Fail(ErrorTable.NotFileSystemPath(given, unnameable));
        }

        return given;
    }

    private void Fail(ErrorRecord error) => Error ??= error;
}
