using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Nanonets.Emulator.Http;

/// <summary>A route of the API: case-sensitive, with or without a slash at the end.</summary>
/// <param name="Name">What logs and faults call it.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Pattern">Segments below the version; <c>{model}</c> and <c>{id}</c> stand for any text.</param>
/// <param name="Handle">Makes the answer.</param>
internal sealed record ApiRoute(string Name, string Method, string Pattern, Func<RouteCall, Task<Answer>> Handle)
{
    private readonly string[] _segments = Pattern.Split('/');

    /// <summary>Whether the body is a form, read before the handler is called.</summary>
    public bool TakesForm { get; init; }

    /// <summary>The values of the route when the request is one of it, else null.</summary>
    public Dictionary<string, string>? Match(string method, string path)
    {
        string[] given = path.TrimEnd('/').Split('/');
        if (method != Method || given.Length != _segments.Length)
            return null;

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < given.Length; i++)
        {
            if (_segments[i].StartsWith('{'))
                values[_segments[i].Trim('{', '}')] = Uri.UnescapeDataString(given[i]);
            else if (_segments[i] != given[i])
                return null;
        }

        return values;
    }
}

/// <summary>The route of a request, with its values.</summary>
internal sealed record RouteMatch(ApiRoute Route, Dictionary<string, string> Values)
{
    public static RouteMatch? Find(IReadOnlyList<ApiRoute> routes, string method, string path)
    {
        foreach (ApiRoute route in routes)
        {
            if (route.Match(method, path) is { } values)
                return new RouteMatch(route, values);
        }

        return null;
    }
}
