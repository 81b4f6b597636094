# What people see of objects that went through a job or a file.
Describe 'Views' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        Push-Location $TestDrive
        Connect-Nanonets -ApiKey $emulator.ApiKey -BaseUri $emulator.BaseUri -ModelId $emulator.ModelId -Journal uploads.db
        $null = Get-SampleInvoice | Send-NanonetsDocument | Get-NanonetsResult -Wait
        $script:results = Get-SampleInvoice | Send-NanonetsDocument | Get-NanonetsResult
        $script:made = @{
            'journal entries' = Get-NanonetsJournalEntry
            'months'          = Measure-NanonetsJournal
            'the connection'  = Get-NanonetsConnection
            'page results'    = $results
            'predictions'     = $results.Prediction
            'models'          = Get-NanonetsModel
        }

        # Each as Import-Clixml and Receive-Job bring it back.
        $path = Join-Path $TestDrive 'made.xml'
        $script:fromFile = @{}
        foreach ($name in $made.Keys) {
            $made[$name] | Export-Clixml $path
            $fromFile[$name] = Import-Clixml $path
        }

        $module, $connection = $TestModule, @{ ApiKey = $emulator.ApiKey; BaseUri = $emulator.BaseUri; ModelId = $emulator.ModelId }
        $connection.Journal = Join-Path $TestDrive 'uploads.db'
        $job = Start-Job {
            Import-Module $using:module
            $connection = $using:connection
            Connect-Nanonets @connection
            $results = Get-NanonetsJournalEntry | Get-NanonetsResult
            @{
                'journal entries' = Get-NanonetsJournalEntry
                'months'          = Measure-NanonetsJournal
                'the connection'  = Get-NanonetsConnection
                'page results'    = $results
                'predictions'     = $results.Prediction
                'models'          = Get-NanonetsModel
            }.GetEnumerator() | ForEach-Object { $name = $_.Key; $_.Value | ForEach-Object { $_ | Add-Member MadeFor $name -PassThru } }
        }
        $back = $job | Receive-Job -Wait -AutoRemoveJob
        $script:fromJob = @{}
        foreach ($name in $made.Keys) { $fromJob[$name] = $back | Where-Object MadeFor -EQ $name }
    }

    AfterAll {
        Pop-Location
        Disconnect-Nanonets
    }

    It 'show <_> from a file and from a job as live ones, without an error' -TestCases @(
        'journal entries', 'months', 'the connection', 'page results', 'predictions', 'models'
    ) {
        $live = $made[$_] | Out-String -Width 100
        $live.Trim() | Should -Not -BeNullOrEmpty
        $global:Error.Clear()
        $fromFile[$_] | Out-String -Width 100 | Should -BeExactly $live
        $fromJob[$_] | Out-String -Width 100 | Should -BeExactly $live
        $global:Error | Should -HaveCount 0
    }
}
