# The nightly script as a scheduler starts it: a process of its own, with nothing but its environment.
Describe 'samples/nightly.ps1' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        $script:modulePath = $env:PSModulePath
        if ($TestModule -ne 'Nanonets') { $env:PSModulePath = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($TestModule, '..', '..')) + [System.IO.Path]::PathSeparator + $env:PSModulePath }
        $env:NANONETS_BASE_URI, $env:NANONETS_API_KEY, $env:NANONETS_MODEL_ID = $emulator.BaseUri, $emulator.ApiKey, $emulator.ModelId
        $script:inbox, $script:out = (Join-Path $TestDrive 'inbox'), (Join-Path $TestDrive 'out')
        $null = New-Item $inbox -ItemType Directory
        Get-SampleInvoice | Copy-Item -Destination $inbox

        function Start-Night {
            [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'For tests.')]
            param([string] $Folder = $inbox)
            & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File ([System.IO.Path]::Combine($SampleRepository, 'samples', 'nightly.ps1')) -Folder $Folder -Output $out
        }
    }

    AfterAll {
        'BASE_URI', 'API_KEY', 'MODEL_ID' | ForEach-Object { [Environment]::SetEnvironmentVariable("NANONETS_$_", $null) }
        $env:PSModulePath = $modulePath
        Stop-SampleEmulator $emulator
        Disconnect-Nanonets
    }

    It 'ends with 0 when all is read, and the second night sends nothing' {
        1..2 | ForEach-Object {
            Start-Night | Should -Contain "1 of 1 document(s) are in $(Join-Path $out 'results.csv')."
            $LASTEXITCODE | Should -Be 0
        }
        (Import-Csv (Join-Path $out 'results.csv')).invoice_number | Should -Be '001'
        @(Get-EmulatorCharge $emulator) | Should -HaveCount 1

        # Excel takes a file without the mark for one in the old code page.
        [System.IO.File]::ReadAllBytes((Join-Path $out 'results.csv'))[0..2] | Should -Be 0xEF, 0xBB, 0xBF
    }

    It 'ends with 1 when a document is not in the file, and says which' {
        $bad = Join-Path $inbox 'notes.pdf'
        Set-Content $bad 'notes'
        (Start-Night) -join "`n" | Should -BeLike "*UnsupportedFile*$bad*"
        $LASTEXITCODE | Should -Be 1
    }

    It 'ends with 2 when the run cannot begin' {
        $null = Start-Night (Join-Path $TestDrive 'none')
        $LASTEXITCODE | Should -Be 2
        $env:NANONETS_API_KEY = 'wrong'
        (Start-Night) -join "`n" | Should -BeLike '*ApiKeyRejected*'
        $LASTEXITCODE | Should -Be 2
    }
}
