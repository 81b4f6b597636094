namespace Nanonets.Journaling;

/// <summary>Opens journals that are kept in files. What implements it is loaded only when such a journal is asked for.</summary>
internal interface IJournalLibrary
{
    /// <summary>Opens a journal for a run, and makes it when there is none.</summary>
    /// <param name="path">Full path of the file; its folder must be there.</param>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    IUploadJournal Open(string path);

    /// <summary>Opens a journal to look at it: nothing is made or changed.</summary>
    /// <param name="path">Full path of a file that is there.</param>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    IUploadJournal OpenReadOnly(string path);
}
