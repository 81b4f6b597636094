using System;
using System.Collections;
using System.Management.Automation;
using System.Text;

namespace Nanonets.Binding;

/// <summary>
/// Takes metadata as text, or as a hashtable or custom object that becomes a JSON object with its members in the order they have there.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MetadataTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is IDictionary or PSCustomObject
            ? MarkedText.ObjectMetadata.Mark(Encoding.UTF8.GetString(ObjectJson.ToBytes(inputData!)))
            : inputData;
    }
}
