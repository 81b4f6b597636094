Describe 'Test-NanonetsConnection' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
    }

    BeforeEach {
        Reset-TestEmulator $emulator
        Connect-TestEmulator $emulator
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'finds nothing wrong with a good connection and costs no page' {
        $checks = Test-NanonetsConnection
        $checks.Status | Should -Not -Contain 'Failed'
        ($checks | Where-Object Check -EQ 'Key').Status | Should -Be 'Ok'
        @(Get-EmulatorCharge $emulator) | Should -HaveCount 0
    }

    It 'tells of a wrong key and what to do, and skips what rests on it' {
        Connect-Nanonets -ApiKey 'wrong' -BaseUri $emulator.BaseUri -ModelId $emulator.ModelId
        $failed = @(Test-NanonetsConnection | Where-Object Status -EQ 'Failed')
        $failed | Should -HaveCount 1
        $failed[0].Check | Should -Be 'Key'
        $failed[0].Remedy | Should -Not -BeNullOrEmpty
    }

    It 'tells of an unknown model' {
        (Test-NanonetsConnection -ModelId 'no-such-model' | Where-Object Status -EQ 'Failed').Check | Should -Be 'Model'
    }
}
