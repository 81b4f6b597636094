using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

using Nanonets.Documents;
using Nanonets.Sending;
using Nanonets.Uploading;

namespace Nanonets.Desktop.Check;

/// <summary>What people do with the service.</summary>
internal static class ServiceSteps
{
    public static async Task<string> UploadAsync(Service service)
    {
        using NanonetsClient client = service.Connect();
        var request = new SendRequest(service.ModelId, [new Document(UploadSource.FromPath(service.Document))]);
        UploadOutcome outcome =
            (await client.UploadAsync(request, request.Documents, null, 1, null, null, default).ConfigureAwait(false))[0];
        if (outcome.Error is { } error)
            throw error;

        using var waiter = new ResultWaiter(client, TimeSpan.FromMinutes(1));
        string id = outcome.Pages[0].RequestFileId!;
        service.Uploaded = await waiter.WaitAsync(service.ModelId, id, null, TimeSpan.Zero).ConfigureAwait(false);
        PageResult page = service.Uploaded.Pages[0];
        bool isRead = page.State == PageState.Success && page.Prediction.Length > 0;
        CheckException.Unless(isRead, $"{page.State}, {page.Prediction.Length} predictions");
        return $"{page.Input}, page {page.Page}, {page.Prediction.Length} predictions, {page.Size}";
    }

    public static async Task<string> SaveAsync(Service service, string path)
    {
        using NanonetsClient client = service.Connect();
        SignedUrl address = service.Uploaded!.Pages[0].SignedUrls!.OriginalFile!.Original!;
        using (FileStream file = File.Create(path))
            await client.DownloadAsync(address, file).ConfigureAwait(false);
        CheckException.Unless(File.ReadAllBytes(path).SequenceEqual(File.ReadAllBytes(service.Document)), "It is another file.");
        return $"{new FileInfo(path).Length} bytes, the same";
    }

    public static async Task<string> ListAsync(Service service)
    {
        using NanonetsClient client = service.Connect();
        int today = (int)(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 86400);
        int found = 0;
        await client.ListPagesAsync(service.ModelId, today - 1, today + 1, pages =>
        {
            found += pages.Count(page => page.RequestFileId == service.Uploaded!.Pages[0].RequestFileId);
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        CheckException.Unless(found == service.Uploaded!.Pages.Length, $"{found} of {service.Uploaded.Pages.Length} pages");
        return $"{found} page(s)";
    }
}
