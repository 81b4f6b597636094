using System.Collections.Generic;
using System.Reflection;

namespace Nanonets.Help.Model;

/// <summary>All that the help of a module says. Made once; the writers only put it into a format.</summary>
/// <param name="Name">Name of the module.</param>
/// <param name="Cmdlets">Its cmdlets, by name.</param>
/// <param name="OutputTypes">The types of ours that users get.</param>
/// <param name="Client">The assembly of the HTTP core.</param>
public sealed record ModuleHelp(
    string Name, IReadOnlyList<CmdletHelp> Cmdlets, IReadOnlyList<OutputTypeHelp> OutputTypes, Assembly Client);

/// <summary>One cmdlet.</summary>
/// <param name="Name">Verb-Noun.</param>
/// <param name="Synopsis">What it does, in one sentence.</param>
/// <param name="Description">The paragraphs that follow.</param>
/// <param name="Endpoints">The calls of the API that it makes, such as <c>GET OCR/Model/{model_id}</c>; the description names them.</param>
/// <param name="Syntax">A way to call it for each parameter set, the default one first.</param>
/// <param name="Parameters">Its own parameters, by name, without the common ones.</param>
/// <param name="Inputs">What can be piped in.</param>
/// <param name="Outputs">What it writes.</param>
/// <param name="Errors">The error ids it can give, by name.</param>
/// <param name="Examples">How to use it.</param>
/// <param name="OnlineUri">Where the same text is on the web.</param>
public sealed record CmdletHelp(
    string Name, DocText Synopsis, IReadOnlyList<DocText> Description, IReadOnlyList<string> Endpoints, IReadOnlyList<SyntaxHelp> Syntax,
    IReadOnlyList<ParameterHelp> Parameters,
    IReadOnlyList<TypeHelp> Inputs, IReadOnlyList<TypeHelp> Outputs, IReadOnlyList<ErrorHelp> Errors, IReadOnlyList<ExampleHelp> Examples,
    string OnlineUri)
{
    /// <summary>The part before the hyphen.</summary>
    public string Verb => Name.Split('-')[0];

    /// <summary>The part after the hyphen.</summary>
    public string Noun => Name.Split('-')[1];
}

/// <summary>One parameter set, its parameters in the order in which they are typed.</summary>
/// <param name="Name">Name of the set.</param>
/// <param name="Parameters">The parameters as they are in this set.</param>
public sealed record SyntaxHelp(string Name, IReadOnlyList<ParameterHelp> Parameters);

/// <summary>A type that is piped in or written.</summary>
/// <param name="Name">Full name of the type, as in <c>[Nanonets.PageResult]</c>.</param>
/// <param name="Description">What it is or what it is for.</param>
public sealed record TypeHelp(string Name, IReadOnlyList<DocText> Description);

/// <summary>An error id.</summary>
/// <param name="Id">The first part of the fully qualified error id.</param>
/// <param name="When">When it is given.</param>
/// <param name="Advice">What can be done.</param>
public sealed record ErrorHelp(string Id, DocText When, DocText Advice);

/// <summary>An example.</summary>
/// <param name="Code">Lines of PowerShell.</param>
/// <param name="Remarks">What they do.</param>
public sealed record ExampleHelp(string Code, IReadOnlyList<DocText> Remarks);
