using System;
using System.Text.RegularExpressions;

namespace Nanonets.Documents;

/// <summary>
/// Recognizes formats that are not sent and may hold a whole PDF: archives, mails, web pages, office files, programs, other pictures.
/// </summary>
internal static class OtherFormat
{
    private const int TarHeader = 512;
    private const int TarMagic = 257;
    private const int TarChecksum = 148;

    private static readonly byte[][] s_signatures =
    [
        // ZIP, an empty one, one in parts; office files of today
        [0x50, 0x4B, 0x03, 0x04], [0x50, 0x4B, 0x05, 0x06], [0x50, 0x4B, 0x07, 0x08],
        [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], // 7z
        [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], // RAR
        // gzip, bzip2, xz, zstd, lz4
        [0x1F, 0x8B], [0x42, 0x5A, 0x68], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], [0x28, 0xB5, 0x2F, 0xFD], [0x04, 0x22, 0x4D, 0x18],
        [0x4D, 0x53, 0x43, 0x46], // CAB
        [0x21, 0x3C, 0x61, 0x72, 0x63, 0x68, 0x3E], // ar
        [0x30, 0x37, 0x30, 0x37, 0x30], // cpio
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], // OLE: older office files, mails of Outlook
        [0x78, 0x9F, 0x3E, 0x22], // winmail.dat
        [0x7B, 0x5C, 0x72, 0x74, 0x66], // RTF
        [0x4D, 0x5A, 0x90, 0x00], [0x7F, 0x45, 0x4C, 0x46], // programs
        [0x47, 0x49, 0x46, 0x38], [0x52, 0x49, 0x46, 0x46], // GIF; WEBP and other RIFF
        [0x53, 0x51, 0x4C, 0x69, 0x74, 0x65, 0x20, 0x66], // SQLite
    ];

    /// <summary>
    /// Beginnings of text formats, behind a byte order mark and blanks: web pages, XML, mailboxes, parts of a mail or form, and lines that
    /// mails begin with.
    /// </summary>
    private static readonly Regex s_text = new(
        @"\A(?:\u00EF\u00BB\u00BF)?\s*(?:<!DOCTYPE|<html|<head|<body|<\?xml|From [^\n]+\n|--[^\r\n]+\r?\nContent-"
        + @"|(?:Received|Return-Path|Delivered-To|MIME-Version|Message-ID|Date|From|To|Cc|Subject|Reply-To|Sender|DKIM-Signature|"
        + @"ARC-Seal|Authentication-Results|Content-[a-z-]+|X-[a-z-]+):[ \t])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Whether such a format stands first.</summary>
    /// <param name="head">The first bytes of a document.</param>
    public static bool Begins(ReadOnlySpan<byte> head)
    {
        // Of all these only an old archive may begin like that, with the name of its first file.
        if (head.StartsWith("%PDF-"u8))
            return IsTar(head);

        foreach (byte[] signature in s_signatures)
        {
            if (head.StartsWith(signature))
                return true;
        }

        return IsTar(head) || s_text.IsMatch(Characters(head));
    }

    /// <summary>By its magic, or by its checksum where it is older than that.</summary>
    private static bool IsTar(ReadOnlySpan<byte> head)
    {
        if (head.Length < TarHeader)
            return false;
        if (head.Slice(TarMagic).StartsWith("ustar"u8))
            return true;

        int sum = 0;
        for (int i = 0; i < TarHeader; i++)
            sum += i is >= TarChecksum and < TarChecksum + 8 ? ' ' : head[i];
        int written = 0;
        foreach (byte digit in head.Slice(TarChecksum, 8))
            written = digit is >= (byte)'0' and <= (byte)'7' ? (written * 8) + digit - '0' : written;
        return sum == written;
    }

    private static string Characters(ReadOnlySpan<byte> head)
    {
        var characters = new char[head.Length];
        for (int i = 0; i < head.Length; i++)
            characters[i] = (char)head[i];
        return new string(characters);
    }
}
