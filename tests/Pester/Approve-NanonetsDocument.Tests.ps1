Describe 'Approve-NanonetsDocument' {
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

    It 'approves a file once however often it comes, and writes it with -PassThru' {
        $approved = $page, $page, $page.RequestFileId | Approve-NanonetsDocument -PassThru
        $approved | Should -HaveCount 1
        $approved.IsModerated | Should -BeTrue
        $approved.ApprovalStatus | Should -Be 'approved'
        Get-EmulatorRequest $emulator 'Verify' | Should -HaveCount 1
    }

    It 'takes the files of a CSV file' {
        $path = Join-Path $TestDrive 'checked.csv'
        $page | Select-Object RequestFileId, ModelId | Export-Csv $path -NoTypeInformation
        Import-Csv $path | Approve-NanonetsDocument
        (Get-NanonetsResult $page.RequestFileId).VerifiedBy | Should -Not -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        $page | Where-Object { $_.Fields.total_amount } | Approve-NanonetsDocument -WhatIf
        Get-EmulatorRequest $emulator 'Verify' | Should -BeNullOrEmpty
    }

    It 'says which file is unknown, and the others go on' {
        'no-such-file', $page.RequestFileId | Approve-NanonetsDocument -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'DocumentNotFound,*'
        $failed[0].TargetObject.RequestFileId | Should -Be 'no-such-file'
    }
}
