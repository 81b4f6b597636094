using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestFramework;
using Microsoft.Testing.Platform.Requests;
using Microsoft.Testing.Platform.TestHost;

namespace Nanonets.Pester.Tests;

/// <summary>A test framework whose tests are the results of Pester.</summary>
internal sealed class PesterFramework(Suite suite) : ITestFramework, IDataProducer
{
    /// <inheritdoc/>
    public string Uid => nameof(PesterFramework);

    /// <inheritdoc/>
    public string Version => "1.0";

    /// <inheritdoc/>
    public string DisplayName => "Pester";

    /// <inheritdoc/>
    public string Description => "Runs the Pester suite in PowerShell.";

    /// <inheritdoc/>
    public Type[] DataTypesProduced => [typeof(TestNodeUpdateMessage)];

    /// <inheritdoc/>
    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    /// <inheritdoc/>
    public Task<CreateTestSessionResult> CreateTestSessionAsync(CreateTestSessionContext context) =>
        Task.FromResult(new CreateTestSessionResult { IsSuccess = true });

    /// <inheritdoc/>
    public Task<CloseTestSessionResult> CloseTestSessionAsync(CloseTestSessionContext context) =>
        Task.FromResult(new CloseTestSessionResult { IsSuccess = true });

    /// <inheritdoc/>
    public async Task ExecuteRequestAsync(ExecuteRequestContext context)
    {
        try
        {
            // A test alone runs with its file, since tests of a file may rest on what is before them.
            HashSet<string>? wanted = (context.Request as TestExecutionRequest)?.Filter is TestNodeUidListFilter filter
                ? [.. filter.TestNodeUids.Select(static uid => uid.Value)]
                : null;
            string[] files = [.. suite.Files.Where(file => wanted?.Any(uid => TestNodes.IsOf(file, uid)) != false)];
            if (files.Length > 0)
                await RunAsync(context, files, node => wanted?.Contains(node.Uid.Value) != false);
        }
        finally
        {
            context.Complete();
        }
    }

    private async Task RunAsync(ExecuteRequestContext context, IReadOnlyList<string> files, Func<TestNode, bool> isWanted)
    {
        SessionUid session = context.Request.Session.SessionUid;
        Task ReportAsync(TestNode node) => context.MessageBus.PublishAsync(this, new TestNodeUpdateMessage(session, node));
        var left = files.ToList();
        try
        {
            var process = new PesterProcess(suite, files);
            bool listOnly = context.Request is DiscoverTestExecutionRequest;
            await foreach ((FileResults results, string output) in process.RunAsync(listOnly, context.CancellationToken))
            {
                left.Remove(results.File);
                foreach (TestNode node in TestNodes.Of(results, Path.Combine(suite.Folder, results.File), output).Where(isWanted))
                    await ReportAsync(node);
            }
        }
        catch (PesterEndedException ended)
        {
            // The first of those that are left is the one that was running.
            string message = ended.Message;
            foreach (string file in left)
            {
                await ReportAsync(TestNodes.Unfinished(file, message));
                message = $"Not run, since PowerShell ended in {left[0]}.";
            }
        }
    }
}
