<#
.SYNOPSIS
    What every test file needs: the module, an emulator, documents. Dot-source it in BeforeAll.
.DESCRIPTION
    Tests the module whose manifest NANONETS_MODULE_PATH names, else the one the build staged. All files of a run share an emulator; each begins with
    a new world and resets it before each test:

        BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1'); $emulator = Start-TestEmulator }
        BeforeEach { Reset-TestEmulator $emulator }
        AfterAll { Disconnect-Nanonets }
#>

. ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'samples', 'support', 'Emulator.ps1'))

$TestModule = $env:NANONETS_MODULE_PATH
if (-not $TestModule) { $TestModule = [System.IO.Path]::Combine($SampleRepository, 'artifacts', 'module', 'Nanonets', 'Nanonets.psd1') }
if (-not (Get-Module -Name Nanonets)) { Import-Module $TestModule }

$SampleDocuments = [System.IO.Path]::Combine($SampleRepository, 'samples', 'documents')
$ProgressPreference = 'SilentlyContinue'

# What a developer's own shell has set must not reach the tests.
'API_KEY', 'API_KEY_FILE', 'MODEL_ID', 'BASE_URI', 'JOURNAL' | ForEach-Object { [Environment]::SetEnvironmentVariable("NANONETS_$_", $null) }
# And what the module keeps for a user must not reach the profile. While tests are looked for there is no drive yet.
if ($TestDrive) { $env:NANONETS_STATE_FOLDER = Join-Path $TestDrive 'state' }

# Starting one takes longer than most files do: it is kept until the process ends.
function Start-TestEmulator {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'For tests.')]
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidGlobalVars', '', Justification = 'Outlives the file of tests.')]
    param([hashtable] $Option = @{})
    if (-not (Test-Path Variable:Global:NanonetsTestEmulator)) {
        $global:NanonetsTestEmulator = Start-SampleEmulator
        $null = Register-EngineEvent -SourceIdentifier PowerShell.Exiting -SupportEvent -Action { $global:NanonetsTestEmulator.Process.Kill() }
    }

    $emulator = $global:NanonetsTestEmulator
    Reset-TestEmulator $emulator
    Set-EmulatorOption $emulator @{ processing_time_per_page = 0; queued_answer = 'nested' }
    Set-EmulatorOption $emulator $Option
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

# Options of the emulator's README. They stay until another file begins.
function Set-EmulatorOption {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'For tests.')]
    param($Emulator, [hashtable] $Option)
    $null = Invoke-RestMethod -Method Post -Uri ($Emulator.BaseUri -replace '/api/v2.*', '/__emulator/options') -Body (ConvertTo-Json $Option) -ContentType 'application/json'
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

# Runs a script in a process of its own, with the engine that runs the tests, where jobs and scripts find the module by its name.
function Invoke-TestEngine {
    param([string] $Script, [string[]] $Argument)
    $program = @((Get-Process -Id $PID).Path)
    # A pwsh that came as a .NET tool is run by dotnet.
    if ([System.IO.Path]::GetFileNameWithoutExtension($program[0]) -eq 'dotnet') { $program += Join-Path $PSHOME 'pwsh.dll' }
    $program += '-NoProfile', '-NonInteractive', '-File', $Script
    $rest = @($program | Select-Object -Skip 1) + $Argument
    & $program[0] @rest
}

# Puts the module under test where it is found by its name; gives what PSModulePath was before.
function Add-TestModulePath {
    $env:PSModulePath
    $env:PSModulePath = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($TestModule, '..', '..')) + [System.IO.Path]::PathSeparator + $env:PSModulePath
}
