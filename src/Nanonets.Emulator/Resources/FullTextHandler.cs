using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Documents;
using Nanonets.Emulator.Documents.Text;
using Nanonets.Emulator.Http;

namespace Nanonets.Emulator.Resources;

/// <summary>POST OCR/FullText: the words of documents without a model. A page without a text layer has none here.</summary>
internal sealed class FullTextHandler(EmulatorContext context, Intake intake, UploadSources sources)
{
    public async Task<Answer> HandleAsync(RouteCall call)
    {
        if (intake.CheckSize(call.Form) is { } tooLarge)
            return tooLarge;
        IReadOnlyList<UploadSource> sent = await sources.ReadAsync(call.Form, call.Http.RequestAborted);
        if (sent.Count == 0)
            return Answer.Error(ApiError.FileMissing);

        var read = new List<(string Name, ReadDocument Document)>();
        foreach (UploadSource source in sent)
        {
            if (source.Part is null || intake.Read(source.Part) is not { } document)
                return Answer.Error(ApiError.IncorrectImage);
            read.Add((source.Name, document));
        }

        Charge[] charges = [.. sent.Zip(read, static (source, file) => new Charge(source.Part!.Sha256, source.Name, string.Empty, file.Document.Pages.Count, source.Part.Bytes))];
        return intake.Charge(string.Empty, charges) ?? Answer.Json(json => Write(json, read));
    }

    private void Write(Utf8JsonWriter json, List<(string Name, ReadDocument Document)> files)
    {
        json.WriteStartObject();
        json.WriteStartArray(context.Options.FullTextResults ? "results" : "result");
        foreach ((string name, ReadDocument document) in files)
        {
            json.WriteStartObject();
            json.WriteString("filename", name);
            json.WriteStartArray("page_data");
            for (int i = 0; i < document.Pages.Count; i++)
                Write(json, document.Pages[i], i);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadPage page, int position)
    {
        json.WriteStartObject();
        json.WriteNumber("page", position);
        json.WriteString("raw_text", string.Join('\n', PageLines.Group(page.Words).Select(static line => string.Join(' ', line.Segments.Select(static segment => segment.Text)))));
        json.WriteStartArray("words");
        foreach (ReadWord word in page.Words)
        {
            json.WriteStartObject();
            json.WriteString("text", word.Text);
            json.WriteNumber("xmin", word.XMin);
            json.WriteNumber("ymin", word.YMin);
            json.WriteNumber("xmax", word.XMax);
            json.WriteNumber("ymax", word.YMax);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
