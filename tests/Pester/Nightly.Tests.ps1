Describe 'samples/nightly.ps1' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        $script:nightly = [System.IO.Path]::Combine($SampleRepository, 'samples', 'nightly.ps1')

        function Add-Document {
            param([string] $Invoice, [string] $Name, [string] $Text)
            if ($Invoice) { Get-SampleInvoice $Invoice | Copy-Item -Destination inbox }
            else { [System.IO.File]::WriteAllText((Join-Path (Get-Location) "inbox/$Name"), $Text) }
        }

        # In this process; what it says and what it leaves in the report are the same, and it writes no error.
        function Invoke-Night {
            param([hashtable] $More = @{})
            $written = @(& $nightly -Folder inbox -Output out @More 2>&1)
            $code = $LASTEXITCODE
            $written | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | Should -BeNullOrEmpty
            $report = $written -join "`n" -replace "`r"
            (Get-Content out/report.txt -Raw).TrimEnd() -replace "`r" | Should -Be $report
            @{ Code = $code; Report = $report }
        }
    }

    BeforeEach {
        Reset-TestEmulator $emulator
        Connect-TestEmulator $emulator
        Push-Location $TestDrive
        $null = New-Item inbox/sub -ItemType Directory
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive | Remove-Item -Recurse -Force
    }

    AfterAll {
        Disconnect-Nanonets
    }

    # A process of its own, with nothing but its environment.
    Context 'as a scheduler starts it' {
        BeforeAll {
            $script:modulePath = Add-TestModulePath

            function Start-Night {
                [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'For tests.')]
                param([string] $Folder = 'inbox')
                (Invoke-TestEngine $nightly '-Folder', $Folder, '-Output', 'out') -join "`n"
            }
        }

        BeforeEach {
            $env:NANONETS_BASE_URI, $env:NANONETS_API_KEY, $env:NANONETS_MODEL_ID = $emulator.BaseUri, $emulator.ApiKey, $emulator.ModelId
            Add-Document 'company-abc-invoice-001.pdf'
        }

        AfterEach {
            'BASE_URI', 'API_KEY', 'MODEL_ID' | ForEach-Object { [Environment]::SetEnvironmentVariable("NANONETS_$_", $null) }
        }

        AfterAll {
            $env:PSModulePath = $modulePath
        }

        It 'ends with 0 when all is read, and the second night sends nothing' {
            1..2 | ForEach-Object {
                Start-Night | Should -BeLike "*1 of 1 document(s) are in $(Join-Path $TestDrive 'out' | Join-Path -ChildPath 'results.csv').*"
                $LASTEXITCODE | Should -Be 0
            }
            (Import-Csv out/results.csv).invoice_number | Should -Be '001'
            @(Get-EmulatorCharge $emulator) | Should -HaveCount 1

            # Excel takes a file without the mark for one in the old code page.
            [System.IO.File]::ReadAllBytes((Join-Path $TestDrive 'out/results.csv'))[0..2] | Should -Be 0xEF, 0xBB, 0xBF
        }

        It 'ends with 1 when a document is not in the file, and says which' {
            Add-Document -Name 'notes.pdf' -Text 'notes'
            Start-Night | Should -BeLike "*UnsupportedFile*$(Join-Path $TestDrive 'inbox' | Join-Path -ChildPath 'notes.pdf')*"
            $LASTEXITCODE | Should -Be 1
        }

        It 'ends with 2 when the run cannot begin' {
            $env:NANONETS_API_KEY = 'wrong'
            Start-Night | Should -BeLike '*ApiKeyRejected*'
            $LASTEXITCODE | Should -Be 2
        }
    }

    It 'sends the second night only what is new, and the file has both' {
        Add-Document 'company-abc-invoice-001.pdf'
        $night = Invoke-Night
        $night.Code | Should -Be 0
        $night.Report | Should -BeLike '*all documents are read*'
        $night.Report | Should -BeLike '*Of 1 document(s): 1 accepted. 1 page(s) sent.*'
        (Import-Csv out/results.csv).invoice_number | Should -Be '001'

        Add-Document 'contoso-invoice-inv-100.pdf'
        $night = Invoke-Night
        $night.Code | Should -Be 0
        $night.Report | Should -BeLike '*Of 2 document(s): 1 accepted, 1 sent by an earlier run. 1 page(s) sent.*'
        (Import-Csv out/results.csv).invoice_number | Should -Be '001', 'INV-100'
        @(Get-EmulatorRequest $emulator 'LabelFile') | Should -HaveCount 2
    }

    It 'tells in strict mode what it tells without' {
        Set-StrictMode -Version Latest
        Add-Document 'company-abc-invoice-001.pdf'
        Add-Document -Name 'notes.pdf' -Text 'notes'
        Add-Document -Name 'broken.pdf' -Text "%PDF-1.4`nbroken"
        $night = Invoke-Night
        $night.Code | Should -Be 1
        foreach ($part in '1 of 3 document(s) are in', 'UnsupportedFile: ', 'IncorrectImage: ') { $night.Report | Should -BeLike "*$part*" }
        Add-EmulatorFault $emulator @{ kind = 'status'; route = 'GetPredictions'; status = 400 }
        $night = Invoke-Night
        $night.Code | Should -Be 1
        $night.Report | Should -BeLike '*1 of them are lines of an earlier run*'
    }

    It 'writes the same dates in every culture: <_>' -TestCases 'th-TH', 'ar-SA', 'fa-IR' {
        Add-Document 'company-abc-invoice-001.pdf'
        $usual = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            $night = Invoke-Night
        }
        finally {
            [cultureinfo]::CurrentCulture = $usual
        }
        $night.Code | Should -Be 0
        $year = [datetime]::Now.ToString('yyyy-', [cultureinfo]::InvariantCulture)
        $night.Report | Should -BeLike "Nanonets $year*"
        Get-Content out/nightly.log | Should -BeLike "$year*"
    }

    It 'says with $WhatIfPreference that nothing was done' {
        Add-Document 'company-abc-invoice-001.pdf'
        $report = & { $WhatIfPreference = $true; & $nightly -Folder inbox -Output out } | Out-String
        $LASTEXITCODE | Should -Be 2
        foreach ($part in 'nothing was done', '$WhatIfPreference is set') { $report | Should -BeLike "*$part*" }
        foreach ($part in 'the run failed', 'ended by an error') { $report | Should -Not -BeLike "*$part*" }
        Get-EmulatorRequest $emulator 'LabelFile' | Should -BeNullOrEmpty
        'out' | Should -Not -Exist
    }

    It 'tells every night of a document that is missing from the file' {
        Add-Document 'company-abc-invoice-001.pdf'
        Add-Document -Name 'sub/notes.pdf' -Text 'notes'
        Add-Document -Name 'broken.pdf' -Text "%PDF-1.4`nbroken"
        $night = Invoke-Night
        $night.Code | Should -Be 1
        foreach ($part in 'some documents need you',
            'Of 3 document(s): 1 accepted, 1 refused, 1 not sent because unsuitable. 1 page(s) sent.',
            '1 of 3 document(s) are in', 'UnsupportedFile: ', 'IncorrectImage: ') {
            $night.Report | Should -BeLike "*$part*"
        }
        $night.Report | Should -BeLike "*    $([System.IO.Path]::Combine($TestDrive, 'inbox', 'sub', 'notes.pdf'))*"

        # Refused once, it is not sent again, and not forgotten.
        $night = Invoke-Night
        $night.Code | Should -Be 1
        $night.Report | Should -BeLike '*broken.pdf was not sent again*'
        @(Get-EmulatorRequest $emulator 'LabelFile') | Should -HaveCount 2
    }

    It 'keeps the line of a result that can no longer be fetched, and tells of it' {
        Add-Document 'company-abc-invoice-001.pdf'
        Add-Document 'contoso-invoice-inv-100.pdf'
        (Invoke-Night).Code | Should -Be 0

        # Not 404: a document that was sent just now may be unknown for a while, and is waited for.
        Add-EmulatorFault $emulator @{ kind = 'status'; route = 'GetPredictions'; status = 400 }
        $night = Invoke-Night
        $night.Code | Should -Be 1
        (Import-Csv out/results.csv).invoice_number | Should -Be '001', 'INV-100'
        $night.Report | Should -BeLike '*2 of them are lines of an earlier run*'
        $night.Report | Should -BeLike '*RequestRejected: *'
        @($night.Report -split "`n" -like 'The message has the reason*') | Should -HaveCount 1
        $night.Report | Should -BeLike "*    $([System.IO.Path]::Combine($TestDrive, 'inbox', 'contoso-invoice-inv-100.pdf'))*"
        @(Get-EmulatorCharge $emulator) | Should -HaveCount 2
    }

    It 'sends a mended file when asked for, and every run leaves a line in the log' {
        Add-Document -Name 'broken.pdf' -Text "%PDF-1.4`nbroken"
        1..2 | ForEach-Object { (Invoke-Night).Code | Should -Be 1 }
        @(Get-EmulatorRequest $emulator 'LabelFile') | Should -HaveCount 1
        (Invoke-Night @{ Resend = 'Failed' }).Code | Should -Be 1
        @(Get-EmulatorRequest $emulator 'LabelFile') | Should -HaveCount 2
        $log = @(Get-Content out/nightly.log)
        $log | Should -HaveCount 3
        $log | Should -Match '^\d{4}-\d\d-\d\d \d\d:\d\d exit code 1\. Of 1 document\(s\): 1 '
    }

    It 'leaves the file alone when a run cannot begin, and says so with the error''s id' {
        Add-Document 'company-abc-invoice-001.pdf'
        (Invoke-Night).Code | Should -Be 0
        Connect-Nanonets -ApiKey wrong -BaseUri $emulator.BaseUri -ModelId $emulator.ModelId
        Add-Document 'contoso-invoice-inv-100.pdf'
        $night = Invoke-Night
        $night.Code | Should -Be 2
        $night.Report | Should -BeLike '*ApiKeyRejected: *'
        @(Import-Csv out/results.csv) | Should -HaveCount 1
    }

    It 'takes a folder that is not there for no quiet night' {
        Remove-Item inbox -Recurse
        $night = Invoke-Night
        $night.Code | Should -Be 2
        $night.Report | Should -BeLike "*There is no folder '$(Join-Path $TestDrive 'inbox')'*"
    }

    It 'takes an empty folder for a quiet night' {
        $night = Invoke-Night
        $night.Code | Should -Be 0
        $night.Report | Should -BeLike '*0 of 0 document(s)*'
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }
}
