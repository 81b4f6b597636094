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

    /// <summary>Writes the map for a file: each page picture with all members, the original with the first alone.</summary>
    public void Write(Utf8JsonWriter json, StoredFile file)
    {
        foreach (StoredPage page in file.Pages)
        {
            string key = page.PictureKey;
            json.WriteStartObject(key);
            json.WriteString("original", Address(key, s_picture, "or=0"));
            json.WriteString("original_compressed", Address(key, s_picture, "auto=compress&or=0"));
            json.WriteString("thumbnail", Address(key, s_picture, "auto=compress&w=240"));
            json.WriteString("acw_rotate_90", Address(key, s_picture, "auto=compress&or=270"));
            json.WriteString("acw_rotate_180", Address(key, s_picture, "auto=compress&or=180"));
            json.WriteString("acw_rotate_270", Address(key, s_picture, "auto=compress&or=90"));
            json.WriteString("original_with_long_expiry", Address(key, s_long, "or=0"));
            json.WriteEndObject();
        }

        json.WriteStartObject(file.OriginalKey);
        json.WriteString("original", Address(file.OriginalKey, s_original, "or=0"));
        foreach (string name in (string[])["original_compressed", "thumbnail", "acw_rotate_90", "acw_rotate_180", "acw_rotate_270", "original_with_long_expiry"])
            json.WriteString(name, string.Empty);
        json.WriteEndObject();
    }

    /// <summary>Whether an address was made here and is still good.</summary>
    public bool IsValid(string key, string? expires, string? signature) =>
        long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && seconds > context.Now.ToUnixTimeSeconds()
        && signature == Sign(key, seconds);

    private string Address(string key, TimeSpan life, string form)
    {
        long expires = (context.Now + life).ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"{context.BaseUri}{Prefix[1..]}{key}?{form}&expires={expires}&s={Sign(key, expires)}");
    }

    private string Sign(string key, long expires)
    {
        byte[] hash = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(context.SigningKey), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key}\n{expires}")));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }
}
