Describe 'New-NanonetsModel' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
    }

    BeforeEach {
        Reset-TestEmulator $emulator
    }

    AfterAll {
        Stop-SampleEmulator $emulator
        Disconnect-Nanonets
    }

    It 'creates a model without data' {
        $model = New-NanonetsModel -Label total_amount, seller_name
        $model.State | Should -Be 'NoData'
        (Get-NanonetsModel $model.ModelId).Categories.Label | Should -Be 'total_amount', 'seller_name'
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
