using System;

namespace Nanonets;

/// <summary>A document that a model learns from.</summary>
public sealed class TrainingDocument
{
    internal TrainingDocument()
    {
    }

    /// <summary>Id of the document among the model's training data (documented); null where the answer does not say.</summary>
    /// <value>id</value>
    public string? DocumentId { get; internal init; }

    /// <summary>Its file name.</summary>
    /// <value>filename</value>
    public string? Input { get; internal init; }

    /// <summary>The model.</summary>
    /// <value>Meta.ModelID</value>
    public string? ModelId { get; internal init; }

    /// <summary>The local file it came from, where known.</summary>
    public string? SourcePath { get; internal init; }

    /// <summary>Size of the picture; null when not sent.</summary>
    /// <value>size</value>
    public PageSize? Size { get; internal init; }

    /// <summary>What is marked in it.</summary>
    /// <value>object</value>
    public TrainingAnnotation[] Annotations { get; internal init; } = [];

    /// <summary>The JSON as it came.</summary>
    public string Raw { get; internal init; } = "{}";

    /// <summary>Name and number of annotations.</summary>
    /// <returns>For example <c>train-001.jpg, 4 annotations</c>.</returns>
    public override string ToString() =>
        $"{Input ?? DocumentId}, {Annotations.Length} annotation{(Annotations.Length == 1 ? string.Empty : "s")}";
}

/// <summary>What a model is to learn: a label, the text that stands there, and where.</summary>
public sealed class TrainingAnnotation
{
    internal TrainingAnnotation(string label, string? text, BoundingBox? box) => (Label, Text, Box) = (label, text, box);

    /// <summary>The label.</summary>
    /// <value>name</value>
    public string Label { get; }

    /// <summary>The text.</summary>
    /// <value>ocr_text</value>
    public string? Text { get; }

    /// <summary>Where it stands on the picture.</summary>
    /// <value>bndbox</value>
    public BoundingBox? Box { get; }

    /// <summary>Label and text.</summary>
    /// <returns>For example <c>total_amount=110.00</c>.</returns>
    public override string ToString() => $"{Label}={Text}";
}
