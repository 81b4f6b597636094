Describe 'Restart-NanonetsPrediction' {
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

    It 'reads files again in one request, and waits for them' {
        $more = @($page; Get-SampleInvoice 'contoso-invoice-inv-100.pdf' | Send-NanonetsDocument)
        $again = $more | Restart-NanonetsPrediction -PassThru | Get-NanonetsResult -Wait
        $again | Should -HaveCount 2
        $again.State | Sort-Object -Unique | Should -Be 'Success'
        Get-EmulatorRequest $emulator 'RetryPrediction' | Should -HaveCount 1
    }

    It 'changes nothing with -WhatIf' {
        $page | Restart-NanonetsPrediction -WhatIf
        Get-EmulatorRequest $emulator 'RetryPrediction' | Should -BeNullOrEmpty
    }

    It 'says which file is unknown, and the others go on' {
        'no-such-file', $page.RequestFileId | Restart-NanonetsPrediction -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'DocumentNotFound,*'
        $failed[0].TargetObject.RequestFileId | Should -Be 'no-such-file'
    }
}
