Describe 'Export-NanonetsReport' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        $script:pages = Get-ChildItem $SampleDocuments -Recurse -File | Send-NanonetsDocument | Get-NanonetsResult -Wait
    }

    BeforeEach {
        Push-Location $TestDrive
    }

    AfterEach {
        Pop-Location
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'writes all sample documents to one file, as the README does' {
        Push-Location $SampleRepository
        try {
            Get-ChildItem samples/documents -Recurse -File | Send-NanonetsDocument | Get-NanonetsResult -Wait |
                Export-NanonetsReport (Join-Path $TestDrive 'report.html') | Should -BeNullOrEmpty
        }
        finally {
            Pop-Location
        }

        $html = [System.IO.File]::ReadAllText((Join-Path $TestDrive 'report.html'))
        [regex]::Matches($html, '<article ').Count | Should -Be 12
        [regex]::Matches($html, '<img [^>]*src="data:image/').Count | Should -Be 25
        $html | Should -Match 'HMS-2025-00817'
        $html | Should -Match '<title>Nanonets report</title>'
        @(Get-ChildItem -Force).Name | Should -Be 'report.html'
    }

    It 'has neither the key nor an address in it' {
        $pages | Export-NanonetsReport secret.html
        $html = [System.IO.File]::ReadAllText((Join-Path $TestDrive 'secret.html'))
        $html | Should -Not -Match ([regex]::Escape($emulator.ApiKey))
        $html | Should -Not -Match 'expires=|https?://(?!www\.w3\.org)'
    }

    It 'leaves a file alone that is there, unless -Force is given, and says so before anything is sent' {
        Set-Content there.html 'mine'
        $count = @(Get-EmulatorRequest $emulator).Count
        { Get-SampleInvoice | Send-NanonetsDocument | Export-NanonetsReport there.html } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content there.html | Should -Be 'mine'
        @(Get-EmulatorRequest $emulator).Count | Should -Be $count
        $pages | Export-NanonetsReport there.html -Force -Title 'A & B'
        Get-Content there.html -TotalCount 12 | Where-Object { $_ -match '<title>A &amp; B</title>' } | Should -Not -BeNullOrEmpty
    }

    It 'needs no connection without pictures' {
        Disconnect-Nanonets
        try {
            $pages | Export-NanonetsReport values.html -NoPicture
            $html = [System.IO.File]::ReadAllText((Join-Path $TestDrive 'values.html'))
            $html | Should -Not -Match 'data:image'
            $html | Should -Match 'HMS-2025-00817'
            { $pages | Export-NanonetsReport other.html } | Should -Throw -ErrorId 'ApiKeyMissing,*'
        }
        finally {
            Connect-TestEmulator $emulator
        }
    }

    It 'passes the pages on with -PassThru' {
        ($pages | Export-NanonetsReport passed.html -PassThru | ConvertTo-NanonetsRow).Count | Should -Be 12
    }

    It 'takes pages that come back from a file' {
        $pages | Export-Clixml pages.xml
        Import-Clixml pages.xml | Export-NanonetsReport revived.html
        [regex]::Matches([System.IO.File]::ReadAllText((Join-Path $TestDrive 'revived.html')), '<img [^>]*src="data:image/').Count | Should -Be 25
    }

    It 'puts pages of one document together that come apart' {
        $pages | Sort-Object Page | Export-NanonetsReport mixed.html
        [regex]::Matches([System.IO.File]::ReadAllText((Join-Path $TestDrive 'mixed.html')), '<article ').Count | Should -Be 12
    }

    It 'writes nothing with -WhatIf' {
        $pages | Export-NanonetsReport whatif.html -WhatIf
        Test-Path whatif.html | Should -BeFalse
    }
}
