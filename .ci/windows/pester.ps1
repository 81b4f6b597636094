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
# Around the tests: before or after those of a block, or while they are looked for.
foreach ($part in @($result.FailedBlocks) + @($result.FailedContainers)) { "FAILED $Path"; "$($part.ErrorRecord | Select-Object -First 1)" }
$around = $result.FailedBlocksCount + $result.FailedContainersCount
"Total: $($result.TotalCount + $around), Failed: $($result.FailedCount + $around), Skipped: $($result.SkippedCount + $result.NotRunCount)"
