Describe 'Connect-Nanonets' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'takes the key as <Kind>' -TestCases @(
        @{ Kind = 'text'; Key = { param($text) $text } }
        @{ Kind = 'a SecureString'; Key = { param($text) (New-Object System.Net.NetworkCredential '', $text).SecurePassword } }
        @{ Kind = 'a credential'; Key = { param($text) New-Object System.Management.Automation.PSCredential 'key', (New-Object System.Net.NetworkCredential '', $text).SecurePassword } }
    ) {
        param($Key)
        Connect-Nanonets -ApiKey (& $Key $emulator.ApiKey) -BaseUri $emulator.BaseUri -ModelId $emulator.ModelId
        (Get-SampleInvoice | Send-NanonetsDocument).State | Should -Be 'Pending'
    }

    It 'writes nothing, and with -PassThru the connection without the key' {
        Connect-Nanonets -ApiKey $emulator.ApiKey | Should -BeNullOrEmpty
        $connection = Connect-Nanonets -ApiKey $emulator.ApiKey -ModelId 'm' -PassThru
        $connection | Should -BeOfType 'Nanonets.NanonetsConnection'
        $connection.BaseUri | Should -Be 'https://app.nanonets.com/api/v2/'
        ($connection | Format-List * | Out-String) + ($connection | ConvertTo-Json -Depth 3) | Should -Not -Match $emulator.ApiKey
    }

    It 'refuses a key file of another provider: <_>' -TestCases 'Variable:\x', 'NoDrive:\x' {
        { Connect-Nanonets -ApiKeyFile $_ } | Should -Throw -ErrorId 'NotFileSystemPath,Nanonets.Commands.ConnectNanonetsCommand'
    }

    It 'refuses plain http to another machine' {
        { Connect-Nanonets -ApiKey 'k' -BaseUri 'http://example.com' } | Should -Throw -ErrorId 'InvalidConnection,Nanonets.Commands.ConnectNanonetsCommand'
    }

    It 'tells of a wrong key with the first request, in one error' {
        Connect-Nanonets -ApiKey 'wrong' -BaseUri $emulator.BaseUri -ModelId $emulator.ModelId
        { Get-SampleInvoice | Send-NanonetsDocument -ErrorAction Stop } | Should -Throw -ErrorId 'ApiKeyRejected,*'
    }
}
