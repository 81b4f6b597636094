using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>Makes and checks the signed addresses of page pictures and original files, with the recorded members and life times.</summary>
internal sealed class SignedUrls(EmulatorContext context)
{
    public const string Prefix = "/files/";

    private static readonly TimeSpan s_picture = TimeSpan.FromHours(4);
    private static readonly TimeSpan s_original = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_long = TimeSpan.FromDays(180);

    private static readonly string[] s_pictureOnly =
        ["original_compressed", "thumbnail", "acw_rotate_90", "acw_rotate_180", "acw_rotate_270", "original_with_long_expiry"];

    /// <summary>Writes the map for a file: each page picture with all members, the original with the first alone.</summary>
    public void Write(Utf8JsonWriter json, StoredFile file)
    {
        foreach (StoredPage page in file.Pages)
        {
            (string address, string signature) = Signed(page.PictureKey, s_picture);
            (_, string lasting) = Signed(page.PictureKey, s_long);
            json.WriteStartObject(page.PictureKey);
            json.WriteString("original", $"{address}or=0{signature}");
            json.WriteString("original_compressed", $"{address}auto=compress&or=0{signature}");
            json.WriteString("thumbnail", $"{address}auto=compress&w=240{signature}");
            json.WriteString("acw_rotate_90", $"{address}auto=compress&or=270{signature}");
            json.WriteString("acw_rotate_180", $"{address}auto=compress&or=180{signature}");
            json.WriteString("acw_rotate_270", $"{address}auto=compress&or=90{signature}");
            json.WriteString("original_with_long_expiry", $"{address}or=0{lasting}");
            json.WriteEndObject();
        }

        (string original, string week) = Signed(file.OriginalKey, s_original);
        json.WriteStartObject(file.OriginalKey);
        json.WriteString("original", $"{original}or=0{week}");
        foreach (string name in s_pictureOnly)
            json.WriteString(name, string.Empty);
        json.WriteEndObject();
    }

    /// <summary>Whether an address was made here and is still good.</summary>
    public bool IsValid(string key, string? expires, string? signature) =>
        long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && seconds > context.Now.ToUnixTimeSeconds()
        && signature == Sign(key, seconds);

    /// <summary>Both ends of the addresses of a key: what they differ in stands between and is not signed.</summary>
    private (string Address, string Signature) Signed(string key, TimeSpan life)
    {
        long expires = (context.Now + life).ToUnixTimeSeconds();
        return ($"{context.BaseUri}{Prefix[1..]}{key}?",
            string.Create(CultureInfo.InvariantCulture, $"&expires={expires}&s={Sign(key, expires)}"));
    }

    private string Sign(string key, long expires)
    {
        byte[] hash = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(context.SigningKey),
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key}\n{expires}")));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }
}
