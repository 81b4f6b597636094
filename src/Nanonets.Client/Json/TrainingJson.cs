using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Nanonets.Json;

/// <summary>Training data as the API has it: <c>data</c> of a request, <c>Data</c> of an answer.</summary>
internal static class TrainingJson
{
    /// <summary>Writes the list that describes documents: names and annotations.</summary>
    public static void Write(Utf8JsonWriter json, string fileName, IEnumerable<TrainingAnnotation> annotations)
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("filename", fileName);
        json.WriteStartArray("object");
        foreach (TrainingAnnotation annotation in annotations)
        {
            json.WriteStartObject();
            json.WriteString("name", annotation.Label);
            json.WriteString("ocr_text", annotation.Text ?? string.Empty);
            if (annotation.Box is { } box)
            {
                json.WriteStartObject("bndbox");
                json.WriteNumber("xmin", box.XMin);
                json.WriteNumber("ymin", box.YMin);
                json.WriteNumber("xmax", box.XMax);
                json.WriteNumber("ymax", box.YMax);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>The documents of an answer: its Data, or the answer itself where it is a list.</summary>
    public static TrainingDocument[] Read(JsonElement root, string modelId, string? sourcePath = null)
    {
        JsonElement list = root.ValueKind == JsonValueKind.Array ? root : root.Member("Data");
        string model = root.Member("Meta").Member("ModelID").AsText() ?? modelId;
        return [.. list.Items().Where(static item => item.ValueKind == JsonValueKind.Object).Select(item => new TrainingDocument
        {
            DocumentId = item.Member("id").AsText(),
            Input = item.Member("filename").AsText(),
            ModelId = model,
            SourcePath = sourcePath,
            Size = item.Member("size") is var size && size.Member("width").AsInt() is { } width
                && size.Member("height").AsInt() is { } height
                ? new PageSize(width, height) : null,
            Annotations = [.. item.Member("object").Items().Select(Annotation)],
            Raw = item.GetRawText(),
        })];
    }

    private static TrainingAnnotation Annotation(JsonElement element)
    {
        JsonElement box = element.Member("bndbox");
        return new TrainingAnnotation(
            element.Member("name").AsText() ?? string.Empty,
            element.Member("ocr_text").AsText(),
            box.ValueKind == JsonValueKind.Object
                ? new BoundingBox(box.Member("xmin").AsInt() ?? 0, box.Member("ymin").AsInt() ?? 0, box.Member("xmax").AsInt() ?? 0,
                    box.Member("ymax").AsInt() ?? 0)
                : null);
    }
}
