#if NETSTANDARD2_0
// Types that the compiler asks for and that .NET Standard 2.0 does not have. Written here, since generated ones come in a random order,
// which the same bytes from the same source do not allow. The cmdlets and the journal see these too.
using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>For init accessors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;

/// <summary>For required members.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
internal sealed class RequiredMemberAttribute : Attribute;

/// <summary>For what older compilers would misread, such as required members.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
{
    /// <summary>Name of the language feature.</summary>
    public string FeatureName { get; } = featureName;
}
#endif
