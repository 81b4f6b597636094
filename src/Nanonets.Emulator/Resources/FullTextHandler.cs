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

        if (intake.ReadAll(sent) is not { } read)
            return Answer.Error(ApiError.IncorrectImage);
        return intake.Charge(call, string.Empty, read) ?? Answer.Json(json => Write(json, read));
    }

    private void Write(Utf8JsonWriter json, IReadOnlyList<ReadSource> files)
    {
        json.WriteStartObject();
        json.WriteStartArray(context.Options.FullTextResults ? "results" : "result");
        foreach ((UploadedPart part, ReadDocument document) in files)
        {
            json.WriteStartObject();
            json.WriteString("filename", part.FileName);
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
        json.WriteString("raw_text", string.Join('\n', PageLines.Group(page.Words).Select(Text)));
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

    private static string Text(TextLine line) => string.Join(' ', line.Segments.Select(static segment => segment.Text));
}
