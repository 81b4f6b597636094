Describe 'Get-NanonetsConnection' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
    }

    AfterEach {
        Disconnect-Nanonets
        $env:NANONETS_API_KEY = $null
        $env:NANONETS_MODEL_ID = $null
    }

    It 'gives the connection of this runspace' {
        Connect-Nanonets -ApiKey 'k' -ModelId 'm'
        $connection = Get-NanonetsConnection
        $connection.ModelId | Should -Be 'm'
        $connection.Source | Should -Be 'Cmdlet'
    }

    It 'gives the connection of the environment where there is no other' {
        $env:NANONETS_API_KEY = 'from-the-environment'
        $env:NANONETS_MODEL_ID = 'm2'
        (Get-NanonetsConnection).Source | Should -Be 'Environment'
        (Get-NanonetsConnection).ModelId | Should -Be 'm2'
        Connect-Nanonets -ApiKey 'k'
        (Get-NanonetsConnection).Source | Should -Be 'Cmdlet'
    }
}
