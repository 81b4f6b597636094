Describe 'Read-NanonetsText' {
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

    It 'reads the text of each page' {
        $pages = Get-SampleInvoice 'zugferd-einfach-2-pages.pdf' | Read-NanonetsText
        $pages | Should -HaveCount 2
        $pages[0].Text | Should -Match 'Lieferant GmbH'
        @($pages[0].Words).Count | Should -BeGreaterThan 20
        $pages[0].SourcePath | Should -Be (Get-SampleInvoice 'zugferd-einfach-2-pages.pdf').FullName
    }

    It 'sends nothing with -WhatIf' {
        Get-SampleInvoice | Read-NanonetsText -WhatIf | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator) | Should -HaveCount 0
    }

    It 'makes one error of a bad file and reads the others' {
        $bad = Join-Path $TestDrive 'text.pdf'
        Set-Content $bad 'no picture'
        $pages = $bad, (Get-SampleInvoice).FullName | Read-NanonetsText -ErrorVariable failed -ErrorAction SilentlyContinue
        @($pages) | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'UnsupportedFile,*'
    }
}
