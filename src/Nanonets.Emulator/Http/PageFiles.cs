using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace Nanonets.Emulator.Http;

/// <summary>The files of the emulator's page, from inside the assembly.</summary>
internal static class PageFiles
{
    public const string Prefix = "/page/";

    /// <summary>
    /// The page loads from and asks only this server, and makes no markup of text. The same policy goes with every other answer, so that
    /// nothing in a fault acts in this origin.
    /// </summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly Dictionary<string, string> s_types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8", [".css"] = "text/css; charset=utf-8", [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private static readonly Dictionary<string, byte[]> s_files = Load();

    /// <summary>Whether a request is for one of them.</summary>
    public static bool Has(HttpRequest request) => HttpMethods.IsGet(request.Method) && s_files.ContainsKey(Name(request));

    public static Answer Get(HttpRequest request)
    {
        string name = Name(request);
        return new Answer(200, s_files[name], s_types[Path.GetExtension(name)]);
    }

    private static string Name(HttpRequest request) => request.Path.Value switch
    {
        "/" => "index.html",
        { } path when path.StartsWith(Prefix, StringComparison.Ordinal) => path[Prefix.Length..],
        _ => string.Empty,
    };

    private static Dictionary<string, byte[]> Load()
    {
        var assembly = typeof(PageFiles).Assembly;
        return assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Prefix[1..], StringComparison.Ordinal))
            .ToDictionary(static name => name[(Prefix.Length - 1)..], name =>
            {
                using Stream file = assembly.GetManifestResourceStream(name)!;
                using var bytes = new MemoryStream();
                file.CopyTo(bytes);
                return bytes.ToArray();
            }, StringComparer.Ordinal);
    }
}
