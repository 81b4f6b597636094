# Whole pipelines, with the commands that come with PowerShell on both ends.
Describe 'Pipelines' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        $script:pages = Get-ChildItem ([System.IO.Path]::Combine($SampleDocuments, 'invoices')) -Filter *.pdf | Send-NanonetsDocument | Get-NanonetsResult -Wait
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'reads the sample invoices' {
        $pages | Should -HaveCount 17
        $pages.State | Sort-Object -Unique | Should -Be 'Success'
        $pages.Fields.invoice_number | Should -Contain 'INV-100'
        $pages.Fields.total_amount | Should -Contain '$110.00'
    }

    It 'carries ids through a CSV file' {
        $path = Join-Path $TestDrive 'sent.csv'
        $pages | Select-Object Input, RequestFileId, ModelId, SourcePath | Export-Csv $path -NoTypeInformation -Encoding UTF8
        $again = Import-Csv $path | Get-NanonetsResult
        $again | Should -HaveCount 17
        ($again.Input | Sort-Object -Unique) | Should -Be ($pages.Input | Sort-Object -Unique)
    }

    It 'groups, measures, sorts and filters' {
        ($pages | Group-Object RequestFileId) | Should -HaveCount 7
        ($pages | Where-Object { $_.Fields.total_amount } | Measure-Object).Count | Should -BeGreaterThan 5
        ($pages | Sort-Object Input, Page | Select-Object -First 1).Input | Should -Be 'company-abc-invoice-001.pdf'
    }

    It 'gives what Select-Object -First wants and no more' {
        (Get-ChildItem ([System.IO.Path]::Combine($SampleDocuments, 'invoices')) -Filter *.pdf | Send-NanonetsDocument -WarningAction SilentlyContinue | Select-Object -First 1) | Should -HaveCount 1
    }

    It 'becomes JSON and keeps the service''s own' {
        $page = $pages | Where-Object Input -EQ 'contoso-invoice-inv-100.pdf'
        ($page | Select-Object Input, Fields | ConvertTo-Json | ConvertFrom-Json).Fields.invoice_number | Should -Be 'INV-100'
        ($page.Raw | ConvertFrom-Json).request_file_id | Should -Be $page.RequestFileId
    }

    It 'exports what a model got in the last week' {
        $path = Join-Path $TestDrive 'x.csv'
        Get-NanonetsResult -After (Get-Date).AddDays(-7) | ConvertTo-NanonetsRow -As Table | Export-Csv $path -NoTypeInformation -Encoding UTF8
        (Import-Csv $path | Where-Object invoice_number -EQ 'HMS-2025-00817' | Measure-Object).Count | Should -BeGreaterThan 250
    }

    It 'shows a table of 100 columns' {
        $lines = ($pages | Out-String -Width 100) -split "`r?`n"
        ($lines | ForEach-Object { ($_ -replace "$([char] 27)\[[0-9;]*m").TrimEnd().Length } | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 100
        ($lines -join '') | Should -Match 'Input\s+Page\s+State\s+Score\s+Fields'
    }

    It 'keeps predictions through a job' {
        $module, $path, $uri, $key, $model = $TestModule, (Get-SampleInvoice).FullName, $emulator.BaseUri, $emulator.ApiKey, $emulator.ModelId
        $job = Start-Job -ScriptBlock {
            Import-Module $using:module
            Connect-Nanonets -ApiKey $using:key -BaseUri $using:uri -ModelId $using:model
            Send-NanonetsDocument $using:path | Get-NanonetsResult -Wait
        }
        $page = $job | Receive-Job -Wait -AutoRemoveJob
        $page.Fields.invoice_number | Should -Be '001'
        @($page.Prediction.Label) | Should -Contain 'total_amount'
        @($page.Prediction)[0].Box.XMax | Should -BeGreaterThan 0
        @($page | Get-NanonetsResult).Input | Should -Be 'company-abc-invoice-001.pdf'
    }

    It 'takes its connection into a thread job' {
        if (-not (Get-Command Start-ThreadJob -ErrorAction SilentlyContinue)) { Set-ItResult -Skipped -Because 'this engine has no thread jobs'; return }
        $module, $file, $connection = $TestModule, (Get-SampleInvoice), (Get-NanonetsConnection)
        $job = Start-ThreadJob -ScriptBlock {
            Import-Module $using:module
            $using:file | Send-NanonetsDocument -Connection $using:connection | Get-NanonetsResult -Wait -Connection $using:connection
        }
        ($job | Receive-Job -Wait -AutoRemoveJob).Fields.invoice_number | Should -Be '001'
    }

    It 'says in another runspace how to pass the connection on' {
        if (-not (Get-Command Start-ThreadJob -ErrorAction SilentlyContinue)) { Set-ItResult -Skipped -Because 'this engine has no thread jobs'; return }
        $module = $TestModule
        $job = Start-ThreadJob -ScriptBlock { Import-Module $using:module; Send-NanonetsDocument 'a.pdf' -ModelId 'm' }
        { $job | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop } | Should -Throw '*$using:*'
    }
}
