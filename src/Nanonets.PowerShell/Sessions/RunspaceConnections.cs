using System.Collections.Generic;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Nanonets.Journaling;

namespace Nanonets.Sessions;

/// <summary>
/// The connection of each runspace. State belongs to the runspace, not to the process: two scripts in one process must not
/// send documents to each other's account.
/// </summary>
internal static class RunspaceConnections
{
    private static readonly ConditionalWeakTable<Runspace, Slot> s_slots = new();
    private static readonly List<System.WeakReference<Slot>> s_all = [];

    /// <summary>The state of the runspace that runs the calling cmdlet.</summary>
    public static Slot Current
    {
        get
        {
            return s_slots.GetValue(Runspace.DefaultRunspace, static _ =>
            {
                var slot = new Slot();
                lock (s_all)
                {
                    s_all.RemoveAll(static reference => !reference.TryGetTarget(out Slot? _));
                    s_all.Add(new System.WeakReference<Slot>(slot));
                }

                return slot;
            });
        }
    }

    /// <summary>Whether another runspace of this process has a connection: the usual cause of "not connected" in parallel code.</summary>
    public static bool ExistElsewhere()
    {
        Slot own = Current;
        lock (s_all)
            return s_all.Exists(reference => reference.TryGetTarget(out Slot? slot) && slot != own && slot.Connection is not null);
    }

    /// <summary>What one runspace knows.</summary>
    internal sealed class Slot
    {
        /// <summary>Set by Connect-Nanonets.</summary>
        public NanonetsConnection? Connection { get; set; }

        /// <summary>The last connection made from the environment, kept so that its sockets are used again.</summary>
        public EnvironmentConnection? Environment { get; set; }

        private readonly Dictionary<string, JournalLocation> _journals = [];

        /// <summary>
        /// Remembers how to log on to a journal in a database. A piped entry names its journal without the password, and is meant for the
        /// same one.
        /// </summary>
        /// <returns>The journal, or what is known of it already when it came without a password.</returns>
        public JournalLocation Remember(JournalLocation journal)
        {
            if (!journal.HasPassword)
                return _journals.TryGetValue(journal.Name, out JournalLocation? known) ? known : journal;
            return _journals[journal.Name] = journal;
        }
    }
}
