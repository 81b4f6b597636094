using System.Management.Automation;

namespace Nanonets.Review;

/// <summary>
/// A property of a row that knows the text it was read from, so that a value which was converted and not edited is no correction when the
/// row is given back.
/// </summary>
internal sealed class ReadProperty : PSNoteProperty
{
    private readonly object? _value;
    private readonly string? _text;

    public ReadProperty(string name, object? value, string? text)
        : base(name, value) => (_value, _text) = (value, text);

    /// <summary>
    /// The text that a property stands for: the one it was read from as long as its value is still the same, else the value as text.
    /// </summary>
    public static string TextOf(PSPropertyInfo property) =>
        property is ReadProperty { _text: { } text } read && Equals(read._value, Bare(read.Value)) ? text : EditRow.Text(property.Value);

    /// <inheritdoc/>
    public override PSMemberInfo Copy() => new ReadProperty(Name, _value, _text) { Value = Value };

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
