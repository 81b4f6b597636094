Describe 'Update-NanonetsResult' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
    }

    BeforeEach {
        Reset-TestEmulator $emulator
        $script:page = Get-SampleInvoice | Send-NanonetsDocument -ProcessingType Sync
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'corrects a value, which counts once the file is approved' {
        $page | Update-NanonetsResult -Field @{ total_amount = '12.00' }
        $page | Approve-NanonetsDocument
        $now = Get-NanonetsResult $page.RequestFileId
        $now.Fields.total_amount | Should -Be '12.00'
        $now.Fields.invoice_number | Should -Be $page.Fields.invoice_number
    }

    It 'sends back an edited CSV file of fields' {
        $path = Join-Path $TestDrive 'check.csv'
        $page | ConvertTo-NanonetsRow -As Fields | Export-Csv $path -NoTypeInformation -Encoding UTF8
        $rows = Import-Csv $path
        $rows | Update-NanonetsResult
        Get-EmulatorRequest $emulator 'Update' | Should -BeNullOrEmpty

        $rows | ForEach-Object { $_.invoice_number = 'X-1' }
        $rows | Export-Csv $path -NoTypeInformation -Encoding UTF8
        Import-Csv $path | Update-NanonetsResult
        Import-Csv $path | Approve-NanonetsDocument
        (Get-NanonetsResult $page.RequestFileId).Fields.invoice_number | Should -Be 'X-1'
    }

    It 'sends back an edited CSV file of line items' {
        $path = Join-Path $TestDrive 'lines.csv'
        $page | ConvertTo-NanonetsRow -As Table | Export-Csv $path -NoTypeInformation -Encoding UTF8
        $rows = @(Import-Csv $path)
        $rows[0].description = 'corrected by hand'
        $rows | Update-NanonetsResult
        $page | Approve-NanonetsDocument
        $now = Get-NanonetsResult $page.RequestFileId | ConvertTo-NanonetsRow -As Table
        @($now)[0].description | Should -Be 'corrected by hand'
        @($now) | Should -HaveCount $rows.Count
    }

    It 'shows the change and sends nothing with -WhatIf' {
        $page | Update-NanonetsResult -Field @{ total_amount = '12.00' } -WhatIf
        Get-EmulatorRequest $emulator 'Update' | Should -BeNullOrEmpty
    }

    It 'names a label that nobody knows' {
        $page | Update-NanonetsResult -Field @{ nonsense = '1' } -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'LabelNotFound,*'
    }
}
