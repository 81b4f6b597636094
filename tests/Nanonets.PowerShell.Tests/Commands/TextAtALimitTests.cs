using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Read-NanonetsText under the service's limit of pages a minute.</summary>
public class TextAtALimitTests
{
    private const string FullText =
        """{"result":[{"filename":"doc.png","page_data":[{"page":0,"raw_text":"Dear customer","words":[]}]}]}""";
    private const string Limited =
        """{"message":"Too Many Requests","code":429,"errors":[{"reason":"Rate limit","message":"Slow down"}]}""";

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task What_is_refused_for_the_moment_is_read_a_moment_later(int throttle)
    {
        int calls = 0;

        // Refuses the second and the third, and says how long to wait.
        using var service = new StubService(
            _ => System.Threading.Interlocked.Increment(ref calls) is 2 or 3 ? (429, Limited) : (200, FullText));
        service.Headers["Retry-After"] = "1";
        await using ModuleSession session = await ModuleSession.StartAsync(false);
        session.AddFiles(6);
        session.Set("stub", service.Address);
        session.Run("Connect-Nanonets -ApiKey k -BaseUri $stub -ModelId m -MaximumRetryCount 0");
        RunResult result = session.Run($"Get-ChildItem *.png | Read-NanonetsText -ThrottleLimit {throttle}");
        Assert.Empty(result.ErrorIds);
        Assert.Equal(6, result.Values("SourcePath").Distinct().Count());
        Assert.Equal(8, service.Uploads.Length);
    }
}
