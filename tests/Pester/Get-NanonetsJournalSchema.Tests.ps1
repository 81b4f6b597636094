Describe 'Get-NanonetsJournalSchema' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:address = 'postgresql://nanonets:secret-word@db.example.com/nanonets'
    }

    It 'writes one script, asks nobody and shows no password' {
        $script = Get-NanonetsJournalSchema -Journal $address
        @($script).Count | Should -Be 1
        $script | Should -Match 'CREATE TABLE'
        $script | Should -Match 'COMMIT;'
        $script | Should -Not -Match 'secret-word|db\.example\.com|GRANT'
    }

    It 'grants a role what runs need, and quotes its name' {
        $script = Get-NanonetsJournalSchema 'odd"name' -Journal $address
        $script | Should -Match 'GRANT'
        $script | Should -Match ([regex]::Escape('"odd""name"'))
    }

    It 'takes a schema of its own from the address' {
        Get-NanonetsJournalSchema -Journal "$($address)?schema=accounting" | Should -Match 'accounting'
    }

    It 'says how to name the journal' {
        { Get-NanonetsJournalSchema -ErrorAction Stop } | Should -Throw -ErrorId 'JournalPathMissing,*'
    }

    It 'has no script for a journal in a file' {
        { Get-NanonetsJournalSchema -Journal (Join-Path $TestDrive 'uploads.db') -ErrorAction Stop } |
            Should -Throw -ErrorId 'JournalUnavailable,*'
    }

    It 'refuses what is no such address, and shows no password' {
        $failure = { Get-NanonetsJournalSchema -Journal 'postgresql://u:secret-word@db:port/n' -ErrorAction Stop } |
            Should -Throw -ErrorId 'JournalUnavailable,*' -PassThru
        $failure.Exception.Message | Should -Not -Match 'secret-word'
    }
}
