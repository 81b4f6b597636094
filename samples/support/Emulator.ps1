<#
.SYNOPSIS
    Starts the emulator beside a sample, on a free port, and stops it.
.DESCRIPTION
    Dot-source it: . ./support/Emulator.ps1. It gives Start-SampleEmulator and Stop-SampleEmulator.
#>

$SampleRepository = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))

function Start-SampleEmulator {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'A server on the loopback address that ends with the sample.')]
    param([string[]] $Argument = @())

    # Started without dotnet run, which would be a second process and outlive the first.
    $program = Get-ChildItem ([System.IO.Path]::Combine($SampleRepository, 'src/Nanonets.Emulator/bin/*/net*/Nanonets.Emulator.dll')) |
        Sort-Object LastWriteTime -Descending | Select-Object -First 1
    if (-not $program) { throw 'The emulator is not built yet. Run this first: dotnet build Nanonets.sln' }

    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo -ArgumentList 'dotnet', ('"{0}" {1}' -f $program.FullName, ($Argument -join ' '))
    $start.UseShellExecute = $false
    # All three, or the terminal is taken to be the emulator's, and whoever asks it for the place of its cursor, as progress does, waits for Enter.
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)

    # It prints its address, then api-key=... and model-id=...
    $answer = @{ BaseUri = $null; ApiKey = $null; ModelId = $null; Process = $process }
    while (-not $answer.ModelId) {
        $line = $process.StandardOutput.ReadLine()
        if ($null -eq $line) { throw "The emulator did not start. $($process.StandardError.ReadToEnd())" }
        if ($line -like 'http://*') { $answer.BaseUri = $line }
        elseif ($line -like 'api-key=*') { $answer.ApiKey = $line.Substring(8) }
        elseif ($line -like 'model-id=*') { $answer.ModelId = $line.Substring(9) }
    }

    # Its further lines are of no use here, and must not fill the pipes.
    $null = $process.StandardOutput, $process.StandardError | ForEach-Object { $_.BaseStream.CopyToAsync([System.IO.Stream]::Null) }
    [pscustomobject] $answer
}

function Stop-SampleEmulator {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'Ends only what Start-SampleEmulator started.')]
    param($Emulator)

    if ($Emulator -and -not $Emulator.Process.HasExited) { $Emulator.Process.Kill() }
}
