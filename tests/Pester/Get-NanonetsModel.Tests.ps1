Describe 'Get-NanonetsModel' {
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

    It 'lists models, each with its type, state and labels' {
        $model = Get-NanonetsModel | Where-Object ModelId -EQ $emulator.ModelId
        $model.ModelType | Should -Be 'ocr'
        $model.State | Should -Be 'Ready'
        $model.Categories.Label | Should -Contain 'total_amount'
    }

    It 'gets the models that objects name' {
        [pscustomobject] @{ ModelId = $emulator.ModelId } | Get-NanonetsModel | Should -HaveCount 1
    }

    It 'says which model is unknown' {
        Get-NanonetsModel 'no-such-model' -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
    }

    It 'completes model ids and fields with Tab' {
        # TabExpansion2 sees global variables only.
        $null = Get-NanonetsModel
        $line = "Get-NanonetsResult -ModelId $($emulator.ModelId.Substring(0, 4))"
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain $emulator.ModelId
        Set-Variable -Name NanonetsPage -Scope Global -Value (Get-SampleInvoice | Send-NanonetsDocument -ProcessingType Sync)
        $line = '$NanonetsPage.Fields.total'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'total_amount'
    }
}
