Describe 'Add-NanonetsTrainingDocument' {
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

    It 'adds files with annotations' {
        $model = New-NanonetsModel -Label total_amount, seller_name
        $annotation = @{ Label = 'total_amount'; Text = '12.00'; XMin = 1; YMin = 2; XMax = 3; YMax = 4 }
        $added = New-TestDocument 'train [1].png' | Add-NanonetsTrainingDocument -ModelId $model.ModelId -Annotation $annotation
        $added.Annotations.Label | Should -Be 'total_amount'
        $added.SourcePath | Should -BeLike '*train `[1`].png'
    }

    It 'adds nothing with -WhatIf' {
        New-TestDocument 'train.png' | Add-NanonetsTrainingDocument -WhatIf
        Get-EmulatorRequest $emulator 'UploadFile' | Should -BeNullOrEmpty
    }

    It 'refuses what is no document, and the others go on' {
        $text = Join-Path $TestDrive 'text.pdf'
        'no document' | Set-Content $text
        $model = New-NanonetsModel -Label total_amount, seller_name
        $added = @(Get-Item $text; New-TestDocument 'good.png') | Add-NanonetsTrainingDocument -ModelId $model.ModelId -ErrorVariable failed -ErrorAction SilentlyContinue
        $added | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'UnsupportedFile,*'
    }
}
