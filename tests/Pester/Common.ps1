<#
.SYNOPSIS
    What every test file needs: the module, an emulator, documents. Dot-source it in BeforeAll.
.DESCRIPTION
    Tests the module at NANONETS_MODULE_PATH (a manifest, or a name that PSModulePath knows), else the one the build staged. Each file starts
    an emulator of its own and resets it before each test:

        BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1'); $emulator = Start-TestEmulator }
        BeforeEach { Reset-TestEmulator $emulator }
        AfterAll { Stop-SampleEmulator $emulator }
#>

. ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'samples', 'support', 'Emulator.ps1'))

$TestModule = $env:NANONETS_MODULE_PATH
if (-not $TestModule) { $TestModule = [System.IO.Path]::Combine($SampleRepository, 'artifacts', 'module', 'Nanonets', 'Nanonets.psd1') }
if (-not (Get-Module -Name Nanonets)) { Import-Module $TestModule }

$SampleDocuments = [System.IO.Path]::Combine($SampleRepository, 'samples', 'documents')
$ProgressPreference = 'SilentlyContinue'

# What a developer's own shell has set must not reach the tests.
'API_KEY', 'API_KEY_FILE', 'MODEL_ID', 'BASE_URI', 'JOURNAL' | ForEach-Object { [Environment]::SetEnvironmentVariable("NANONETS_$_", $null) }

function Start-TestEmulator {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'For tests.')]
    param([string[]] $Argument = @('--processing-time', '0'))
    $emulator = Start-SampleEmulator -Argument $Argument
    Connect-TestEmulator $emulator
    $emulator
}

function Connect-TestEmulator {
    param($Emulator)
    Connect-Nanonets -ApiKey $Emulator.ApiKey -BaseUri $Emulator.BaseUri -ModelId $Emulator.ModelId -MaximumRetryCount 1
}

function Reset-TestEmulator {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'For tests.')]
    param($Emulator)
    $null = Invoke-RestMethod -Method Post -Uri ($Emulator.BaseUri -replace '/api/v2.*', '/__emulator/reset')
}

function Get-EmulatorRequest {
    param($Emulator, [string] $Route = '*')
    (Invoke-RestMethod -Uri ($Emulator.BaseUri -replace '/api/v2.*', '/__emulator/requests')) | ForEach-Object { $_ } | Where-Object { $_.route -like $Route }
}

function Get-EmulatorCharge {
    param($Emulator)
    (Invoke-RestMethod -Uri ($Emulator.BaseUri -replace '/api/v2.*', '/__emulator/billing')).charges
}

# A rule of the emulator's README, as a hashtable.
function Add-EmulatorFault {
    param($Emulator, [hashtable] $Rule)
    $null = Invoke-RestMethod -Method Post -Uri ($Emulator.BaseUri -replace '/api/v2.*', '/__emulator/faults') -Body (ConvertTo-Json $Rule) -ContentType 'application/json'
}

function Clear-EmulatorFault {
    param($Emulator)
    $null = Invoke-RestMethod -Method Delete -Uri ($Emulator.BaseUri -replace '/api/v2.*', '/__emulator/faults')
}

# A picture of one pixel with the name inside, so that each file is a document of its own.
function New-TestDocument {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'For tests.')]
    param([string[]] $Name, [string] $Folder = $TestDrive)
    $picture = [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')
    foreach ($one in $Name) {
        $path = [System.IO.Path]::Combine($Folder, $one)
        $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($path))
        [System.IO.File]::WriteAllBytes($path, [byte[]] ($picture + [System.Text.Encoding]::UTF8.GetBytes($one)))
        Get-Item -LiteralPath $path
    }
}

function Get-SampleInvoice {
    param([string] $Name = 'company-abc-invoice-001.pdf')
    Get-Item -LiteralPath ([System.IO.Path]::Combine($SampleDocuments, 'invoices', $Name))
}
