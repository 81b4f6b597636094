using System;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Nanonets.Uploading;
using Nanonets.Client.Tests.Support;
using Nanonets.Http;

namespace Nanonets.Client.Tests.Http;

/// <summary>
/// What services write into Retry-After, and how long is waited for it. The answer's own Date is 2025-03-17 12:00:00 UTC.
/// </summary>
public class RetryAfterTests
{
    private const string Upload =
        """
        {"message":"Success","result":[{"message":"Success","input":"invoice-0417.pdf","request_file_id":"f1","page":0,"id":"p1","prediction":[]}]}
        """;
    private static readonly RetryDelay s_delay = new(new ManualClock(), TimeSpan.FromSeconds(1), static () => 0.5);

    [Theory]
    [InlineData("30", 30d)]
    [InlineData(" 30 ", 30d)]
    [InlineData("1.5", 1.5)]
    [InlineData("30s", 30d)]
    [InlineData("+5", 5d)]
    [InlineData("0", 0d)]
    [InlineData("-5", 0d)]
    [InlineData("-1e300", 0d)]
    [InlineData("1e300", 1e9)]
    [InlineData("1e5", 1e5)]
    [InlineData("Infinity", 1e9)]
    [InlineData("-Infinity", 0d)]
    [InlineData("99999999999999999999999", 1e9)]
    [InlineData("NaN", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData("1,5", null)]
    [InlineData("0x10", null)]
    [InlineData("Mon, 17 Mar 2025 12:00:10 GMT", 10d)]
    [InlineData("Monday, 17-Mar-25 12:00:10 GMT", 10d)]
    [InlineData("2025-03-17T12:00:10Z", 10d)]
    [InlineData("2025-03-17T13:00:10+01:00", 10d)]
    [InlineData("Mon, 17 Mar 2025 11:00:00 GMT", 0d)]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", 0d)]
    [InlineData("0001-01-01T00:00:00+14:00", null)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 1e9)]
    [InlineData("1742212810", 10d)]
    public void It_asks_for(string header, double? seconds)
    {
        TimeSpan? asked = s_delay.Asked(Response(header));
        Assert.Equal(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null, asked);
        Assert.InRange(s_delay.After(1, asked), TimeSpan.Zero, TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData(1, 1d)]
    [InlineData(2, 2d)]
    [InlineData(3, 4d)]
    [InlineData(6, 30d)]
    [InlineData(1000, 30d)]
    [InlineData(int.MaxValue, 30d)]
    public void Without_it_the_wait_doubles_up_to_half_a_minute(int attempt, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), s_delay.After(attempt, null));

    [Theory]
    [InlineData("-1e300")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public async Task It_never_makes_an_accepted_upload_ambiguous(string header)
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.OK, Upload, change: response => response.Headers.TryAddWithoutValidation("Retry-After", header));
        Assert.Equal(UploadClass.Accepted, (await test.UploadAsync()).Class);
    }

    private static HttpResponseMessage Response(string header)
    {
        var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        response.Headers.Date = new DateTimeOffset(2025, 3, 17, 12, 0, 0, TimeSpan.Zero);
        response.Headers.TryAddWithoutValidation("Retry-After", header);
        return response;
    }
}
