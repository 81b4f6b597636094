namespace Nanonets;

/// <summary>The documented states of a model.</summary>
public enum ModelState
{
    /// <summary>Training failed.</summary>
    TrainingFailed = -1,

    /// <summary>Created, no data.</summary>
    NoData = 0,

    /// <summary>Data there, not annotated.</summary>
    NotAnnotated = 1,

    /// <summary>Annotated, not trained.</summary>
    NotTrained = 2,

    /// <summary>Queued for training.</summary>
    Queued = 3,

    /// <summary>Being trained.</summary>
    Training = 4,

    /// <summary>Ready to read documents.</summary>
    Ready = 5,

    /// <summary>Being trained again, still usable.</summary>
    Retraining = 6,
}

/// <summary>A label of a model and how often it was annotated.</summary>
public sealed class ModelCategory
{
    internal ModelCategory()
    {
    }

    /// <summary>The label.</summary>
    /// <value>name</value>
    public string? Label { get; internal init; }

    /// <summary>How many annotations there are.</summary>
    /// <value>count</value>
    public int? Count { get; internal init; }

    /// <summary>The label.</summary>
    /// <returns>The label.</returns>
    public override string ToString() => Label ?? string.Empty;
}

/// <summary>A trained reader (documented).</summary>
public sealed class NanonetsModel
{
    internal NanonetsModel()
    {
    }

    /// <summary>Id of the model.</summary>
    /// <value>model_id</value>
    public string? ModelId { get; internal init; }

    /// <summary><c>ocr</c>, <c>classification</c>, <c>localization</c> or <c>multilabelclassification</c> (documented).</summary>
    /// <value>model_type</value>
    public string? ModelType { get; internal init; }

    /// <summary>The state, where its number is a documented one.</summary>
    /// <value>state</value>
    public ModelState? State { get; internal init; }

    /// <summary>The state's number as sent.</summary>
    /// <value>state</value>
    public int? StateCode { get; internal init; }

    /// <summary>The labels.</summary>
    /// <value>categories</value>
    public ModelCategory[] Categories { get; internal init; } = [];

    /// <summary>The state in words, where sent (seen in client code).</summary>
    /// <value>status</value>
    public string? Status { get; internal init; }

    /// <summary>Accuracy from 0 to 1, where sent (rare).</summary>
    /// <value>accuracy</value>
    public double? Accuracy { get; internal init; }

    /// <summary>The JSON as it came.</summary>
    public string Raw { get; internal init; } = "{}";
}
