using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;
using Nanonets.Help.Model;

namespace Nanonets.Help.Reading;

/// <summary>Joins what the engine knows of a cmdlet with what its documentation comment says.</summary>
internal sealed class CmdletReader(XmlDocumentation documentation, ErrorReader errors)
{
    public CmdletHelp Read(CmdletInfo cmdlet)
    {
        XElement? comment = documentation.Of(cmdlet.ImplementingType);
        IReadOnlyList<DocText> summary = DocTextReader.Paragraphs(comment?.Element("summary"));
        var parameters = new ParameterReader(documentation, cmdlet);
        IReadOnlyList<ParameterHelp> merged = parameters.Merged();
        string[] endpoints = [.. (comment?.Elements("endpoint") ?? []).Select(static endpoint => endpoint.Value.Trim())];
        return new CmdletHelp(
            cmdlet.Name,
            summary.Count == 0 ? DocText.Empty : summary[0],
            [.. summary.Skip(1), Calls(endpoints)],
            endpoints,
            [.. parameters.Sets()],
            merged,
            Inputs(merged),
            [.. cmdlet.OutputType.Where(static type => type.Type != typeof(void)).Select(type => Output(type, comment))],
            errors.Of(cmdlet.ImplementingType),
            [.. (comment?.Elements("example") ?? []).Select(static example =>
                new ExampleHelp(
                    DocTextReader.Code(example.Element("code")), [.. example.Elements("para").Select(DocTextReader.Paragraph)]))],
            $"{Repository.ProjectUrl}/blob/main/docs/reference/{cmdlet.Name}.md");
    }

    /// <summary>Who knows the API finds the cmdlet by its call.</summary>
    private static DocText Calls(string[] endpoints)
    {
        if (endpoints.Length == 0)
            return DocText.Of("It makes no call of the Nanonets API.");

        var runs = new List<DocRun> { new("Calls of the Nanonets API that it makes or may make: ", false) };
        foreach (string endpoint in endpoints)
            runs.AddRange([new DocRun(endpoint, true), new DocRun(endpoint == endpoints[^1] ? "." : ", ", false)]);
        return new DocText(runs);
    }

    private static List<TypeHelp> Inputs(IReadOnlyList<ParameterHelp> parameters)
    {
        List<TypeHelp> inputs = [.. parameters.Where(static parameter => parameter.FromPipeline)
            .Select(static parameter => new TypeHelp(TypeName.Full(parameter.Type), parameter.Description))];
        string[] byName =
            [.. parameters.Where(static parameter => parameter.FromPipelineByName).Select(static parameter => parameter.Name)];
        if (byName.Length > 0)
        {
            inputs.Add(new TypeHelp(
                typeof(PSObject).FullName!,
                [DocText.Of($"Objects with properties that are named as parameters: {string.Join(", ", byName)}.")]));
        }

        return inputs;
    }

    /// <summary>A type of ours says itself what it is; of any other the cmdlet's comment says it in <c>returns</c>.</summary>
    private TypeHelp Output(PSTypeName output, XElement? comment) => new(
        output.Type is { } type ? TypeName.Full(type) : output.Name,
        DocTextReader.Paragraphs(
            (output.Type is { } known ? documentation.Of(known.IsArray ? known.GetElementType()! : known)?.Element("summary") : null)
                ?? comment?.Element("returns")));
}
