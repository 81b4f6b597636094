Describe 'Resolve-NanonetsUpload' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
    }

    It 'takes entries of a journal and nothing else' {
        { 'invoice.pdf' | Resolve-NanonetsUpload -Resend -ErrorAction Stop } | Should -Throw
        { Resolve-NanonetsUpload -InputObject ([pscustomobject] @{ EntryId = 1 }) -Resend -ErrorAction Stop } | Should -Throw
    }

    It 'takes one word only' {
        (Get-Command Resolve-NanonetsUpload).ParameterSets.Name | Sort-Object | Should -HaveCount 3
    }
}
