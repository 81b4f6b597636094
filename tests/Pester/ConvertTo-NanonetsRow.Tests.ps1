Describe 'ConvertTo-NanonetsRow' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $emulator = Start-TestEmulator
        $pages = Get-SampleInvoice 'itemised-invoice-10-pages.pdf' | Send-NanonetsDocument | Get-NanonetsResult -Wait
    }

    AfterAll {
        Stop-SampleEmulator $emulator
        Disconnect-Nanonets
    }

    It 'gives one row a document, which Export-Csv and Import-Csv carry' {
        $file = Join-Path $TestDrive 'rows.csv'
        $pages | ConvertTo-NanonetsRow | Export-Csv $file -NoTypeInformation
        $rows = @(Import-Csv $file)
        $rows | Should -HaveCount 1
        $rows[0].RequestFileId | Should -Be $pages[0].RequestFileId
        $rows[0].total_amount | Should -Be 'NOK 1,053,765.91'
    }

    It 'fixes columns, order and names by -Label' {
        $row = $pages | ConvertTo-NanonetsRow -Label ([ordered] @{ total_amount = 'Total'; no_such_label = 'Nothing' })
        ($row.psobject.Properties.Name | Select-Object -Last 2) -join ',' | Should -Be 'Total,Nothing'
        $row.Nothing | Should -BeNullOrEmpty
    }

    It 'repeats the fields on each line of a table' {
        $rows = @($pages | ConvertTo-NanonetsRow -As Table)
        $rows.Count | Should -BeGreaterThan 0
        $rows.total_amount | Sort-Object -Unique | Should -Be 'NOK 1,053,765.91'
    }

    It 'refuses a column name that exists already' {
        { $pages | ConvertTo-NanonetsRow -Label @{ total_amount = 'SourcePath' } -ErrorAction Stop } |
            Should -Throw -ErrorId 'DuplicateColumn,Nanonets.Commands.ConvertToNanonetsRowCommand'
    }
}
