<#
.SYNOPSIS
    Runs the Pester suite on a module that lies in a folder of PSModulePath's kind, with the engine that runs this script.
.PARAMETER ModuleRoot
    The folder that holds Nanonets/<version>.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $ModuleRoot
)

$ErrorActionPreference = 'Stop'
$env:PSModulePath = (Resolve-Path -LiteralPath $ModuleRoot).Path + [System.IO.Path]::PathSeparator + $env:PSModulePath
$env:NANONETS_MODULE_PATH = 'Nanonets'

# Windows PowerShell comes with Pester 3.
Install-Module -Name Pester -MinimumVersion 5.5 -MaximumVersion 5.99 -Scope CurrentUser -Force -SkipPublisherCheck
Import-Module -Name Pester -MinimumVersion 5.5 -MaximumVersion 5.99
$result = Invoke-Pester -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', 'tests', 'Pester')) -PassThru
exit [int] ($result.FailedCount -gt 0)
