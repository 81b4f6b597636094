@{
    RootModule = 'Empty.dll'
    ModuleVersion = '1.0'
    CmdletsToExport = @('Select-Everything')
    FunctionsToExport = @()
    AliasesToExport = @()
    VariablesToExport = @()
}
