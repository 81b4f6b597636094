Describe 'ConvertFrom-NanonetsWebhook' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:examples = [System.IO.Path]::Combine($PSScriptRoot, '..', 'Nanonets.Client.Tests', 'Examples')
    }

    It 'reads <Example> line by line, whole, as a file and as an object' -TestCases @(
        @{ Example = 'webhook-nested'; Count = 3 }
        @{ Example = 'webhook-list'; Count = 3 }
        @{ Example = 'webhook-object'; Count = 1 }
        @{ Example = 'validation-callback'; Count = 1 }
    ) {
        param($Example, $Count)
        $file = Join-Path $examples "$Example.json"
        @(Get-Content $file | ConvertFrom-NanonetsWebhook) | Should -HaveCount $Count
        @(Get-Content $file -Raw | ConvertFrom-NanonetsWebhook) | Should -HaveCount $Count
        @(Get-Item $file | ConvertFrom-NanonetsWebhook) | Should -HaveCount $Count
        @(Get-Content $file -Raw | ConvertFrom-Json | ConvertFrom-NanonetsWebhook) | Should -HaveCount $Count
    }

    It 'says what is no webhook body' {
        '<html>' | ConvertFrom-NanonetsWebhook -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'WebhookInvalid,*'
    }
}
