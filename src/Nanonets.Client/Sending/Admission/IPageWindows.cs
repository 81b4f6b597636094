using System;
using System.Threading.Tasks;

namespace Nanonets.Sending.Admission;

/// <summary>Keeps the page windows of models for all who share them: a journal for its runs, else a connection for its cmdlets.</summary>
internal interface IPageWindows
{
    /// <summary>Whether other processes change windows too, without waking anybody here.</summary>
    bool IsShared { get; }

    /// <summary>What is to be added to the clock of this machine, so that all who share the windows have one time.</summary>
    TimeSpan ClockCorrection { get; }

    /// <summary>Changes the window of a model. One change at a time, whoever makes it.</summary>
    /// <param name="origin">The service.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="change">Gets the window and may change it.</param>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    Task<T> ChangeAsync<T>(string origin, string modelId, Func<PageWindow, T> change);
}

/// <summary>Windows in memory.</summary>
internal sealed class PageWindows : IPageWindows
{
    private readonly System.Collections.Generic.Dictionary<(string Origin, string ModelId), PageWindow> _windows = [];

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public TimeSpan ClockCorrection => TimeSpan.Zero;

    /// <inheritdoc/>
    public Task<T> ChangeAsync<T>(string origin, string modelId, Func<PageWindow, T> change)
    {
        lock (_windows)
        {
            if (!_windows.TryGetValue((origin, modelId), out PageWindow? window))
                _windows.Add((origin, modelId), window = new PageWindow());
            return Task.FromResult(change(window));
        }
    }
}
