Describe 'Start-NanonetsTraining' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
    }

    BeforeEach {
        Reset-TestEmulator $emulator
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'queues a model that has annotated documents' {
        $model = New-NanonetsModel -Label total_amount, seller_name
        $annotation = @{ Label = 'total_amount'; Text = '12.00'; XMin = 1; YMin = 2; XMax = 3; YMax = 4 }
        $null = New-TestDocument 'train.png' | Add-NanonetsTrainingDocument -ModelId $model.ModelId -Annotation $annotation
        ($model | Start-NanonetsTraining).State | Should -Be 'Queued'
    }

    It 'trains nothing with -WhatIf' {
        Start-NanonetsTraining -WhatIf
        Get-EmulatorRequest $emulator 'Train' | Should -BeNullOrEmpty
    }

    It 'says why a model without data cannot be trained' {
        New-NanonetsModel -Label one, two | Start-NanonetsTraining -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'RequestRejected,*'
    }
}
