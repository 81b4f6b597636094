Describe 'Get-NanonetsTrainingDocument' {
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

    It 'lists what a model learns from' {
        $model = New-NanonetsModel -Label total_amount, seller_name
        $null = New-TestDocument 'one.png', 'two.png' | Add-NanonetsTrainingDocument -ModelId $model.ModelId
        ($model | Get-NanonetsTrainingDocument).Input | Sort-Object | Should -Be 'one.png', 'two.png'
    }

    It 'says which model is unknown' {
        Get-NanonetsTrainingDocument 'no-such-model' -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
    }
}
