<#
.SYNOPSIS
    Loads the module for the samples, and builds it first when it is not built or older than its source.
.DESCRIPTION
    Dot-source it: . ./support/Module.ps1. It gives Import-SampleModule. Building needs the .NET 10 SDK.
#>

$SampleRepository = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))

function Import-SampleModule {
    # A session keeps the assemblies that it has loaded: what it has is what it gets.
    $loaded = Get-Module -Name Nanonets | Select-Object -First 1
    if ($loaded) {
        Write-Verbose "This session has loaded the module from $($loaded.ModuleBase) already."
        return
    }

    Invoke-SampleBuild
    Import-Module ([System.IO.Path]::Combine($SampleRepository, 'artifacts', 'module', 'Nanonets', 'Nanonets.psd1')) -Scope Global
}

function Invoke-SampleBuild {
    # What is built, what a complete build leaves, and the source it is made from.
    $parts = @(
        @{ Name = 'Nanonets.PowerShell'; Source = 'src/Nanonets.PowerShell', 'src/Nanonets.Client', 'src/Nanonets.Journal', 'en-US' }
        @{ Name = 'Nanonets.Emulator'; Source = , 'src/Nanonets.Emulator' }
    )
    $old = @($parts | Where-Object { -not (Test-SampleBuild $_.Name $_.Source) })
    if (-not $old) { return }

    if (-not (Get-Command -Name dotnet -ErrorAction SilentlyContinue)) {
        throw 'Building the module needs the .NET 10 SDK, and there is no dotnet here: https://dotnet.microsoft.com/download'
    }

    Write-Host 'Building the module and the emulator, which are not built or older than their source. The first time takes a minute.'
    $clock = [System.Diagnostics.Stopwatch]::StartNew()

    # dotnet looks for the version that this repository asks for from the current folder upwards.
    Push-Location -LiteralPath $SampleRepository
    try {
        foreach ($part in $old) {
            # As dotnet build, which has a summary even when it is to be quiet; without the analyzers, which take half of the time.
            dotnet msbuild "src/$($part.Name)" -restore -nologo -verbosity:quiet -property:RunAnalyzers=false | Out-Host
            if ($LASTEXITCODE -ne 0) { throw "Building src/$($part.Name) failed; above is why. It needs the .NET 10 SDK: https://dotnet.microsoft.com/download" }
        }
    }
    finally {
        Pop-Location
    }

    Write-Host ('Built in {0:0} seconds.' -f $clock.Elapsed.TotalSeconds)
    Write-Host
}

function Test-SampleBuild {
    param([string] $Name, [string[]] $Source)

    $built = [System.IO.FileInfo] [System.IO.Path]::Combine($SampleRepository, 'artifacts', 'built', $Name)
    $output = [System.IO.Path]::Combine($SampleRepository, 'src', $Name, 'bin')
    if (-not $built.Exists -or -not [System.IO.Directory]::Exists($output)) { return $false }

    # A folder is newer than the build when a file in it was added, renamed or deleted since.
    $files = @(Get-ChildItem -LiteralPath $SampleRepository -File | Where-Object { $_.Name -match '\.(props|psd1)$|^global\.json$' })
    foreach ($folder in $Source) {
        $folder = Get-Item -LiteralPath ([System.IO.Path]::Combine($SampleRepository, $folder))
        $files += $folder
        $files += Get-ChildItem -LiteralPath $folder.FullName | Where-Object { $_.Name -notin 'bin', 'obj' } |
            ForEach-Object { $_; if ($_.PSIsContainer) { Get-ChildItem -LiteralPath $_.FullName -Recurse } }
    }

    -not ($files | Where-Object { $_.LastWriteTimeUtc -gt $built.LastWriteTimeUtc })
}
