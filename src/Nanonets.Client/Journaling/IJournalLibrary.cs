using System.Collections.Generic;

namespace Nanonets.Journaling;

/// <summary>Opens journals of one kind. What implements it is loaded only when such a journal is asked for.</summary>
internal interface IJournalLibrary
{
    /// <summary>Opens a journal for a run, and makes it when there is none.</summary>
    /// <param name="location">A file, whose folder must be there; or a database.</param>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    IUploadJournal Open(JournalLocation location);

    /// <summary>Opens a journal to look at it, or for a person's word about it: nothing is made.</summary>
    /// <param name="location">One that <see cref="Exists"/>.</param>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    IUploadJournal OpenReadOnly(JournalLocation location);

    /// <summary>Whether there is a journal already.</summary>
    /// <exception cref="NanonetsException">JournalUnavailable: it cannot be found out.</exception>
    bool Exists(JournalLocation location);

    /// <summary>Looks whether a run could use a journal, without making one.</summary>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    IReadOnlyList<ConnectionCheck> Check(JournalLocation location);

    /// <summary>What an administrator runs to make the journal, for accounts that may not. Nobody is asked.</summary>
    /// <param name="location">A database.</param>
    /// <param name="role">Who is granted what runs need; null for nobody.</param>
    /// <exception cref="NanonetsException">JournalUnavailable: a journal in a file needs none.</exception>
    string SchemaScript(JournalLocation location, string? role);
}
