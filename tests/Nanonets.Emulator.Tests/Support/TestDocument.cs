using System;
using System.Text;

namespace Nanonets.Emulator.Tests.Support;

/// <summary>Small documents for tests.</summary>
internal static class TestDocument
{
    private static readonly byte[] s_png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>A picture of 1 x 1 pixel with a content of its own.</summary>
    public static byte[] Png(string content) => [.. s_png, .. Encoding.UTF8.GetBytes(content)];
}
