using System;
using System.Management.Automation;
using System.Security;

namespace Nanonets.Binding;

/// <summary>Takes an API key as a SecureString, as the password of a PSCredential, or as plain text.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ApiKeyTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            SecureString secret => secret,
            PSCredential credential => credential.Password,
            string text => ToSecureString(text.Trim()),

            // The value is not repeated: it may be the key in a wrong wrapping.
            _ => throw new ArgumentTransformationMetadataException(
                "An API key is a SecureString, a PSCredential (its password is the key) or text, not a "
                    + $"{value?.GetType().Name ?? "null"}."),
        };
    }

    private static SecureString ToSecureString(string text)
    {
        var secret = new SecureString();
        foreach (char character in text)
            secret.AppendChar(character);
        secret.MakeReadOnly();
        return secret;
    }
}
