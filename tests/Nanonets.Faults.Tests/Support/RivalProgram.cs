using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Tasks;

namespace Nanonets.Faults.Tests.Support;

/// <summary>
/// Another program with the same key that uploads files of its own to the same model, without this module and without a journal.
/// </summary>
internal static class RivalProgram
{
    /// <summary>Uploads a file.</summary>
    /// <returns>The id it got.</returns>
    public static async Task<string> RivalUploadsAsync(this Lab lab, string fileName, string content, string metadata)
    {
        using IDisposable step = lab.Time.Begin();
        using var client = new HttpClient();
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        using var text = new StringContent(metadata);
        using var form = new MultipartFormDataContent { { file, "file", fileName }, { text, "request_metadata" } };
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"{lab.Emulator.ApiUri}/OCR/Model/{lab.Model}/LabelFile/?async=true") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(lab.Emulator.Options.ApiKey + ":")));
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        string answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, answer);
        return Assert.Single(lab.Emulator.Billing.Charges, charge => answer.Contains(charge.RequestFileId, StringComparison.Ordinal))
            .RequestFileId;
    }
}
