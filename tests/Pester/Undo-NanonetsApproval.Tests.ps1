Describe 'Undo-NanonetsApproval' {
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

    It 'takes an approval back' {
        $page | Approve-NanonetsDocument
        ($page | Undo-NanonetsApproval -PassThru).IsModerated | Should -BeFalse
    }

    It 'changes nothing with -WhatIf' {
        $page | Undo-NanonetsApproval -WhatIf
        Get-EmulatorRequest $emulator 'UnVerify' | Should -BeNullOrEmpty
    }

    It 'says which file is unknown, and the others go on' {
        'no-such-file', $page.RequestFileId | Undo-NanonetsApproval -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'DocumentNotFound,*'
        $failed[0].TargetObject.RequestFileId | Should -Be 'no-such-file'
    }
}
