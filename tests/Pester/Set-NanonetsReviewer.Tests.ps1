Describe 'Set-NanonetsReviewer' {
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

    It 'gives a file to a reviewer' {
        ($page | Set-NanonetsReviewer -Reviewer reviewer@example.com -PassThru).AssignedMembers | Should -Be 'reviewer@example.com'
    }

    It 'takes the API''s word for a reviewer as well' {
        ($page | Set-NanonetsReviewer -Member reviewer@example.com -PassThru).AssignedMembers | Should -Be 'reviewer@example.com'
    }

    It 'changes nothing with -WhatIf' {
        $page | Set-NanonetsReviewer -Reviewer reviewer@example.com -WhatIf
        Get-EmulatorRequest $emulator 'AssignFiles' | Should -BeNullOrEmpty
    }

    It 'says which file is unknown, and the others go on' {
        'no-such-file', $page.RequestFileId |
            Set-NanonetsReviewer -Reviewer reviewer@example.com -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'DocumentNotFound,*'
        $failed[0].TargetObject.RequestFileId | Should -Be 'no-such-file'
    }
}
