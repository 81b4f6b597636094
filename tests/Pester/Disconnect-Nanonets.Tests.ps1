Describe 'Disconnect-Nanonets' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
    }

    It 'forgets the connection of this runspace' {
        Connect-Nanonets -ApiKey 'k'
        Disconnect-Nanonets
        Get-NanonetsConnection | Should -BeNullOrEmpty
        { Get-SampleInvoice | Send-NanonetsDocument -ModelId 'm' } | Should -Throw -ErrorId 'ApiKeyMissing,*'
    }

    It 'is content when there is none' {
        { Disconnect-Nanonets -ErrorAction Stop } | Should -Not -Throw
    }
}
