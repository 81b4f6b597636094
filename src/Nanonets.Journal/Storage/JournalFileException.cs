using System;

namespace Nanonets.Journal.Storage;

/// <summary>A journal file that cannot be used; the message goes on from "The journal '…' ".</summary>
internal sealed class JournalFileException(string message) : Exception(message);
