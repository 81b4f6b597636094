<#
.SYNOPSIS
    Runs one file of the Pester suite on the staged module, names what failed, and ends with a line of totals. For pwsh.exe under Wine; see .ci/run-windows.
.PARAMETER Path
    The file.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path
)

$ErrorActionPreference = 'Stop'
Import-Module C:\modules\Pester\Pester.psd1
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$result = Invoke-Pester -Configuration $configuration
foreach ($test in $result.Tests | Where-Object Result -EQ 'Failed') {
    "FAILED $($test.ExpandedPath)"
    "$($test.ErrorRecord | Select-Object -First 1)"
}
foreach ($container in $result.FailedContainers) { "FAILED $Path"; "$($container.ErrorRecord | Select-Object -First 1)" }
"Total: $($result.TotalCount), Failed: $($result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount), Skipped: $($result.SkippedCount + $result.NotRunCount)"
