using System.Text.Json;

namespace Nanonets.Json;

/// <summary>What the model had read of a page that a person has corrected, and what the person made of it, approved or not.</summary>
/// <param name="Predicted">The model's values.</param>
/// <param name="Corrected">The values as the person left them.</param>
internal sealed record PageCorrections(Prediction[] Predicted, Prediction[] Corrected)
{
    /// <summary>Null where nobody has corrected anything.</summary>
    public static PageCorrections? Of(PageResult page)
    {
        PageJson? json = JsonSerializer.Deserialize(page.Raw, NanonetsJson.Default.PageJson);
        return json is { ModeratedBoxes.Length: > 0 }
            ? new PageCorrections(json.PredictedBoxes.Length > 0 ? json.PredictedBoxes : json.Prediction, json.ModeratedBoxes)
            : null;
    }
}
