using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Nanonets.Help.Model;

namespace Nanonets.Help.Reading;

/// <summary>
/// The error ids of a cmdlet. Its documentation comment, and those of its base classes, name them as <c>exception</c> elements whose cref
/// is a member of NanonetsErrorId or a factory of ErrorTable; each factory has the name of the id it gives. An element without text takes
/// over that member's summary. The advice is the one that users see with the error.
/// </summary>
internal sealed class ErrorReader
{
    private readonly XmlDocumentation _documentation;
    private readonly Func<string, string> _advice;

    public ErrorReader(XmlDocumentation documentation, Assembly module)
    {
        _documentation = documentation;
        MethodInfo advice = module.GetType("Nanonets.Errors.Advice", true)!.GetMethod("For", [typeof(string)])
            ?? throw new MissingMethodException("Nanonets.Errors.Advice", "For(string)");
        _advice = advice.CreateDelegate<Func<string, string>>();
    }

    /// <summary>The ids, by name.</summary>
    public IReadOnlyList<ErrorHelp> Of(Type cmdlet)
    {
        var known = new SortedDictionary<string, ErrorHelp>(StringComparer.Ordinal);
        for (Type? type = cmdlet; type is not null; type = type.BaseType)
        {
            foreach (XElement exception in _documentation.Of(type)?.Elements("exception") ?? [])
            {
                ErrorHelp error = Read(exception);

                // What the cmdlet says of an id goes before what its base class says.
                known.TryAdd(error.Id, error);
            }
        }

        return [.. known.Values];
    }

    private ErrorHelp Read(XElement exception)
    {
        string member = (string)exception.Attribute("cref")!;
        string name = member.Split('(')[0];
        string id = name[(name.LastIndexOf('.') + 1)..];
        DocText when = DocTextReader.Paragraph(exception);
        if (when.IsEmpty && _documentation.Of(member)?.Element("summary") is { } summary)
            when = DocTextReader.Paragraph(summary);
        return new ErrorHelp(id, when, DocText.Of(_advice(id)));
    }
}
