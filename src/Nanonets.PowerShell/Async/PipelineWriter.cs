using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Async;

/// <summary>What asynchronous code is handed instead of the cmdlet, so that it cannot write from the wrong thread.</summary>
internal sealed class PipelineWriter(PSCmdlet cmdlet, PipelinePump pump)
{
    private bool? _showsWarnings;
    private bool? _showsVerbose;
    private bool? _showsDebug;

    /// <summary>Writes objects in one go; completes when the consumer has taken them all.</summary>
    /// <param name="goOnHere">See <see cref="PipelinePump.InvokeAsync"/>.</param>
    /// <param name="handedOver">Called when the consumer gets the first: it may want no more, and end the pipeline by that.</param>
    public Task WriteObjectsAsync<T>(IReadOnlyList<T> values, bool goOnHere = false, Action? handedOver = null) => pump.InvokeAsync(
        () =>
        {
            handedOver?.Invoke();
            for (int i = 0; i < values.Count; i++)
            {
                cmdlet.WriteObject(values[i]);
                Seen?.Invoke(values[i]);
            }
        },
        goOnHere);

    /// <summary>Writes an object that can only be made on the pipeline thread.</summary>
    public Task WriteMadeAsync(Func<object> make) => pump.InvokeAsync(() => cmdlet.WriteObject(make()));

    /// <summary>Sees every object that is written.</summary>
    public Action<object?>? Seen { get; set; }

    /// <summary>Whether an error ended the pipeline: <c>-ErrorAction Stop</c> makes the write throw.</summary>
    public bool StoppedByError { get; private set; }

    /// <summary>Writes a non-terminating error.</summary>
    public Task WriteErrorAsync(ErrorRecord error) => pump.InvokeAsync(() => WriteError(error));

    /// <summary>Pipeline thread: writes a non-terminating error at once.</summary>
    public void WriteError(ErrorRecord error)
    {
        StoppedByError = true;
        cmdlet.WriteError(error);
        StoppedByError = false;
    }

    /// <summary>Whether anybody wants warnings; to be read while the cmdlet runs, for one that comes when it no longer can write.</summary>
    public bool ShowsWarnings => _showsWarnings ??= Shows("Warning");

    /// <summary>Whether anybody sees verbose lines. Read once, on the pipeline thread: lines for nobody are not even made.</summary>
    public bool ShowsVerbose => _showsVerbose ??= Shows("Verbose");

    /// <summary>Whether anybody sees debug lines; read like <see cref="ShowsVerbose"/>.</summary>
    public bool ShowsDebug => _showsDebug ??= Shows("Debug");

    /// <summary>Writes a warning at the next moment the pipeline thread is free.</summary>
    public void Warn(string text) => pump.Post(() => cmdlet.WriteWarning(PlainText.Printable(text)));

    /// <summary>Writes a verbose line at the next moment the pipeline thread is free.</summary>
    public void Verbose(string text) => pump.Post(() => cmdlet.WriteVerbose(PlainText.Printable(text)));

    /// <summary>Writes a debug line at the next moment the pipeline thread is free.</summary>
    public void Debug(string text) => pump.Post(() => cmdlet.WriteDebug(PlainText.Printable(text)));

    /// <summary>The switch of this call, else the preference variable of where it was called.</summary>
    private bool Shows(string stream)
    {
        Dictionary<string, object> given = cmdlet.MyInvocation.BoundParameters;
        object? preference = given.TryGetValue(stream, out object? chosenHere) || given.TryGetValue(stream + "Action", out chosenHere)
            ? chosenHere
            : cmdlet.GetVariableValue(stream + "Preference", ActionPreference.SilentlyContinue);
        return preference is SwitchParameter chosen
            ? chosen.IsPresent
            : !LanguagePrimitives.TryConvertTo(preference, out ActionPreference action)
                || action is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
