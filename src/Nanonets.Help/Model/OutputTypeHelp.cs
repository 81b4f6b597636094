using System;
using System.Collections.Generic;

namespace Nanonets.Help.Model;

/// <summary>A type of ours that users get: a cmdlet writes it, or it is the value of a property of such a type.</summary>
/// <param name="Type">The type; an enumeration has its values as members.</param>
/// <param name="Description">What it is.</param>
/// <param name="WrittenBy">The cmdlets that write it themselves.</param>
/// <param name="Members">Its properties or values, as they are declared.</param>
public sealed record OutputTypeHelp(
    Type Type, IReadOnlyList<DocText> Description, IReadOnlyList<string> WrittenBy, IReadOnlyList<MemberHelp> Members);

/// <summary>A property, or a value of an enumeration.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What a property holds; null for a value.</param>
/// <param name="Api">The members of the API's JSON that it comes from, the first that is there counts; empty for what the module finds out
/// itself.</param>
/// <param name="Description">What it says.</param>
public sealed record MemberHelp(string Name, Type? Type, IReadOnlyList<string> Api, DocText Description);
