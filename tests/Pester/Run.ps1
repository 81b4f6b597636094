<#
.SYNOPSIS
    Runs the Pester suite, or some files of it, with the engine that runs this script.
.DESCRIPTION
    Tests the module at NANONETS_MODULE_PATH (see Common.ps1), else the one that the build staged. Ends with exit code 0 when all files have tests
    and no test failed, else with 1.
    dotnet test runs it in pwsh and reports each result as a test of its own (tests/Nanonets.Pester.Tests).
.PARAMETER File
    Names of files, wildcards allowed. Default: every file of tests.
.PARAMETER Folder
    The folder of the suite. Default: that of this script.
.PARAMETER Pester
    Path of the manifest of Pester 5. Default: the Pester that PSModulePath knows.
.PARAMETER AsJson
    Writes a line of JSON as soon as a file is finished, in place of Pester's report. It begins with a record separator (U+001E), which nothing else
    that is written has, and is ASCII, whatever the encoding of the console is.
.PARAMETER ListOnly
    Runs no test, only says which there are.
.EXAMPLE
    pwsh tests/Pester/Run.ps1 Nightly*
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0, ValueFromRemainingArguments = $true)] [string[]] $File = @('*'),
    [string] $Folder = $PSScriptRoot,
    [string] $Pester = 'Pester',
    [switch] $AsJson,
    [switch] $ListOnly
)

$ErrorActionPreference = 'Stop'
# Windows PowerShell comes with Pester 3.
Import-Module $Pester -MinimumVersion 5.5 -MaximumVersion 5.99

# A result as people read it: what was wrong, and the lines of tests that led there.
function New-Result {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Makes an object.')]
    param([string] $Name, [string] $Result, $From, [string] $Otherwise)
    $message = @($From.ErrorRecord | ForEach-Object { "$_" }) -join "`n"
    @{
        name    = $Name
        result  = $Result
        line    = [Math]::Max(1, [int] $From.StartLine)
        seconds = $From.Duration.TotalSeconds
        message = if ($message) { $message } else { $Otherwise }
        where   = @($From.ErrorRecord | ForEach-Object { "$($_.ScriptStackTrace)" -split "`r?`n" | Where-Object { $_ -notmatch '[\\/](Pester\.psm?1|Run\.ps1): ' } }) -join "`n"
    }
}

function Get-Result {
    param($Run)
    foreach ($test in $Run.Tests) {
        if ($ListOnly) { New-Result $test.ExpandedPath 'Discovered' $test }
        elseif ($test.Result -eq 'Passed') { New-Result $test.ExpandedPath 'Passed' $test }
        elseif ($test.Result -eq 'Skipped' -and $test.ErrorRecord) { New-Result $test.ExpandedPath 'Skipped' $test }
        elseif ($test.Result -eq 'Skipped') { New-Result $test.ExpandedPath 'Failed' $test 'It is skipped without a reason. Set-ItResult -Skipped -Because gives one.' }
        else { New-Result $test.ExpandedPath 'Failed' $test 'It was not run: what stands before it failed.' }
    }

    # What happens around tests: while they are looked for, before all of them, after all of them.
    foreach ($block in $Run.FailedBlocks) { New-Result "$($block.ExpandedPath) (before or after its tests)" 'Failed' $block }
    foreach ($container in $Run.FailedContainers) { New-Result '(the file)' 'Failed' $container }
    if (-not $Run.Tests -and -not $Run.FailedContainers) { New-Result '(the file)' 'Failed' $Run 'There is no test in this file.' }
}

$files = @(Get-ChildItem -Path $Folder -Filter *.Tests.ps1 | Where-Object { $name = $_.Name; $File | Where-Object { $name -like $_ } })
$failed = $files.Count -eq 0
foreach ($one in $files) {
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $one.FullName
    $configuration.Run.PassThru = $true
    $configuration.Run.SkipRun = [bool] $ListOnly
    if ($AsJson) { $configuration.Output.Verbosity = 'None' }
    $results = @(Get-Result (Invoke-Pester -Configuration $configuration))
    if ($results.result -contains 'Failed') { $failed = $true }
    if ($AsJson) {
        $json = ConvertTo-Json @{ file = $one.Name; results = $results } -Depth 4 -Compress
        [Console]::WriteLine([char] 0x1E + [regex]::Replace($json, '[^\x20-\x7E]', { '\u{0:x4}' -f [int] $args[0].Value[0] }))
    }
}

if (-not $files) { 'There is no such file of tests.' }
exit [int] $failed
