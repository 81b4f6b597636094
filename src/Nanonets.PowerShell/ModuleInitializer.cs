using System.Management.Automation;

namespace Nanonets;

/// <summary>Runs when the module is imported: no input or output, no reading of the environment.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport()
    {
#if NETSTANDARD2_0
        // Windows PowerShell 5.1 on older systems still offers only TLS 1.0, which the service refuses.
        System.Net.ServicePointManager.SecurityProtocol |= System.Net.SecurityProtocolType.Tls12;
#endif
    }
}
