Describe 'Invoke-NanonetsInbox' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
    }

    BeforeEach {
        Reset-TestEmulator $emulator
        Push-Location $TestDrive
        $null = New-Item inbox -ItemType Directory
        Get-SampleInvoice | Copy-Item -Destination inbox/a.pdf
        Copy-Item inbox/a.pdf inbox/again.pdf
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive | Remove-Item -Recurse -Force
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'empties a folder in one line, and each document can be piped on' {
        $run = Invoke-NanonetsInbox inbox out -Label invoice_number, total_amount -MinimumAge 0
        $run.ExitCode | Should -Be 0
        $run.Documents.State | Should -Be 'Done', 'Done'
        Get-ChildItem inbox | Should -BeNullOrEmpty
        @(Get-EmulatorCharge $emulator) | Should -HaveCount 1
        @(Import-Csv $run.RowsPath | Where-Object { -not $_.DuplicateOf }) | Should -HaveCount 1
        ($run.Documents | Get-NanonetsResult).Fields.invoice_number | Select-Object -Unique | Should -Be '001'
        $run.Documents | ForEach-Object { $_.SourcePath | Should -Exist; $_.ResultPath | Should -Exist }
    }

    It 'reads like a report, and its documents like a table' {
        'notes' | Set-Content inbox/notes.pdf
        $run = Invoke-NanonetsInbox inbox out -Label invoice_number -MinimumAge 0
        $shown = $run | Out-String -Width 100
        foreach ($part in '2 of 3 documents done, 1 failed (exit code 1)', 'Sent         1 document, 1 page', 'Failed: UnsupportedFile (1)', 'Convert it to PDF') {
            $shown | Should -BeLike "*$part*"
        }
        $run.Documents | Out-String -Width 100 | Should -Match 'State +Pages +Score +Input +Reason'
        "$run" | Should -Be '2 of 3 documents done, 1 failed (exit code 1)'
    }

    It 'leaves with -Report a page of what was read, and its path in the run' {
        $run = Invoke-NanonetsInbox inbox out -Label invoice_number, total_amount -MinimumAge 0 -Report
        $run.ReportPath | Should -BeLike (Join-Path $run.Destination 'reports/*.html')
        [System.IO.Path]::GetFileNameWithoutExtension($run.ReportPath) | Should -Be ([System.IO.Path]::GetFileNameWithoutExtension($run.RowsPath))
        $page = Get-Content $run.ReportPath -Raw -Encoding UTF8
        ([regex]::Matches($page, '<article ')).Count | Should -Be 2
        ([regex]::Matches($page, 'src="data:image/')).Count | Should -Be 2
        $run | Out-String -Width 100 | Should -Match 'Report +reports'
        (Get-Content out/runs.jsonl | ConvertFrom-Json).ReportPath | Should -Be $run.ReportPath
        @(Get-EmulatorCharge $emulator) | Should -HaveCount 1
    }

    It 'shows its progress and nothing else' {
        $null = Invoke-NanonetsInbox inbox out -Label invoice_number -MinimumAge 0 -WarningVariable warned -ErrorVariable failed -InformationVariable said
        @($warned) + @($failed) + @($said) | Should -BeNullOrEmpty
    }

    It 'gives a scheduler its exit code under -File: <Code>' -TestCases @(
        @{ Code = 0; Before = { } }
        @{ Code = 1; Before = { 'notes' | Set-Content inbox/notes.pdf } }
        @{ Code = 2; Before = { $env:NANONETS_API_KEY = 'wrong' } }
        @{ Code = 3; Before = { $null = New-Item inbox/empty.pdf -ItemType File } }
    ) {
        $modulePath = Add-TestModulePath
        $env:NANONETS_BASE_URI, $env:NANONETS_API_KEY, $env:NANONETS_MODEL_ID = $emulator.BaseUri, $emulator.ApiKey, $emulator.ModelId
        try {
            & $Before
            Set-Content task.ps1 @'
$run = Invoke-NanonetsInbox inbox out -Label invoice_number, total_amount -MinimumAge 0
$run
exit $run.ExitCode
'@
            Invoke-TestEngine task.ps1 2>&1 | Out-String | Should -Match "\(exit\s+code $Code\)"
            $LASTEXITCODE | Should -Be $Code
        }
        finally {
            $env:PSModulePath = $modulePath
            'BASE_URI', 'API_KEY', 'MODEL_ID' | ForEach-Object { [Environment]::SetEnvironmentVariable("NANONETS_$_", $null) }
        }
    }
}
