using System;
using System.Collections.Generic;
using System.Collections.Specialized;

namespace Nanonets;

/// <summary>Makes the map of labels.</summary>
internal static class FieldMap
{
    public static OrderedDictionary Of(IEnumerable<Prediction> predictions)
    {
        var best = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        var map = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (Prediction prediction in predictions)
        {
            double score = prediction.Score ?? 0;
            if (prediction.Type != PredictionType.Field || (best.TryGetValue(prediction.Label, out double other) && other >= score))
                continue;

            best[prediction.Label] = score;
            map[prediction.Label] = prediction.Text;
        }

        return map.AsReadOnly();
    }
}
