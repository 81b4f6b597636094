Describe 'ConvertTo-NanonetsRow' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        $script:pages = Get-ChildItem ([System.IO.Path]::Combine($SampleDocuments, 'invoices')) -Filter *.pdf |
            Send-NanonetsDocument -ProcessingType Sync -Ordered
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'makes a row for each document, which Export-Csv writes with every column' {
        $path = Join-Path $TestDrive 'invoices.csv'
        $pages | ConvertTo-NanonetsRow | Export-Csv $path -NoTypeInformation -Encoding UTF8
        $rows = Import-Csv $path
        $rows | Should -HaveCount 7
        ($rows | Where-Object invoice_number -EQ 'HMS-2025-00817').total_amount | Should -Be 'NOK 1,053,765.91'
        ($rows | Where-Object Input -EQ 'contoso-invoice-inv-100.pdf').invoice_date | Should -Be '11/15/2019'
        $rows[0].PSObject.Properties.Name | Should -Contain 'SourcePath'
    }

    It 'fixes and renames columns with -Label' {
        $row = $pages | Where-Object Input -EQ 'company-abc-invoice-001.pdf' |
            ConvertTo-NanonetsRow -Label ([ordered] @{ invoice_number = 'Number'; total_amount = 'Total'; no_such_label = 'Nothing' })
        $row.Number | Should -Be '001'
        $row.Total | Should -Be '$2140.00'
        $row.Nothing | Should -BeNullOrEmpty
        $row.PSObject.Properties.Name | Should -Contain 'Nothing'
    }

    It 'makes a row for each line item with the fields of its document' {
        $lines = $pages | Where-Object Input -EQ 'itemised-invoice-10-pages.pdf' | ConvertTo-NanonetsRow -As Table
        @($lines).Count | Should -BeGreaterThan 250
        ($lines | Select-Object -First 1).invoice_number | Should -Be 'HMS-2025-00817'
        ($lines | Select-Object -Last 1).Line | Should -Be @($lines).Count
    }

    It 'shows file names and values at 100 columns, and no ids' {
        $text = $pages | ConvertTo-NanonetsRow -As Table | Format-Table | Out-String -Width 100
        $text | Should -Match 'Input\s+Table\s+Line\s+description\s+quanti'
        $text | Should -Match 'contoso-invoice-inv-100\.pdf'
        $text | Should -Not -Match 'RequestFileId'
        $text | Should -Not -Match $pages[0].RequestFileId
    }

    It 'keeps its columns through a job''s format and a file' {
        $path = Join-Path $TestDrive 'rows.xml'
        $pages | ConvertTo-NanonetsRow -Label invoice_number, total_amount | Export-Clixml $path
        $names = (Import-Clixml $path)[0].PSObject.Properties.Name
        $names -join ' ' | Should -Be 'Input invoice_number total_amount SourcePath RequestFileId DuplicateOf'
    }

    It 'takes rows back to their results' {
        $row = $pages | ConvertTo-NanonetsRow | Where-Object invoice_number -EQ 'INV-100'
        ($row | Get-NanonetsResult).Fields.invoice_number | Should -Be 'INV-100'
    }

    It 'converts amounts and dates with -Culture, and only what is one' {
        $row = $pages | Where-Object { $_.Fields.invoice_number -eq '2025-0042' } | ConvertTo-NanonetsRow -Culture de-DE
        $row.invoice_date | Should -Be ([datetime] '2025-04-07')
        $row.invoice_number | Should -Be '2025-0042'
    }

    It 'refuses a column name that exists already' {
        { $pages | ConvertTo-NanonetsRow -Label @{ total_amount = 'SourcePath' } -ErrorAction Stop } |
            Should -Throw -ErrorId 'DuplicateColumn,Nanonets.Commands.ConvertToNanonetsRowCommand'
    }
}
