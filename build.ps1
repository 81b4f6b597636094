<#
.SYNOPSIS
    Builds, tests or shows the module. Thin over dotnet, which works just as well by itself.
.PARAMETER Task
    Build (default): builds the solution and leaves the module at artifacts/module/Nanonets.
    Test: Build, then all xUnit tests, then the Pester tests where Pester 5 is installed.
    Demo: runs the quick start on the emulator.
    Clean: removes what a build made.
.PARAMETER Configuration
    Debug (default) or Release.
.EXAMPLE
    ./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Demo', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') ended with exit code $LASTEXITCODE." }
}

function Invoke-PesterTest {
    $pester = Get-Module -ListAvailable -Name Pester | Where-Object { $_.Version.Major -eq 5 } | Select-Object -First 1
    if (-not $pester) {
        Write-Warning 'Pester tests not run: Pester 5 is not installed. Install-Module Pester -MinimumVersion 5.0 -MaximumVersion 5.99 brings it.'
        return
    }

    $pester | Import-Module
    $result = Invoke-Pester -Path (Join-Path $PSScriptRoot 'tests/Pester') -PassThru
    if ($result.FailedCount -gt 0) { throw "$($result.FailedCount) Pester tests failed." }
}

Push-Location $PSScriptRoot
try {
    foreach ($name in $Task) {
        switch ($name) {
            'Build' { Invoke-DotNet build Nanonets.sln -c $Configuration }
            'Test' {
                Invoke-DotNet test Nanonets.sln -c $Configuration
                Invoke-PesterTest
            }
            'Demo' { Invoke-DotNet run --project src/Nanonets.Shell -c $Configuration -- samples/quickstart.ps1 }
            'Clean' {
                Get-ChildItem -Path . -Directory -Recurse -Include bin, obj, artifacts, TestResults |
                    Where-Object { Test-Path $_.FullName } |
                    Remove-Item -Recurse -Force
            }
        }
    }
}
finally {
    Pop-Location
}
