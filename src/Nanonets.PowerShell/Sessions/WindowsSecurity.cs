using System;
using System.IO;
#if NETSTANDARD2_0
using System.Reflection;
using System.Runtime.ExceptionServices;
#else
using System.Security.AccessControl;
using System.Security.Principal;
#endif

namespace Nanonets.Sessions;

/// <summary>Who may use a file on Windows, and who asks.</summary>
/// <param name="Descriptor">Owner and access list as SDDL.</param>
/// <param name="Account">The running account as a SID.</param>
internal sealed record WindowsSecurity(string Descriptor, string Account)
{
#if NETSTANDARD2_0
    /// <summary>
    /// The .NET Framework has these calls, .NET Standard does not name them, and a package for them would be loaded at import: they are
    /// called by name.
    /// </summary>
    public static WindowsSecurity Of(FileStream stream)
    {
        object security = Call(stream, "GetAccessControl");
        object ownerAndAccess = Enum.Parse(Framework("System.Security.AccessControl.AccessControlSections"), "Owner, Access");
        var descriptor = (string)Call(security, "GetSecurityDescriptorSddlForm", ownerAndAccess);

        using var current = (IDisposable)Call(Framework("System.Security.Principal.WindowsIdentity"), "GetCurrent");
        return new WindowsSecurity(descriptor, Call(current, "get_User").ToString());
    }

    private static string SidOfAlias(string alias) =>
        Framework("System.Security.Principal.SecurityIdentifier").GetConstructor([typeof(string)]) is { } made
            ? Unwrapped(() => made.Invoke([alias])).ToString()
            : alias;

    private static Type Framework(string name) => typeof(object).Assembly.GetType(name, true);

    /// <summary>Calls a method of an object, or a static one of a type.</summary>
    private static object Call(object target, string method, params object[] arguments)
    {
        Type type = target as Type ?? target.GetType();
        MethodInfo called = type.GetMethod(method, Type.GetTypeArray(arguments))
            ?? throw new NotSupportedException($"There is no {type.Name}.{method} here.");
        return Unwrapped(() => called.Invoke(target is Type ? null : target, arguments));
    }

    /// <summary>What a method that is called by name throws is wrapped, and would be taken for something else.</summary>
    private static object Unwrapped(Func<object> call)
    {
        try
        {
            return call();
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } failure)
        {
            ExceptionDispatchInfo.Capture(failure).Throw();
            throw;
        }
    }
#else
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    public static WindowsSecurity Of(FileStream stream)
    {
        using WindowsIdentity current = WindowsIdentity.GetCurrent();
        const AccessControlSections OwnerAndAccess = AccessControlSections.Owner | AccessControlSections.Access;
        return new WindowsSecurity(stream.GetAccessControl().GetSecurityDescriptorSddlForm(OwnerAndAccess), current.User!.Value);
    }

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static string SidOfAlias(string alias) => new SecurityIdentifier(alias).Value;
#endif

    /// <summary>The SID that two letters of SDDL stand for here; the letters themselves where the system does not know them.</summary>
#if !NETSTANDARD2_0
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
#endif
    public static string SidOf(string alias)
    {
        try
        {
            return SidOfAlias(alias);
        }
        catch (ArgumentException)
        {
            return alias;
        }
    }
}
