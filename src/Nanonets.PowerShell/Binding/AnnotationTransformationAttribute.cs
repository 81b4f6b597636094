using System;
using System.Linq;
using System.Management.Automation;

namespace Nanonets.Binding;

/// <summary>
/// Takes annotations as predictions of a page result, and as hashtables or objects with Label, Text and the box. Tables are left out.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AnnotationTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_sides = ["XMin", "YMin", "XMax", "YMax"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Parts.Of(inputData).Where(static given => given.BaseObject is not Prediction { Type: PredictionType.Table }).Select(Read).ToArray();

    private static TrainingAnnotation Read(PSObject given)
    {
        if (given.BaseObject is TrainingAnnotation known)
            return known;
        if (given.PartText("Label") is not { Length: > 0 } label)
        {
            throw new ArgumentTransformationMetadataException(
                "An annotation needs a Label. An example is @{ Label = 'total_amount'; Text = '12.00'; XMin = 616; YMin = 321; "
                    + "XMax = 984; YMax = 357 }.");
        }

        return new TrainingAnnotation(label, given.PartText("Text"), given.Part("Box") switch
        {
            null => Box(given),
            BoundingBox box => box,
            var box => Box(PSObject.AsPSObject(box)),
        });
    }

    private static BoundingBox? Box(PSObject given)
    {
        int?[] sides = [.. s_sides.Select(given.PartNumber)];
        if (Array.TrueForAll(sides, static side => side is null))
            return null;
        return Array.TrueForAll(sides, static side => side is not null)
            ? new BoundingBox(sides[0]!.Value, sides[1]!.Value, sides[2]!.Value, sides[3]!.Value)
            : throw new ArgumentTransformationMetadataException("The box of an annotation needs XMin, YMin, XMax and YMax, in pixels.");
    }
}
