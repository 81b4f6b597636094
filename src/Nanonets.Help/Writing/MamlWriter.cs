using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using Nanonets.Help.Model;
using Nanonets.Help.Reading;

namespace Nanonets.Help.Writing;

/// <summary>Writes MAML, the help format that Get-Help reads in both editions of PowerShell.</summary>
public static class MamlWriter
{
    private const string Maml = "http://schemas.microsoft.com/maml/2004/10";
    private const string Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private const string Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes the whole help file.</summary>
    /// <param name="help">What it says.</param>
    /// <returns>The text of the file.</returns>
    public static string Write(ModuleHelp help)
    {
        using var buffer = new MemoryStream();
        using (XmlWriter xml = XmlWriter.Create(buffer, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(false),
            Indent = true,
            NewLineChars = "\n",
        }))
        {
            xml.WriteStartElement("helpItems", "http://msh");
            xml.WriteAttributeString("schema", "maml");
            foreach (CmdletHelp cmdlet in help.Cmdlets)
                WriteCommand(xml, cmdlet);
            xml.WriteEndElement();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void WriteCommand(XmlWriter xml, CmdletHelp cmdlet)
    {
        xml.WriteStartElement("command", "command", Command);
        xml.WriteAttributeString("xmlns", "maml", null, Maml);
        xml.WriteAttributeString("xmlns", "dev", null, Dev);

        xml.WriteStartElement("details", Command);
        xml.WriteElementString("name", Command, cmdlet.Name);
        xml.WriteElementString("verb", Command, cmdlet.Verb);
        xml.WriteElementString("noun", Command, cmdlet.Noun);
        WriteParagraphs(xml, "description", Maml, [cmdlet.Synopsis]);
        xml.WriteEndElement();
        WriteParagraphs(xml, "description", Maml, cmdlet.Description);

        xml.WriteStartElement("syntax", Command);
        foreach (SyntaxHelp syntax in cmdlet.Syntax)
        {
            xml.WriteStartElement("syntaxItem", Command);
            xml.WriteElementString("name", Maml, cmdlet.Name);
            foreach (ParameterHelp parameter in syntax.Parameters)
                WriteParameter(xml, parameter, inSyntax: true);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();

        xml.WriteStartElement("parameters", Command);
        foreach (ParameterHelp parameter in cmdlet.Parameters)
            WriteParameter(xml, parameter, inSyntax: false);
        xml.WriteEndElement();

        WriteTypes(xml, "inputTypes", "inputType", cmdlet.Inputs);
        WriteTypes(xml, "returnValues", "returnValue", cmdlet.Outputs);
        WriteNotes(xml, cmdlet.Errors);
        WriteExamples(xml, cmdlet.Examples);
        WriteLink(xml, cmdlet.OnlineUri);
        xml.WriteEndElement();
    }

    private static void WriteParameter(XmlWriter xml, ParameterHelp parameter, bool inSyntax)
    {
        xml.WriteStartElement("parameter", Command);
        xml.WriteAttributeString("required", parameter.IsMandatory ? "true" : "false");
        xml.WriteAttributeString("variableLength", parameter.Type.IsArray ? "true" : "false");
        xml.WriteAttributeString("globbing", parameter.HasWildcards ? "true" : "false");
        xml.WriteAttributeString("pipelineInput", parameter.PipelineInput);
        xml.WriteAttributeString("position", parameter.Position?.ToString(CultureInfo.InvariantCulture) ?? "named");
        xml.WriteAttributeString("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases));
        xml.WriteElementString("name", Maml, parameter.Name);
        WriteParagraphs(xml, "description", Maml, [.. parameter.Description, .. Limits(parameter)]);

        // Get-Help shows the choices in the syntax in place of the type.
        if (inSyntax && parameter.Values.Count > 0)
        {
            xml.WriteStartElement("parameterValueGroup", Command);
            foreach (string value in parameter.Values)
                WriteValue(xml, value);
            xml.WriteEndElement();
        }

        if (!inSyntax || !parameter.IsSwitch)
            WriteValue(xml, TypeName.Short(parameter.Type));
        xml.WriteStartElement("type", Dev);
        xml.WriteElementString("name", Maml, TypeName.Full(parameter.Type));
        xml.WriteEndElement();
        xml.WriteElementString("defaultValue", Dev, parameter.Default ?? (parameter.IsSwitch ? "False" : "None"));
        xml.WriteEndElement();
    }

    private static void WriteValue(XmlWriter xml, string value)
    {
        xml.WriteStartElement("parameterValue", Command);
        xml.WriteAttributeString("required", "true");
        xml.WriteAttributeString("variableLength", "false");
        xml.WriteString(value);
        xml.WriteEndElement();
    }

    private static IEnumerable<DocText> Limits(ParameterHelp parameter)
    {
        if (parameter.Values.Count > 0)
            yield return DocText.Of($"Values: {string.Join(", ", parameter.Values)}.");
        if (parameter.Range is { } range)
            yield return DocText.Of($"Limits: {range}.");
    }

    private static void WriteTypes(XmlWriter xml, string group, string item, IReadOnlyList<TypeHelp> types)
    {
        xml.WriteStartElement(group, Command);
        foreach (TypeHelp type in types.DefaultIfEmpty(new TypeHelp("None", [])))
        {
            xml.WriteStartElement(item, Command);
            xml.WriteStartElement("type", Dev);
            xml.WriteElementString("name", Maml, type.Name);
            xml.WriteEndElement();
            WriteParagraphs(xml, "description", Maml, type.Description);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteNotes(XmlWriter xml, IReadOnlyList<ErrorHelp> errors)
    {
        if (errors.Count == 0)
            return;

        xml.WriteStartElement("alertSet", Maml);
        WriteParagraphs(xml, "alert", Maml,
        [
            DocText.Of("Error ids, as the first part of FullyQualifiedErrorId:"),
            .. errors.Select(static error => DocText.Of($"{error.Id}: {error.When.Plain}")),
        ]);
        xml.WriteEndElement();
    }

    private static void WriteExamples(XmlWriter xml, IReadOnlyList<ExampleHelp> examples)
    {
        xml.WriteStartElement("examples", Command);
        for (int i = 0; i < examples.Count; i++)
        {
            xml.WriteStartElement("example", Command);
            xml.WriteElementString("title", Maml, $"---------- Example {i + 1} ----------");
            xml.WriteElementString("code", Dev, examples[i].Code);
            // Get-Help sets no line between an example and the next one's title.
            WriteParagraphs(xml, "remarks", Dev, [.. examples[i].Remarks, DocText.Of(string.Empty)]);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>The first link with an address is the one that Get-Help -Online opens.</summary>
    private static void WriteLink(XmlWriter xml, string address)
    {
        xml.WriteStartElement("relatedLinks", Command);
        xml.WriteStartElement("navigationLink", Maml);
        xml.WriteElementString("linkText", Maml, "Online version, where the project is published:");
        xml.WriteElementString("uri", Maml, address);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteParagraphs(XmlWriter xml, string element, string space, IReadOnlyList<DocText> paragraphs)
    {
        xml.WriteStartElement(element, space);
        foreach (DocText paragraph in paragraphs)
            xml.WriteElementString("para", Maml, paragraph.Plain);
        xml.WriteEndElement();
    }
}
