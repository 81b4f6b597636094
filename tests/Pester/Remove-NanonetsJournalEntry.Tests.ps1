Describe 'Remove-NanonetsJournalEntry' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
    }

    It 'says how to name the journal' {
        { Remove-NanonetsJournalEntry -Before (Get-Date) -ErrorAction Stop } | Should -Throw -ErrorId 'JournalPathMissing,*'
    }

    It 'does not make a journal that is not there' {
        $path = Join-Path $TestDrive 'none.db'
        { Remove-NanonetsJournalEntry -Before (Get-Date) -Journal $path -ErrorAction Stop } | Should -Throw -ErrorId 'JournalUnavailable,*'
        Test-Path $path | Should -Be $false
    }
}
