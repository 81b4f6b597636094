Describe 'Resolve-NanonetsJournalEntry' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
    }

    BeforeEach {
        Reset-TestEmulator $emulator
        Clear-EmulatorFault $emulator
        Push-Location $TestDrive
        $null = New-TestDocument 'lost.png'
        Add-EmulatorFault $emulator @{ kind = 'cut_after'; route = 'LabelFile'; to = 1; after_bytes = 0 }
        $null = Send-NanonetsDocument lost.png -Journal uploads.db -OnAmbiguous Hold -ErrorAction SilentlyContinue
        $script:held = Get-NanonetsJournalEntry -Journal uploads.db -State Held
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive | Remove-Item -Recurse -Force
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'takes entries of a journal and nothing else' {
        { 'invoice.pdf' | Resolve-NanonetsJournalEntry -Resend -ErrorAction Stop } | Should -Throw
        { Resolve-NanonetsJournalEntry -InputObject ([pscustomobject] @{ EntryId = 1 }) -Resend -ErrorAction Stop } | Should -Throw
    }

    It 'takes one word only' {
        (Get-Command Resolve-NanonetsJournalEntry).ParameterSets.Name | Sort-Object | Should -HaveCount 3
    }

    It 'adopts the document that a person found: it is not sent again' {
        $id = @(Get-EmulatorCharge $emulator)[0].request_file_id
        $held | Resolve-NanonetsJournalEntry -Adopt $id
        (Get-NanonetsJournalEntry -Journal uploads.db).RequestFileId | Should -Be $id
        (Send-NanonetsDocument lost.png -Journal uploads.db | Get-NanonetsResult -Wait).RequestFileId | Should -Be $id
        @(Get-EmulatorRequest $emulator 'LabelFile') | Should -HaveCount 1
    }

    It 'has the document sent again by the next run' {
        $held | Resolve-NanonetsJournalEntry -Resend
        (Send-NanonetsDocument lost.png -Journal uploads.db).Input | Should -Be 'lost.png'
        @(Get-EmulatorRequest $emulator 'LabelFile') | Should -HaveCount 2
    }

    It 'leaves alone what no longer matters' {
        $held | Resolve-NanonetsJournalEntry -Discard
        Send-NanonetsDocument lost.png -Journal uploads.db -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator 'LabelFile') | Should -HaveCount 1
    }

    It 'changes nothing with -WhatIf' {
        $held | Resolve-NanonetsJournalEntry -Discard -WhatIf
        (Get-NanonetsJournalEntry -Journal uploads.db).State | Should -Be 'Held'
    }

    It 'says when an entry is settled already' {
        $held | Resolve-NanonetsJournalEntry -Discard
        $held | Resolve-NanonetsJournalEntry -Adopt 'some-id' -ErrorVariable failed -ErrorAction SilentlyContinue
        ($failed | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] }) -join ' ' | Should -BeIn '', 'UploadNotResolved'
    }
}
