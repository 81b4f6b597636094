# Lines that must work exactly as they stand, with nothing added.
Describe 'Promised lines' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        Push-Location $TestDrive
        'contoso-invoice-inv-100.pdf', 'stanford-plumbing-inv03051.pdf', 'itemised-invoice-10-pages.pdf' | ForEach-Object { Copy-Item (Get-SampleInvoice $_) . }
        Set-Content bad.pdf 'no pdf'
        $script:sent = Get-ChildItem *.pdf | Send-NanonetsDocument -ErrorVariable failed -ErrorAction SilentlyContinue
        $script:failed = $failed
    }

    AfterAll {
        Pop-Location
        Disconnect-Nanonets
    }

    It 'sends again what failed: $failed.TargetObject | Send-NanonetsDocument' {
        $failed | Should -HaveCount 1
        Copy-Item (Get-SampleInvoice 'company-abc-invoice-001.pdf') bad.pdf
        ($failed.TargetObject | Send-NanonetsDocument).Input | Should -Be 'bad.pdf'
    }

    It 'writes line items of a week to a file' {
        Get-NanonetsResult -After (Get-Date).AddDays(-7) | ConvertTo-NanonetsRow -As Table | Export-Csv x.csv
        @(Import-Csv x.csv | Where-Object Input -EQ 'itemised-invoice-10-pages.pdf').Count | Should -BeGreaterThan 250
    }

    It 'shows what would be approved, by a value, and approves nothing' {
        # An amount that was read with its currency is text; these were corrected to numbers.
        $small = $sent | Where-Object Input -EQ 'contoso-invoice-inv-100.pdf'
        $large = $sent | Where-Object Input -EQ 'stanford-plumbing-inv03051.pdf'
        $small | Update-NanonetsResult -Field @{ total_amount = '110.00' }
        $large | Update-NanonetsResult -Field @{ total_amount = '1,250.00' }
        $small, $large | Approve-NanonetsDocument
        $count = @(Get-EmulatorRequest $emulator | Where-Object method -NE 'GET').Count
        $pages = Get-NanonetsResult -After (Get-Date).AddDays(-7) | Where-Object IsModerated
        $pages | Where-Object { [decimal]$_.Fields.total_amount -gt 1000 } | Approve-NanonetsDocument -WhatIf
        @($pages | Where-Object { [decimal]$_.Fields.total_amount -gt 1000 }).Input | Should -Be 'stanford-plumbing-inv03051.pdf'
        @(Get-EmulatorRequest $emulator | Where-Object method -NE 'GET').Count | Should -Be $count
    }

    It 'saves the documents of a week' {
        Get-NanonetsResult -After (Get-Date).AddDays(-7) | Save-NanonetsDocument -Destination out
        @(Get-ChildItem out).Count | Should -BeGreaterOrEqual 3
        (Get-FileHash out/contoso-invoice-inv-100.pdf).Hash | Should -Be (Get-FileHash contoso-invoice-inv-100.pdf).Hash
    }

    It 'corrects documents from an edited file' {
        $sent | Get-NanonetsResult | ConvertTo-NanonetsRow | Export-Csv edit.csv
        (Get-Content edit.csv -Raw) -replace 'INV-100', 'INV-999' | Set-Content edit.csv
        Import-Csv edit.csv | Update-NanonetsResult
        Import-Csv edit.csv | Approve-NanonetsDocument
        ($sent | Where-Object Input -EQ 'contoso-invoice-inv-100.pdf').RequestFileId | Get-NanonetsResult | ForEach-Object { $_.Fields.invoice_number } | Should -Be 'INV-999'
    }

    It 'takes an id as text' {
        $id = $sent[0].RequestFileId
        $id | Get-NanonetsResult | ForEach-Object RequestFileId | Sort-Object -Unique | Should -Be $id
    }

    It 'takes page results back from a file' {
        $sent | Get-NanonetsResult | Export-Clixml pages.xml
        $rows = Import-Clixml pages.xml | ConvertTo-NanonetsRow
        ($rows | ConvertTo-Json) | Should -Be ($sent | Get-NanonetsResult | ConvertTo-NanonetsRow | ConvertTo-Json)
    }
}
