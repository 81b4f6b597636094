Describe 'Save-NanonetsDocument' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        $script:pages = Get-SampleInvoice | Send-NanonetsDocument -ProcessingType Sync
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'saves the original as it was uploaded' {
        $saved = $pages | Save-NanonetsDocument -Destination (Join-Path $TestDrive 'out')
        (Get-FileHash -LiteralPath $saved.FullName).Hash | Should -Be (Get-SampleInvoice | Get-FileHash).Hash
        $saved | Get-Item | Should -Not -BeNullOrEmpty
    }

    It 'saves by id' {
        (Save-NanonetsDocument (Join-Path $TestDrive 'by-id') -RequestFileId $pages.RequestFileId).Name | Should -Be (Get-SampleInvoice).Name
    }

    It 'saves what a listing found, without addresses in it' {
        Get-NanonetsResult -After (Get-Date).AddDays(-1) | Save-NanonetsDocument -Destination (Join-Path $TestDrive 'listed') | Should -Not -BeNullOrEmpty
    }

    It 'leaves a file alone that is there, unless -Force is given' {
        $folder = Join-Path $TestDrive 'twice'
        $pages | Save-NanonetsDocument -Destination $folder | Should -Not -BeNullOrEmpty
        $pages | Save-NanonetsDocument -Destination $folder -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        $pages | Save-NanonetsDocument -Destination $folder -Force | Should -Not -BeNullOrEmpty
    }

    It 'overwrites a file that is read-only with -Force' {
        $folder = Join-Path $TestDrive 'read-only'
        $there = $pages | Save-NanonetsDocument -Destination $folder
        Set-Content -LiteralPath $there.FullName 'something else'
        $there.IsReadOnly = $true
        $saved = $pages | Save-NanonetsDocument -Destination $folder -Force
        (Get-FileHash -LiteralPath $saved.FullName).Hash | Should -Be (Get-SampleInvoice | Get-FileHash).Hash
    }

    It 'refuses a destination that no folder can have' {
        { $pages | Save-NanonetsDocument -Destination (Join-Path $TestDrive "a$([char] 0)b") } | Should -Throw -ErrorId 'DestinationInvalid,*'
    }

    It 'writes to the folder that Windows makes of a name with a blank at its end' {
        if ([System.IO.Path]::DirectorySeparatorChar -ne '\') { Set-ItResult -Skipped -Because 'elsewhere a blank is a part of the name'; return }
        ($pages | Save-NanonetsDocument -Destination (Join-Path $TestDrive 'blank ')).DirectoryName | Should -Be (Join-Path $TestDrive 'blank')
    }

    It 'writes nothing with -WhatIf' {
        $folder = Join-Path $TestDrive 'whatif'
        $pages | Save-NanonetsDocument -Destination $folder -WhatIf
        Test-Path $folder | Should -BeFalse
    }
}
