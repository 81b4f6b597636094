<#
.SYNOPSIS
    Builds, tests, packs or shows the module. Thin over dotnet, which works just as well by itself.
.PARAMETER Task
    Build (default): builds the solution and leaves the module at artifacts/module/Nanonets.
    Test: builds and runs all tests, xUnit's and Pester's.
    Package: builds and leaves the versioned module folder, the .nupkg for a gallery and its bill of materials in artifacts/package, as does
        dotnet run --project src/Nanonets.Package -c Release
    Demo: runs the quick start on the emulator.
    Clean: removes what a build made.
.PARAMETER Configuration
    Debug (default, but for Package) or Release.
.PARAMETER CertificateThumbprint
    With Package, on Windows: signs the package's own files with this code-signing certificate of the user's or the machine's store, and adds a signed
    file catalog.
.PARAMETER TimestampServer
    With CertificateThumbprint: the address of a timestamp server, so that signatures outlive the certificate.
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -Task Package
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package', 'Demo', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = $(if ($Task -contains 'Package') { 'Release' } else { 'Debug' }),

    [string] $CertificateThumbprint,

    [string] $TimestampServer
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    param([string[]] $Argument)

    & dotnet @Argument
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($Argument -join ' ') ended with exit code $LASTEXITCODE." }
}

function Get-SigningCertificate {
    param([string] $Thumbprint)

    if (-not (Get-Command -Name Set-AuthenticodeSignature, New-FileCatalog -ErrorAction SilentlyContinue)) {
        throw 'Signing needs Set-AuthenticodeSignature and New-FileCatalog, which PowerShell has on Windows only.'
    }

    $certificate = Get-ChildItem -Path Cert:\CurrentUser\My, Cert:\LocalMachine\My -CodeSigningCert |
        Where-Object { $_.Thumbprint -eq $Thumbprint } | Select-Object -First 1
    if (-not $certificate) { throw "There is no code-signing certificate $Thumbprint in the stores of the user and the machine." }
    $certificate
}

function Add-PackageSignature {
    param([string] $Path, $Certificate, [string] $TimestampServer)

    $signing = @{ Certificate = $Certificate; HashAlgorithm = 'SHA256' }
    if ($TimestampServer) { $signing.TimestampServer = $TimestampServer }

    # Foreign libraries keep their makers' signatures.
    $own = @(Get-ChildItem -LiteralPath $Path -Recurse -File | Where-Object { $_.Extension -in '.psd1', '.ps1xml' -or $_.Name -like 'Nanonets.*.dll' })

    # Made after the files are signed, and outside of the folder that it lists.
    $catalog = Join-Path ([System.IO.Path]::GetTempPath()) 'Nanonets.cat'
    foreach ($file in $own) { Set-PackageSignature -Path $file.FullName -Signing $signing }
    $null = New-FileCatalog -Path $Path -CatalogFilePath $catalog -CatalogVersion 2
    Set-PackageSignature -Path $catalog -Signing $signing
    Move-Item -LiteralPath $catalog -Destination $Path -Force
}

function Set-PackageSignature {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Signs what this script has just made.')]
    param([string] $Path, [hashtable] $Signing)

    $signature = Set-AuthenticodeSignature -FilePath $Path @Signing
    if ($signature.Status -ne 'Valid') { throw "Signing $Path failed: $($signature.StatusMessage)" }
}

Push-Location $PSScriptRoot
try {
    foreach ($name in $Task) {
        switch ($name) {
            'Build' { Invoke-DotNet -Argument build, Nanonets.sln, '-c', $Configuration }
            'Test' { Invoke-DotNet -Argument test, Nanonets.sln, '-c', $Configuration }
            'Package' {
                $package = 'run', '--project', 'src/Nanonets.Package', '-c', $Configuration
                if ($CertificateThumbprint) {
                    # Said before a build of some minutes, not after it.
                    $certificate = Get-SigningCertificate -Thumbprint $CertificateThumbprint
                    Invoke-DotNet -Argument ($package + '--' + 'folder')
                    $folder = Get-ChildItem -Path artifacts/package/Nanonets -Directory | Sort-Object -Property LastWriteTime | Select-Object -Last 1
                    Add-PackageSignature -Path $folder.FullName -Certificate $certificate -TimestampServer $TimestampServer
                    Invoke-DotNet -Argument ($package + '--no-build' + '--' + 'pack')
                }
                else {
                    Invoke-DotNet -Argument $package
                }
            }
            'Demo' { ./samples/quickstart.ps1 }
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
