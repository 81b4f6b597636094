Describe 'Get-NanonetsJournal' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
    }

    It 'says how to name the journal' {
        { Get-NanonetsJournal -ErrorAction Stop } | Should -Throw -ErrorId 'JournalPathMissing,*'
    }

    It 'does not make a journal that is not there' {
        $path = Join-Path $TestDrive 'none.db'
        { Get-NanonetsJournal -Journal $path -ErrorAction Stop } | Should -Throw -ErrorId 'JournalUnavailable,*'
        Test-Path $path | Should -Be $false
    }
}
