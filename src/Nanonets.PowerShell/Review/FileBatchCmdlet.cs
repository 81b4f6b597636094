using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Results;

namespace Nanonets.Review;

/// <summary>Base of the cmdlets whose request takes a list of files: as many as come, up to a limit, travel together.</summary>
public abstract class FileBatchCmdlet : StoredFileCmdlet
{
    /// <summary>Files in a request; the service's limit is not documented.</summary>
    private const int MostFiles = 50;

    private readonly List<ResultFile> _files = [];

    /// <summary>What it does, for -WhatIf and -Confirm.</summary>
    private protected abstract string Action { get; }

    private protected override void Take(ResultFile file, PSObject? input)
    {
        if (!IsFirst(file) || Run.Skips(file.ModelId, file.Target(null)) || !ShouldProcess(file.Title, Action))
            return;

        if (_files.Count > 0 && _files[0].ModelId != file.ModelId)
            Flush();
        _files.Add(file);
        if (_files.Count == MostFiles)
            Flush();
    }

    private protected override void Flush()
    {
        if (_files.Count == 0)
            return;

        ResultFile[] files = [.. _files];
        _files.Clear();
        Run.StartTogether(
            files, (some, stop) => ActAsync(some[0].ModelId, [.. some.Select(static file => file.RequestFileId)], stop), FinishAsync);
    }

    /// <summary>Makes the request.</summary>
    private protected abstract Task ActAsync(string modelId, IReadOnlyList<string> requestFileIds, CancellationToken cancellationToken);

    /// <summary>What to write for a file when it is done; nothing unless asked for.</summary>
    private protected abstract Task<IReadOnlyList<PageResult>> FinishAsync(ResultFile file, CancellationToken cancellationToken);
}
