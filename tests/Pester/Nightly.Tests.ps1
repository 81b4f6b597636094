Describe 'samples/nightly.ps1' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        $script:nightly = [System.IO.Path]::Combine($SampleRepository, 'samples', 'nightly.ps1')
        $script:modulePath = Add-TestModulePath

        # A process of its own, with nothing but its environment, as a scheduler starts it.
        function Start-Night {
            [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'For tests.')]
            param([string[]] $More = @())
            (Invoke-TestEngine $nightly (@('-Path', 'inbox', '-Destination', 'out') + $More)) -join "`n"
        }

        function Add-Document {
            param([string] $Name, [string] $Text)
            if ($Text) { [System.IO.File]::WriteAllText((Join-Path (Get-Location) "inbox/$Name"), $Text) }
            else { Get-SampleInvoice $Name | Copy-Item -Destination inbox }
            Get-ChildItem inbox -File | ForEach-Object { $_.LastWriteTime = (Get-Date).AddHours(-1) }
        }
    }

    BeforeEach {
        Reset-TestEmulator $emulator
        $env:NANONETS_BASE_URI, $env:NANONETS_API_KEY, $env:NANONETS_MODEL_ID = $emulator.BaseUri, $emulator.ApiKey, $emulator.ModelId
        Push-Location $TestDrive
        $null = New-Item inbox -ItemType Directory
        Add-Document 'company-abc-invoice-001.pdf'
    }

    AfterEach {
        Pop-Location
        'BASE_URI', 'API_KEY', 'MODEL_ID' | ForEach-Object { [Environment]::SetEnvironmentVariable("NANONETS_$_", $null) }
        Get-ChildItem $TestDrive | Remove-Item -Recurse -Force
    }

    AfterAll {
        $env:PSModulePath = $modulePath
        Disconnect-Nanonets
    }

    It 'ends with 0 when all is filed, and the second night has nothing to do' {
        Start-Night | Should -BeLike '1 of 1 document done (exit code 0)*'
        $LASTEXITCODE | Should -Be 0
        Start-Night | Should -BeLike 'The inbox is empty (exit code 0)*'
        $LASTEXITCODE | Should -Be 0
        (Import-Csv (Get-ChildItem out/rows/*.csv).FullName).invoice_number | Should -Be '001'
        @(Get-EmulatorCharge $emulator) | Should -HaveCount 1
    }

    It 'ends with 1 when a person is needed, and says why and what to do' {
        Add-Document 'notes.pdf' 'notes'
        $report = Start-Night
        $LASTEXITCODE | Should -Be 1
        foreach ($part in 'Failed: UnsupportedFile', 'notes.pdf: ', 'Convert it to PDF') { $report | Should -BeLike "*$part*" }
    }

    It 'ends with 1 when the mail about that cannot be sent, and says so' {
        Add-Document 'notes.pdf' 'notes'
        Start-Night '-MailServer', '127.0.0.1', '-MailFrom', 'a@example.com', '-MailTo', 'b@example.com' | Should -BeLike '*The mail could not be sent*'
        $LASTEXITCODE | Should -Be 1
    }

    It 'ends with 2 when nothing could be done: <Cause>' -TestCases @(
        @{ Cause = 'a wrong key'; Do = { $env:NANONETS_API_KEY = 'wrong' }; Says = 'ApiKeyRejected' }
        @{ Cause = 'no key'; Do = { $env:NANONETS_API_KEY = $null }; Says = 'ApiKeyMissing' }
        @{ Cause = 'no inbox'; Do = { Remove-Item inbox -Recurse }; Says = 'FileMissing' }
        @{ Cause = 'no module'; Do = { $env:PSModulePath = $modulePath }; Says = 'Invoke-NanonetsInbox' }
        @{ Cause = 'a mistake in the command'; Do = { $script:more = '-Label', '' }; Says = 'label' }
    ) {
        $script:more = @()
        $path = $env:PSModulePath
        & $Do
        try { Start-Night $more | Should -BeLike "*$Says*" }
        finally { $env:PSModulePath = $path }
        $LASTEXITCODE | Should -Be 2
        Get-EmulatorCharge $emulator | Should -BeNullOrEmpty
    }

    It 'ends with 3 when something is left for the next night' {
        Get-ChildItem inbox | ForEach-Object { $_.LastWriteTime = (Get-Date).AddMinutes(10) }
        Start-Night | Should -BeLike '*1 waiting (exit code 3)*'
        $LASTEXITCODE | Should -Be 3
    }

    It 'says with $WhatIfPreference that nothing was done' {
        $report = & { $WhatIfPreference = $true; & $nightly -Path inbox -Destination out } | Out-String
        $LASTEXITCODE | Should -Be 2
        $report | Should -BeLike '*$WhatIfPreference is set*'
        'out' | Should -Not -Exist
    }
}
