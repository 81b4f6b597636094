Describe 'Remove-NanonetsDocument' {
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

    It 'deletes a file and keeps a record of it with -PassThru' {
        ($page | Remove-NanonetsDocument -Confirm:$false -PassThru).Input | Should -Be $page.Input
        Get-NanonetsResult $page.RequestFileId -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'DocumentNotFound,*'
        $page.SourcePath | Should -Exist
    }

    It 'changes nothing with -WhatIf' {
        $page | Remove-NanonetsDocument -WhatIf
        Get-EmulatorRequest $emulator 'Delete' | Should -BeNullOrEmpty
    }

    It 'says which file is unknown, and the others go on' {
        'no-such-file', $page.RequestFileId | Remove-NanonetsDocument -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'DocumentNotFound,*'
        $failed[0].TargetObject.RequestFileId | Should -Be 'no-such-file'
    }
}
