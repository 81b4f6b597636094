Describe 'Get-NanonetsResult' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        $script:sent = Get-SampleInvoice 'itemised-invoice-10-pages.pdf' | Send-NanonetsDocument
        $script:id = $sent[0].RequestFileId
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'waits for what Send-NanonetsDocument writes' {
        $pages = Get-SampleInvoice | Send-NanonetsDocument | Get-NanonetsResult -Wait
        $pages.State | Should -Be 'Success'
        $pages.Fields.invoice_number | Should -Be '001'
        $pages.SourcePath | Should -Be (Get-SampleInvoice).FullName
    }

    It 'gives all pages of a file in page order, by <Kind>' -TestCases @(
        @{ Kind = 'its id'; Get = { Get-NanonetsResult $id -Wait } }
        @{ Kind = 'its id in the pipeline'; Get = { $id | Get-NanonetsResult -Wait } }
        @{ Kind = 'its page results'; Get = { $sent | Get-NanonetsResult -Wait } }
        @{ Kind = 'a row with its id'; Get = { [pscustomobject] @{ RequestFileId = $id } | Get-NanonetsResult -Wait } }
    ) {
        param($Get)
        $pages = & $Get
        $pages.Page | Should -Be (0..9)
        $pages[-1].Fields.total_amount | Should -Be 'NOK 1,053,765.91'
    }

    It 'gives one page by its id' {
        (Get-NanonetsResult -Id $sent[2].Id).Page | Should -Be 2
    }

    It 'gives page ids alone, which lead to single pages' {
        $ids = Get-NanonetsResult $id -IdOnly
        $ids.Id | Should -Be $sent.Id
        (Get-NanonetsResult -Id $ids[-1].Id).Fields.total_amount | Should -Be 'NOK 1,053,765.91'
    }

    It 'says which id is unknown' {
        Get-NanonetsResult 'no-such-file' -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'DocumentNotFound,*'
    }

    It 'refuses what has no id, and names it' {
        [pscustomobject] @{ Colour = 'red' } | Get-NanonetsResult -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'RequestFileIdMissing,*'
    }

    It 'ends a wait after -Timeout with an error that can be piped in again' {
        Set-EmulatorOption $emulator @{ processing_time_per_page = 600 }
        try {
            Get-SampleInvoice | Send-NanonetsDocument | Get-NanonetsResult -Wait -Timeout 1 -ErrorVariable late -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $late | Should -HaveCount 1
            $late[0].FullyQualifiedErrorId | Should -BeLike 'ResultTimedOut,*'
            ($late.TargetObject | Get-NanonetsResult).State | Should -Be 'Pending'
        }
        finally {
            Set-EmulatorOption $emulator @{ processing_time_per_page = 0 }
        }
    }
}
