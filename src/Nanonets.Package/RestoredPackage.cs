using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace Nanonets.Package;

/// <summary>A restored package.</summary>
internal sealed record RestoredPackage(string Id, string Version, string Folder)
{
    /// <summary>What packages of before SPDX expressions say in place of MIT.</summary>
    private const string OldAddressOfMit = "https://github.com/dotnet/corefx/blob/master/LICENSE.TXT";

    /// <summary>The licence as its nuspec gives it: an SPDX expression.</summary>
    /// <exception cref="InvalidDataException">It is not known.</exception>
    public string License
    {
        get
        {
            XElement[] metadata =
                [.. Directory.GetFiles(Folder, "*.nuspec").SelectMany(static file => XDocument.Load(file).Root!.Descendants())];
            if (metadata.FirstOrDefault(static element => element.Name.LocalName == "license"
                && (string?)element.Attribute("type") == "expression") is { } expression)
                return expression.Value;
            return metadata.Any(static element => element.Name.LocalName == "licenseUrl" && element.Value == OldAddressOfMit) ? "MIT"
                : throw new InvalidDataException($"{Id} {Version} names no licence by its SPDX expression.");
        }
    }
}
