using System;

namespace Nanonets.Binding;

/// <summary>The documented types of models.</summary>
internal static class ModelTypes
{
    public const string Ocr = "ocr";

    public const string Classification = "classification";

    public const string Localization = "localization";

    public const string MultilabelClassification = "multilabelclassification";

    /// <summary>Whether models of the type have the routes of image classification.</summary>
    public static bool Classifies(string? type) => string.Equals(type, Classification, StringComparison.OrdinalIgnoreCase);
}
