Describe 'New-NanonetsModel' {
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

    It 'creates a model without data' {
        $model = New-NanonetsModel -Label total_amount, seller_name
        $model.State | Should -Be 'NoData'
        (Get-NanonetsModel $model.ModelId).Categories.Label | Should -Be 'total_amount', 'seller_name'
    }

    It 'creates a model that classifies, which is taught and trained' {
        $model = New-NanonetsModel -Label cat, dog -ModelType classification
        New-TestDocument 'cat.png' | Add-NanonetsTrainingDocument -ModelId $model.ModelId -Category cat
        ($model | Start-NanonetsTraining).ModelType | Should -Be 'classification'
        Get-EmulatorRequest $emulator 'ClassifierTrain' | Should -HaveCount 1
    }

    It 'needs two labels, and says so before it asks the service' {
        { New-NanonetsModel -Label one -ErrorAction Stop } | Should -Throw -ErrorId 'TooFewLabels,*'
        Get-EmulatorRequest $emulator 'CreateModel' | Should -BeNullOrEmpty
    }

    It 'creates nothing with -WhatIf' {
        New-NanonetsModel -Label one, two -WhatIf
        Get-EmulatorRequest $emulator 'CreateModel' | Should -BeNullOrEmpty
    }
}
