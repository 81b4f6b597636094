using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Nanonets.Journal.Storage;

/// <summary>Puts the conditions of a query together; values travel as parameters, never as text.</summary>
internal sealed class QueryText
{
    private readonly StringBuilder _where = new();
    private readonly List<object?> _values = [];

    /// <summary>The clause; empty when there are no conditions.</summary>
    public string Where => _where.ToString();

    public IReadOnlyList<object?> Values => _values;

    /// <param name="condition">With {0}, {1} … for the values.</param>
    public void And(string condition, params object?[] values)
    {
        object[] names = [.. Enumerable.Range(_values.Count + 1, values.Length).Select(static number => $"${number}")];
        _where.Append(_where.Length == 0 ? " WHERE " : " AND ").AppendFormat(CultureInfo.InvariantCulture, condition, names);
        _values.AddRange(values);
    }

    /// <param name="condition">Of one of the values.</param>
    public void AndAny(Func<string, string> condition, IReadOnlyCollection<string> values) =>
        And($"({string.Join(" OR ", values.Select((_, number) => condition($"{{{number}}}")))})", [.. values]);

    public void AndStates(IReadOnlyCollection<UploadState> states) =>
        And($"state IN ({string.Join(", ", states.Select(static state => ((int)state).ToString(CultureInfo.InvariantCulture)))})");
}
