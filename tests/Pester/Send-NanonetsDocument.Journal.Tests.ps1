# What makes a run repeatable: the journal, lost answers, what is sent again and what is not.
Describe 'Send-NanonetsDocument with a journal' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
    }

    BeforeEach {
        Reset-TestEmulator $emulator
        Clear-EmulatorFault $emulator
        Push-Location $TestDrive
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive | Remove-Item -Recurse -Force
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'sends each document once however often the line is run' {
        $null = New-TestDocument 'a.png', 'b.png'
        $first = Get-ChildItem *.png | Send-NanonetsDocument -Journal uploads.db
        $null = New-TestDocument 'c.png'
        $pages = Get-ChildItem *.png | Send-NanonetsDocument -Journal uploads.db | Get-NanonetsResult -Wait
        $pages | Should -HaveCount 3
        $pages.State | Sort-Object -Unique | Should -Be 'Success'
        ($pages.SourcePath | Sort-Object) | Should -Be ((Get-ChildItem *.png).FullName | Sort-Object)
        $first.RequestFileId | ForEach-Object { $pages.RequestFileId | Should -Contain $_ }
        @(Get-EmulatorCharge $emulator) | Should -HaveCount 3
    }

    It 'marks what an earlier run sent, and leaves it out with -NewOnly' {
        $null = New-TestDocument 'a.png'
        (Send-NanonetsDocument a.png -Journal uploads.db).FromJournal | Should -Be $false
        (Send-NanonetsDocument a.png -Journal uploads.db).FromJournal | Should -Be $true
        $null = New-TestDocument 'b.png'
        (Get-ChildItem *.png | Send-NanonetsDocument -Journal uploads.db -NewOnly).Input | Should -Be 'b.png'
    }

    It 'sends the same content under two names once' {
        $file = New-TestDocument 'a.png'
        Copy-Item $file b.png
        $pages = Send-NanonetsDocument a.png, b.png -Journal uploads.db -ThrottleLimit 1
        $pages | Should -HaveCount 2
        @($pages.RequestFileId | Sort-Object -Unique) | Should -HaveCount 1
        @($pages | Where-Object DuplicateOf).DuplicateOf | Should -Be $file.FullName
        @(Get-EmulatorCharge $emulator) | Should -HaveCount 1
    }

    It 'takes the journal of the connection and of the environment' {
        $null = New-TestDocument 'a.png', 'b.png'
        try {
            Connect-Nanonets -ApiKey $emulator.ApiKey -BaseUri $emulator.BaseUri -ModelId $emulator.ModelId -Journal mine.db
            $null = Send-NanonetsDocument a.png
            (Get-NanonetsJournalEntry).Input | Should -Be 'a.png'
        }
        finally {
            Connect-TestEmulator $emulator
        }

        try {
            $env:NANONETS_JOURNAL = Join-Path $TestDrive 'theirs.db'
            $null = Send-NanonetsDocument b.png
            (Get-NanonetsJournalEntry).Input | Should -Be 'b.png'
        }
        finally {
            $env:NANONETS_JOURNAL = $null
        }
    }

    It 'finds in the next run what was held in this one' {
        $null = New-TestDocument 'a.png', 'b.png'
        Add-EmulatorFault $emulator @{ kind = 'cut_after'; route = 'LabelFile'; file_name = 'a.png'; after_bytes = 0 }
        $pages = Send-NanonetsDocument a.png, b.png -Journal uploads.db -OnAmbiguous Hold -ErrorVariable failed -ErrorAction SilentlyContinue
        $pages.Input | Should -Be 'b.png'
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'UploadAmbiguous,*'
        $failed[0].TargetObject.Name | Should -Be 'a.png'
        (Get-NanonetsJournalEntry -Journal uploads.db -State Held).Input | Should -Be 'a.png'

        $pages = Send-NanonetsDocument a.png, b.png -Journal uploads.db
        $pages | Should -HaveCount 2
        @(Get-EmulatorRequest $emulator 'LabelFile') | Should -HaveCount 2
    }

    It 'sends again with -OnAmbiguous Resend what never arrived' {
        $null = New-TestDocument 'a.png'
        Add-EmulatorFault $emulator @{ kind = 'cut_unprocessed'; route = 'LabelFile'; to = 1 }
        (Send-NanonetsDocument a.png -Journal uploads.db -OnAmbiguous Resend).Input | Should -Be 'a.png'
        (Get-NanonetsJournalEntry -Journal uploads.db).Attempts | Should -Be 2
        @(Get-EmulatorCharge $emulator) | Should -HaveCount 1
    }

    It 'skips with a warning what was refused, until -Resend Failed' {
        $null = New-TestDocument 'a.png'
        Add-EmulatorFault $emulator @{ kind = 'status'; route = 'LabelFile'; status = 400; to = 1 }
        $null = Send-NanonetsDocument a.png -Journal uploads.db -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed | Should -HaveCount 1
        Send-NanonetsDocument a.png -Journal uploads.db -WarningVariable skipped -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$skipped" | Should -BeLike '*a.png was not sent again*-Resend Failed*'
        (Send-NanonetsDocument a.png -Journal uploads.db -Resend Failed).Input | Should -Be 'a.png'
    }

    It 'sends with -Resend Held what is held, and may be billed twice' {
        $null = New-TestDocument 'a.png'
        Add-EmulatorFault $emulator @{ kind = 'cut_after'; route = 'LabelFile'; to = 1; after_bytes = 0 }
        $null = Send-NanonetsDocument a.png -Journal uploads.db -OnAmbiguous Hold -ErrorAction SilentlyContinue
        (Send-NanonetsDocument a.png -Journal uploads.db -OnAmbiguous Hold -Resend Held).Input | Should -Be 'a.png'
        @(Get-EmulatorRequest $emulator 'LabelFile') | Should -HaveCount 2
    }

    It 'stops at the -PageBudget with one error whose target is the rest' {
        $null = New-TestDocument (1..6 | ForEach-Object { "doc-$_.png" })
        $pages = Get-ChildItem *.png | Send-NanonetsDocument -PageBudget 4 -ErrorVariable failed -ErrorAction SilentlyContinue
        $pages | Should -HaveCount 4
        @($failed) | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'PageBudgetReached,*'
        @($failed[0].TargetObject) | Should -HaveCount 2
        ($failed.TargetObject | Send-NanonetsDocument) | Should -HaveCount 2
        @(Get-EmulatorCharge $emulator) | Should -HaveCount 6
    }

    It 'sends metadata of one''s own untouched, and with -TagMetadata behind a tag that results do not show' {
        $null = New-TestDocument 'a.png', 'b.png'
        (Send-NanonetsDocument a.png -Metadata 'order 7').RequestMetadata | Should -Be 'order 7'
        (Send-NanonetsDocument b.png -Metadata 'order 8' -TagMetadata).RequestMetadata | Should -Be 'order 8'
        $sent = @((Get-EmulatorRequest $emulator 'LabelFile').fields.request_metadata)
        $sent[0] | Should -Be 'order 7'
        $sent[1] | Should -Match '^nn1\.\S+ order 8$'
    }

    It 'makes no journal and sends nothing with -WhatIf' {
        $null = New-TestDocument 'a.png'
        Send-NanonetsDocument a.png -Journal uploads.db -WhatIf
        Test-Path uploads.db | Should -Be $false
        @(Get-EmulatorRequest $emulator 'LabelFile') | Should -HaveCount 0
    }

    It 'sends nothing when the journal cannot be used' {
        $null = New-TestDocument 'a.png'
        Set-Content uploads.db 'no journal'
        { Send-NanonetsDocument a.png -Journal uploads.db -ErrorAction Stop } | Should -Throw -ErrorId 'JournalUnavailable,*'
        Get-Content uploads.db | Should -Be 'no journal'
        @(Get-EmulatorRequest $emulator 'LabelFile') | Should -HaveCount 0
    }
}
