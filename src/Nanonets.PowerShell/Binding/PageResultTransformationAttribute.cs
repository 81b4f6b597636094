using System;
using System.Linq;
using System.Management.Automation;
using Nanonets.Results;

namespace Nanonets.Binding;

/// <summary>
/// Takes page results that come back from a job, a remote session or Import-Clixml, as if they had never left. What is none is refused by
/// the engine, by name.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PageResultTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        PageResult?[] pages = [.. Parts.Of(inputData).Select(ResultInput.PageOf)];
        return pages.Length > 0 && Array.TrueForAll(pages, static page => page is not null) ? pages : inputData;
    }
}
