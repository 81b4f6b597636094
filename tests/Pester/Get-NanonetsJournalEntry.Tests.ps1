Describe 'Get-NanonetsJournalEntry' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        Push-Location $TestDrive
        $null = New-TestDocument 'a.png', 'sub/b [1].png', 'lost.png'
        Add-EmulatorFault $emulator @{ kind = 'cut_after'; route = 'LabelFile'; file_name = 'lost.png'; after_bytes = 0 }
        $null = Get-ChildItem . -Recurse -Filter *.png | Send-NanonetsDocument -Journal uploads.db -OnAmbiguous Hold -ErrorAction SilentlyContinue
        $null = Get-Item a.png | Send-NanonetsDocument -Journal uploads.db -OnAmbiguous Hold | Get-NanonetsResult -Wait
    }

    AfterAll {
        Pop-Location
        Disconnect-Nanonets
    }

    It 'says how to name the journal' {
        { Get-NanonetsJournalEntry -ErrorAction Stop } | Should -Throw -ErrorId 'JournalPathMissing,*'
    }

    It 'does not make a journal that is not there' {
        $path = Join-Path $TestDrive 'none.db'
        { Get-NanonetsJournalEntry -Journal $path -ErrorAction Stop } | Should -Throw -ErrorId 'JournalUnavailable,*'
        Test-Path $path | Should -Be $false
    }

    It 'says where each document stands' {
        $entries = Get-NanonetsJournalEntry -Journal uploads.db
        $entries | Should -HaveCount 3
        $entries | ForEach-Object { $_ | Should -BeOfType 'Nanonets.JournalEntry' }
        $held = $entries | Where-Object Input -EQ 'lost.png'
        "$($held.State) $($held.Charged) $($held.Attempts)" | Should -Be 'Held Unknown 1'
        $held.RequestFileId | Should -BeNullOrEmpty
        $done = $entries | Where-Object Input -EQ 'a.png'
        "$($done.State) $($done.Charged) $($done.PageCount)" | Should -Be 'Finished Yes 1'
        $done.SourcePath | Should -Be (Join-Path $TestDrive 'a.png')
    }

    It 'filters by <Kind>' -TestCases @(
        @{ Kind = 'state'; Filter = @{ State = 'Held', 'Ambiguous' }; Expected = 'lost.png' }
        @{ Kind = 'name'; Filter = @{ SourcePath = 'a.png' }; Expected = 'a.png' }
        @{ Kind = 'wildcard'; Filter = @{ SourcePath = 'los*' }; Expected = 'lost.png' }
        @{ Kind = 'folder'; Filter = @{ SourcePath = '*sub*' }; Expected = 'b [1].png' }
        @{ Kind = 'model'; Filter = @{ ModelId = 'another' }; Expected = $null }
        @{ Kind = 'time'; Filter = @{ Before = [datetime] '2020-01-01' }; Expected = $null }
    ) {
        param($Filter, $Expected)
        (Get-NanonetsJournalEntry -Journal uploads.db @Filter).Input | Should -Be $Expected
    }

    It 'finds <Expected> by <Path>' -TestCases @(
        @{ Path = 'LOST.PNG'; Expected = 'lost.png' }
        @{ Path = './a.png'; Expected = 'a.png' }
        @{ Path = 'l[eo]st*'; Expected = 'lost.png' }
        @{ Path = 'b `[1`].png'; Expected = 'b [1].png' }
        @{ Path = 'sub/b*.png'; Expected = $null }
        @{ Path = '*sub?b*.png'; Expected = 'b [1].png' }
        @{ Path = 'none.png', 'a.p*'; Expected = 'a.png' }
        @{ Path = 'none.png', '?.png'; Expected = 'a.png' }
    ) {
        param($Path, $Expected)
        (Get-NanonetsJournalEntry -Journal uploads.db -SourcePath $Path).Input | Should -Be $Expected
    }

    It 'finds the document of a file object' {
        (Get-NanonetsJournalEntry -Journal uploads.db -SourcePath (Get-ChildItem sub)).Input | Should -Be 'b [1].png'
    }

    It 'leads to results' {
        (Get-NanonetsJournalEntry -Journal uploads.db -State Finished | Get-NanonetsResult).Input | Should -Be 'a.png'
    }

    It 'shows a table of 100 columns' {
        $text = Get-NanonetsJournalEntry -Journal uploads.db | Out-String -Width 100
        $text | Should -Match 'Changed\s+.*State\s+.*Charged'
        $text | Should -Match 'Held\s+.*lost\.png'
    }
}
