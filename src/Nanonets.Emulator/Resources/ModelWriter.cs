using System;
using System.Collections.Generic;
using System.Text.Json;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>Writes models (the reference's 11.1) and training data (11.3), with the capital letters of the latter.</summary>
internal static class ModelWriter
{
    public static void Write(Utf8JsonWriter json, StoredModel model, DateTimeOffset now)
    {
        ModelState state = model.StateAt(now);
        json.WriteStartObject();
        json.WriteString("model_id", model.Id);
        json.WriteString("model_type", model.Type);
        json.WriteNumber("state", (int)state);
        WriteCategories(json, "categories", model);
        json.WriteString("status", Status(state));
        json.WriteEndObject();
    }

    public static void WriteTraining(Utf8JsonWriter json, StoredModel model, IEnumerable<TrainingFile> files, DateTimeOffset now)
    {
        ModelState state = model.StateAt(now);
        json.WriteStartObject();
        json.WriteStartObject("Meta");
        json.WriteString("ModelID", model.Id);
        json.WriteString("ModelType", model.Type);
        json.WriteNumber("State", (int)state);
        WriteCategories(json, "Categories", model);
        json.WriteNumber("Accuracy", 0);
        json.WriteString("Status", Status(state));
        json.WriteEndObject();
        json.WriteStartArray("Data");
        foreach (TrainingFile file in files)
            Write(json, file);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TrainingFile file)
    {
        json.WriteStartObject();
        json.WriteString("filename", file.FileName);
        json.WriteStartObject("size");
        json.WriteNumber("width", file.Width);
        json.WriteNumber("height", file.Height);
        json.WriteEndObject();
        json.WriteStartArray("object");
        foreach (TrainingObject item in file.Objects)
        {
            json.WriteStartObject();
            json.WriteString("name", item.Name);
            json.WriteString("ocr_text", item.Text);
            json.WriteStartObject("bndbox");
            json.WriteNumber("xmin", item.XMin);
            json.WriteNumber("ymin", item.YMin);
            json.WriteNumber("xmax", item.XMax);
            json.WriteNumber("ymax", item.YMax);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("id", file.Id);
        json.WriteEndObject();
    }

    private static void WriteCategories(Utf8JsonWriter json, string name, StoredModel model)
    {
        json.WriteStartArray(name);
        foreach (string category in model.Categories)
        {
            json.WriteStartObject();
            json.WriteString("name", category);
            json.WriteNumber("count", model.CountOf(category));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>"Annotate images" and "Model hosted" are documented or seen; the others are inferred.</summary>
    private static string Status(ModelState state) => state switch
    {
        ModelState.NoData => "Upload images",
        ModelState.NotAnnotated => "Annotate images",
        ModelState.NotTrained => "Train model",
        ModelState.Queued => "Queued for training",
        ModelState.Training => "Training",
        ModelState.Retraining => "Retraining",
        _ => "Model hosted",
    };
}
