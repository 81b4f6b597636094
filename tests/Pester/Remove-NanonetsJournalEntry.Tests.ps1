Describe 'Remove-NanonetsJournalEntry' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        $script:tomorrow = (Get-Date).AddDays(1)
    }

    BeforeEach {
        Reset-TestEmulator $emulator
        Clear-EmulatorFault $emulator
        Push-Location $TestDrive
        $null = New-TestDocument 'a.png', 'lost.png'
        Add-EmulatorFault $emulator @{ kind = 'cut_after'; route = 'LabelFile'; file_name = 'lost.png'; after_bytes = 0 }
        $null = Get-ChildItem *.png | Send-NanonetsDocument -Journal uploads.db -OnAmbiguous Hold -ErrorAction SilentlyContinue
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive | Remove-Item -Recurse -Force
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'says how to name the journal' {
        { Remove-NanonetsJournalEntry -Before (Get-Date) -ErrorAction Stop } | Should -Throw -ErrorId 'JournalPathMissing,*'
    }

    It 'does not make a journal that is not there' {
        $path = Join-Path $TestDrive 'none.db'
        { Remove-NanonetsJournalEntry -Before (Get-Date) -Journal $path -ErrorAction Stop } | Should -Throw -ErrorId 'JournalUnavailable,*'
        Test-Path $path | Should -Be $false
    }

    It 'forgets what is settled and keeps what is not known' {
        Remove-NanonetsJournalEntry -Before $tomorrow -Journal uploads.db -Confirm:$false
        (Get-NanonetsJournalEntry -Journal uploads.db).Input | Should -Be 'lost.png'
    }

    It 'forgets that as well with -Force' {
        Remove-NanonetsJournalEntry -Before $tomorrow -Journal uploads.db -Force -Confirm:$false
        Get-NanonetsJournalEntry -Journal uploads.db | Should -BeNullOrEmpty
    }

    It 'leaves newer entries alone' {
        Remove-NanonetsJournalEntry -Before (Get-Date).AddYears(-1) -Journal uploads.db -Confirm:$false
        Get-NanonetsJournalEntry -Journal uploads.db | Should -HaveCount 2
    }

    It 'forgets nothing with -WhatIf' {
        Remove-NanonetsJournalEntry -Before $tomorrow -Journal uploads.db -WhatIf
        Get-NanonetsJournalEntry -Journal uploads.db | Should -HaveCount 2
    }
}
