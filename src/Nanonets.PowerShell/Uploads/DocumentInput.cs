using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.Binding;
using Nanonets.Documents;
using Nanonets.Errors;

namespace Nanonets.Uploads;

/// <summary>Makes documents of what the parameters hold. What is none is one error, and the rest goes on.</summary>
/// <param name="await">Waits for work while the pipeline goes on.</param>
internal sealed class DocumentInput(PSCmdlet cmdlet, PipelineWriter writer, Action<Func<CancellationToken, Task>> @await)
{
    private readonly DocumentPathResolver _paths = new(cmdlet, writer);

    public IEnumerable<Document> Files(IEnumerable<string> paths, bool wildcards) =>
        paths.SelectMany(path => _paths.Resolve(path, wildcards))
            .Select(static file => new Document(UploadSource.FromPath(file.FullName), file));

    public IEnumerable<Document> Addresses(IEnumerable<Uri> addresses)
    {
        foreach (Uri address in addresses)
        {
            UploadSource source;
            try
            {
                source = UploadSource.FromUri(address);
            }
            catch (ArgumentException invalid)
            {
                writer.WriteError(ErrorTable.InvalidAddress(invalid));
                continue;
            }

            yield return new Document(source);
        }
    }

    public IEnumerable<Document> Base64(string data, string fileName)
    {
        try
        {
            return [new Document(UploadSource.FromBase64(data, fileName))];
        }
        catch (FormatException invalid)
        {
            writer.WriteError(ErrorTable.InvalidEncoding(fileName, invalid));
            return [];
        }
    }

    public IEnumerable<Document> Stream(Stream stream, string fileName)
    {
        UploadSource? source = null;
        try
        {
            @await(async stop => source = await UploadSource.FromStreamAsync(stream, fileName, stop).ConfigureAwait(false));
            return [new Document(source!)];
        }
        catch (ArgumentException invalid)
        {
            writer.WriteError(ErrorTable.InvalidStream(invalid, stream));
        }
        catch (NanonetsException unreadable)
        {
            writer.WriteError(ErrorTable.From(unreadable, stream));
        }

        return [];
    }
}
