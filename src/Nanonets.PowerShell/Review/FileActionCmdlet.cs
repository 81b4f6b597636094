using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Results;

namespace Nanonets.Review;

/// <summary>Base of the cmdlets that make one request for each file.</summary>
public abstract class FileActionCmdlet : StoredFileCmdlet
{
    /// <summary>What it does, for -WhatIf and -Confirm.</summary>
    private protected abstract string Action { get; }

    private protected override void Take(ResultFile file, PSObject? input)
    {
        if (IsFirst(file) && !Run.Skips(file.ModelId, file.Target(null)) && ShouldProcess(file.Title, Action))
            Run.Start(file.ModelId, file.Target(null), stop => DoAsync(file, stop));
    }

    /// <summary>Makes the request.</summary>
    private protected abstract Task ActAsync(ResultFile file, CancellationToken cancellationToken);

    /// <summary>What to write when it is done; nothing unless asked for.</summary>
    private protected abstract Task<IReadOnlyList<PageResult>> FinishAsync(ResultFile file, CancellationToken cancellationToken);

    private async Task<IReadOnlyList<PageResult>> DoAsync(ResultFile file, CancellationToken stop)
    {
        await ActAsync(file, stop).ConfigureAwait(false);
        return await FinishAsync(file, stop).ConfigureAwait(false);
    }
}
