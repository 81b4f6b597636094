using System;
using System.IO;

namespace Nanonets.Sessions;

/// <summary>Who may use a file on Windows, and who asks.</summary>
/// <param name="Descriptor">Owner and access list as SDDL.</param>
/// <param name="Account">The running account as a SID.</param>
internal sealed record WindowsSecurity(string Descriptor, string Account)
{
#if NETSTANDARD2_0
    /// <summary>The .NET Framework has these calls, .NET Standard does not name them, and a package for them would be loaded at import: they are called by name.</summary>
    public static WindowsSecurity Of(FileStream stream)
    {
        object security = typeof(FileStream).GetMethod("GetAccessControl", Type.EmptyTypes)!.Invoke(stream, null);
        Type sections = security.GetType().Assembly.GetType("System.Security.AccessControl.AccessControlSections", true);
        object ownerAndAccess = Enum.Parse(sections, "Owner, Access");
        string descriptor = (string)security.GetType().GetMethod("GetSecurityDescriptorSddlForm", [sections])!.Invoke(security, [ownerAndAccess]);

        Type identity = typeof(object).Assembly.GetType("System.Security.Principal.WindowsIdentity", true);
        using var current = (IDisposable)identity.GetMethod("GetCurrent", Type.EmptyTypes)!.Invoke(null, null);
        return new WindowsSecurity(descriptor, identity.GetProperty("User")!.GetValue(current).ToString());
    }
#else
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    public static WindowsSecurity Of(FileStream stream)
    {
        using var current = System.Security.Principal.WindowsIdentity.GetCurrent();
        const System.Security.AccessControl.AccessControlSections OwnerAndAccess =
            System.Security.AccessControl.AccessControlSections.Owner | System.Security.AccessControl.AccessControlSections.Access;
        return new WindowsSecurity(stream.GetAccessControl().GetSecurityDescriptorSddlForm(OwnerAndAccess), current.User!.Value);
    }
#endif
}
