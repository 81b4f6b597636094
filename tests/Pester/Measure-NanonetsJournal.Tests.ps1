Describe 'Measure-NanonetsJournal' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        Push-Location $TestDrive
        $null = New-TestDocument 'a.png', 'b.png', 'lost.png'
        Add-EmulatorFault $emulator @{ kind = 'cut_after'; route = 'LabelFile'; file_name = 'lost.png'; after_bytes = 0 }
        $null = Get-ChildItem *.png | Send-NanonetsDocument -Journal uploads.db -OnAmbiguous Hold -ErrorAction SilentlyContinue
    }

    AfterAll {
        Pop-Location
        Disconnect-Nanonets
    }

    It 'says how to name the journal' {
        { Measure-NanonetsJournal -ErrorAction Stop } | Should -Throw -ErrorId 'JournalPathMissing,*'
    }

    It 'does not make a journal that is not there' {
        $path = Join-Path $TestDrive 'none.db'
        { Measure-NanonetsJournal -Journal $path -ErrorAction Stop } | Should -Throw -ErrorId 'JournalUnavailable,*'
        Test-Path $path | Should -Be $false
    }

    It 'adds up documents and pages of a month' {
        $month = Measure-NanonetsJournal -Journal uploads.db
        $month | Should -BeOfType 'Nanonets.JournalMonth'
        "$($month.Documents) $($month.Pages) $($month.Unknown)" | Should -Be '2 2 1'
    }

    It 'takes the journal of the connection' {
        Connect-Nanonets -ApiKey $emulator.ApiKey -BaseUri $emulator.BaseUri -Journal uploads.db
        (Measure-NanonetsJournal).Documents | Should -Be 2
    }

    It 'shows a table of 100 columns' {
        $text = Measure-NanonetsJournal -Journal uploads.db | Out-String -Width 100
        $text | Should -Match 'Month\s+Documents\s+Pages\s+Unknown'
        $text | Should -Match '\d{4}-\d\d\s+2\s+2\s+1\s'
    }
}
