Describe 'Restart-NanonetsExport' {
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

    It 'exports again' {
        ($page | Restart-NanonetsExport -PassThru).ExportStatus | Should -Not -BeNullOrEmpty
        Get-EmulatorRequest $emulator 'RetryExports' | Should -HaveCount 1
    }

    It 'changes nothing with -WhatIf' {
        $page | Restart-NanonetsExport -WhatIf
        Get-EmulatorRequest $emulator 'RetryExports' | Should -BeNullOrEmpty
    }

    It 'says which file is unknown, and the others go on' {
        'no-such-file', $page.RequestFileId | Restart-NanonetsExport -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'DocumentNotFound,*'
        $failed[0].TargetObject.RequestFileId | Should -Be 'no-such-file'
    }
}
