using System;
using System.Net;

namespace Nanonets.Journaling;

/// <summary>Where a journal is: the full path of a file, or a database server with what is needed to log on to it.</summary>
internal sealed class JournalLocation
{
    private JournalLocation(string name, JournalAddress? address, NetworkCredential? credential) =>
        (Name, Address, Credential) = (name, address, credential);

    /// <summary>The path, or the address without a password: what is shown, and what makes two locations the same.</summary>
    public string Name { get; }

    /// <summary>The address; null for a file.</summary>
    public JournalAddress? Address { get; }

    /// <summary>User name and password that were given apart from the address; null for none.</summary>
    public NetworkCredential? Credential { get; }

    /// <summary>Whether a password came with it.</summary>
    public bool HasPassword => Credential is not null || Address?["password"] is not null;

    /// <summary>A file.</summary>
    public static JournalLocation OfFile(string fullPath) => new(fullPath, null, null);

    /// <summary>A database.</summary>
    /// <param name="text">See <see cref="JournalAddress"/>.</param>
    /// <param name="credential">What is used where the address has no user name or password; null for none.</param>
    /// <exception cref="NanonetsException">JournalUnavailable: it is no such address.</exception>
    public static JournalLocation OfDatabase(string text, NetworkCredential? credential = null)
    {
        try
        {
            JournalAddress address = JournalAddress.Parse(text);
            return new JournalLocation(address.Shown, address, credential);
        }
        catch (FormatException wrong)
        {
            throw new NanonetsException(
                NanonetsErrorId.JournalUnavailable, $"The address of the journal cannot be used: {wrong.Message}.");
        }
    }

    /// <summary>The path, or the address without a password.</summary>
    public override string ToString() => Name;
}
