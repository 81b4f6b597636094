@{
    # PowerShell 7 loads the core folder (our own assemblies only), Windows PowerShell 5.1 the desktop folder.
    # These paths are for the repository root; the build writes the staged manifest with paths beside itself.
    RootModule             = if ($PSEdition -eq 'Core') { 'artifacts/module/Nanonets/core/Nanonets.PowerShell.dll' } else { 'artifacts/module/Nanonets/desktop/Nanonets.PowerShell.dll' }
    # Loaded before the types file, which names its view columns.
    RequiredAssemblies     = if ($PSEdition -eq 'Core') { 'artifacts/module/Nanonets/core/Nanonets.PowerShell.dll' } else { 'artifacts/module/Nanonets/desktop/Nanonets.PowerShell.dll' }
    ModuleVersion          = '0.1.0'
    GUID                   = 'b7a0f2f0-6a44-4b0e-9d55-3f1c7a1f5e21'
    Author                 = 'Nanonets for PowerShell contributors'
    CompanyName            = 'Nanonets for PowerShell contributors'
    Copyright              = '(c) Nanonets for PowerShell contributors. MIT License.'
    Description            = 'Sends documents to Nanonets OCR models and brings back what they read: typed page results that other cmdlets consume.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'

    FormatsToProcess       = @(
        'artifacts/module/Nanonets/Nanonets.Connection.Format.ps1xml'
        'artifacts/module/Nanonets/Nanonets.Format.ps1xml'
        'artifacts/module/Nanonets/Nanonets.Inbox.Format.ps1xml'
        'artifacts/module/Nanonets/Nanonets.Journal.Format.ps1xml'
        'artifacts/module/Nanonets/Nanonets.Sources.Format.ps1xml'
        'artifacts/module/Nanonets/Nanonets.Text.Format.ps1xml'
        'artifacts/module/Nanonets/Nanonets.Training.Format.ps1xml'
    )
    TypesToProcess         = @(
        'artifacts/module/Nanonets/Nanonets.Revived.Types.ps1xml'
        'artifacts/module/Nanonets/Nanonets.Types.ps1xml'
    )

    CmdletsToExport        = @(
        'Add-NanonetsTrainingDocument'
        'Approve-NanonetsDocument'
        'Connect-Nanonets'
        'ConvertFrom-NanonetsWebhook'
        'ConvertTo-NanonetsRow'
        'Disconnect-Nanonets'
        'Export-NanonetsReport'
        'Get-NanonetsConnection'
        'Get-NanonetsJournalEntry'
        'Get-NanonetsJournalSchema'
        'Get-NanonetsModel'
        'Get-NanonetsResult'
        'Get-NanonetsTrainingDocument'
        'Invoke-NanonetsInbox'
        'Measure-NanonetsJournal'
        'New-NanonetsModel'
        'Read-NanonetsText'
        'Remove-NanonetsDocument'
        'Remove-NanonetsJournalEntry'
        'Resolve-NanonetsJournalEntry'
        'Restart-NanonetsExport'
        'Restart-NanonetsPrediction'
        'Save-NanonetsDocument'
        'Send-NanonetsDocument'
        'Set-NanonetsReviewer'
        'Start-NanonetsTraining'
        'Test-NanonetsConnection'
        'Undo-NanonetsApproval'
        'Update-NanonetsResult'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()

    PrivateData            = @{
        PSData = @{
            Tags         = @('Nanonets', 'OCR', 'Invoice', 'Document', 'DocumentAI', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            ProjectUri   = 'https://github.com/nanonets-powershell/nanonets-powershell'
            LicenseUri   = 'https://github.com/nanonets-powershell/nanonets-powershell/blob/main/LICENSE'
            ReleaseNotes = 'https://github.com/nanonets-powershell/nanonets-powershell/blob/main/CHANGELOG.md'
        }
    }
}
