Describe 'Send-NanonetsDocument' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
    }

    BeforeEach {
        Reset-TestEmulator $emulator
        Push-Location $TestDrive
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive | Remove-Item -Recurse -Force
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'sends what Get-ChildItem gives and writes a page result for each page' {
        $null = New-TestDocument 'a.png', 'b [1].png', (-join [char[]] (0x8ACB, 0x6C42, 0x66F8, 0x20, 0xFC, 0x2E, 0x70, 0x6E, 0x67))
        $pages = Get-ChildItem *.png | Send-NanonetsDocument
        $pages | Should -HaveCount 3
        $pages | ForEach-Object { $_ | Should -BeOfType 'Nanonets.PageResult'; $_.State | Should -Be 'Pending' }
        ($pages.SourcePath | Sort-Object) | Should -Be ((Get-ChildItem *.png).FullName | Sort-Object)
        ($pages.Input | Sort-Object) | Should -Be ((Get-ChildItem *.png).Name | Sort-Object)
        @(Get-EmulatorCharge $emulator) | Should -HaveCount 3
    }

    It 'finds files by <Kind>' -TestCases @(
        @{ Kind = 'a path'; Send = { Send-NanonetsDocument 'a.png' } }
        @{ Kind = 'a wildcard'; Send = { Send-NanonetsDocument '*.png' } }
        @{ Kind = 'piped text'; Send = { 'a.png' | Send-NanonetsDocument } }
        @{ Kind = 'a literal path'; Send = { Send-NanonetsDocument -LiteralPath 'a.png' } }
        @{ Kind = 'an object with FullName'; Send = { Get-Item 'a.png' | Select-Object FullName, Length | Send-NanonetsDocument } }
        @{ Kind = 'rows of a CSV file'; Send = { Get-Item 'a.png' | Select-Object @{ Name = 'Path'; Expression = { $_.FullName } } | Export-Csv 'x.csv' -NoTypeInformation; Import-Csv 'x.csv' | Send-NanonetsDocument } }
        @{ Kind = 'a page result'; Send = { Send-NanonetsDocument 'a.png' | Send-NanonetsDocument } }
    ) {
        param($Send)
        $null = New-TestDocument 'a.png'
        $pages = @(& $Send)
        $pages[-1].Input | Should -Be 'a.png'
        @(Get-EmulatorRequest $emulator 'LabelFile')[-1].file_names | Should -Be 'a.png'
    }

    It 'takes metadata for each file: <Kind>' -TestCases @(
        @{ Kind = 'a script block'; Send = { Get-Item 'a.png' | Send-NanonetsDocument -Metadata { $_.BaseName } }; Expected = 'a' }
        @{ Kind = 'text'; Send = { Get-Item 'a.png' | Send-NanonetsDocument -Metadata 'order 7' }; Expected = 'order 7' }
        @{ Kind = 'a property'; Send = { Get-Item 'a.png' | Select-Object FullName, @{ Name = 'Metadata'; Expression = { 'mine' } } | Send-NanonetsDocument }; Expected = 'mine' }
    ) {
        param($Send, $Expected)
        $null = New-TestDocument 'a.png'
        (& $Send).RequestMetadata | Should -Be $Expected
    }

    It 'turns a hashtable of metadata into JSON' {
        $null = New-TestDocument 'a.png'
        $page = Send-NanonetsDocument 'a.png' -Metadata @{ order = 7 }
        ($page.RequestMetadata | ConvertFrom-Json).order | Should -Be 7
    }

    It 'waits for the values with -ProcessingType Sync' {
        $page = Get-SampleInvoice | Send-NanonetsDocument -ProcessingType Sync
        $page.State | Should -Be 'Success'
        $page.Fields.invoice_number | Should -Be '001'
        $page.Fields.total_amount | Should -Be '$2140.00'
    }

    It 'sends <Kind>' -TestCases @(
        @{ Kind = 'base64 data'; Send = { Send-NanonetsDocument -Base64Data ([Convert]::ToBase64String([System.IO.File]::ReadAllBytes((Get-Item 'a.png').FullName))) -FileName 'data.png' }; Expected = '*data.png' }
        @{ Kind = 'a stream'; Send = { $stream = [System.IO.File]::OpenRead((Get-Item 'a.png').FullName); try { Send-NanonetsDocument -InputStream $stream -FileName 'stream.png' } finally { $stream.Dispose() } }; Expected = 'stream.png' }
    ) {
        param($Send, $Expected)
        $null = New-TestDocument 'a.png'
        (& $Send).Input | Should -BeLike $Expected
        @(Get-EmulatorCharge $emulator) | Should -HaveCount 1
    }

    It 'never sends a document twice when its answer is lost' {
        $null = New-TestDocument 'a.png'
        Add-EmulatorFault $emulator @{ kind = 'cut_after'; route = 'LabelFile'; to = 1; after_bytes = 0 }
        $null = Send-NanonetsDocument 'a.png' -ErrorVariable failed -ErrorAction SilentlyContinue
        @(Get-EmulatorCharge $emulator) | Should -HaveCount 1
    }

    It 'keeps the order of the input with -Ordered' {
        $files = New-TestDocument (1..12 | ForEach-Object { "doc-{0:00}.png" -f $_ })
        ($files | Send-NanonetsDocument -Ordered).Input | Should -Be $files.Name
    }

    It 'sends nothing with -WhatIf' {
        New-TestDocument 'a.png', 'b.png' | Send-NanonetsDocument -WhatIf | Should -BeNullOrEmpty
        @(Get-EmulatorRequest $emulator 'LabelFile') | Should -HaveCount 0
    }

    It 'makes one error of each bad file and sends the others' {
        $null = New-TestDocument 'good.png'
        Set-Content 'text.pdf' 'no picture'
        $null = New-Item 'empty.pdf' -ItemType File
        $pages = 'text.pdf', 'empty.pdf', 'none.pdf', 'good.png' | Send-NanonetsDocument -ErrorVariable failed -ErrorAction SilentlyContinue
        $pages.Input | Should -Be 'good.png'
        ($failed | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] } | Sort-Object) | Should -Be 'EmptyFile', 'FileMissing', 'UnsupportedFile'
        ($failed.TargetObject | ForEach-Object { $_.GetType().Name } | Sort-Object -Unique) | Should -Be 'FileInfo'
    }

    It 'makes one error of each path that no file can have and sends the others' {
        $null = New-TestDocument 'good.png'
        $pages = "nul$([char] 0).png", ' ', 'gone*.png', 'a|b.png', 'a:b:c.png', "$('long' * 100).png", 'good.png' | Send-NanonetsDocument -ErrorVariable failed -ErrorAction SilentlyContinue
        $pages.Input | Should -Be 'good.png'
        $failed | Should -HaveCount 6
        $failed | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] } | Should -BeIn 'FileMissing', 'NotFileSystemPath'
    }

    It 'says that the folder of a pattern is not there: <_>' -TestCases 'none/*.png', 'none/deep/*.png', 'none/*/a.png', 'none\?.png' {
        Send-NanonetsDocument $_ -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike 'FileMissing,*'
        $failed[0].ToString() | Should -BeLike "The folder 'none*' does not exist."
    }

    It 'says nothing of a pattern that no file in its folder matches' {
        Send-NanonetsDocument '*.png', (Join-Path $TestDrive '[b]*.png'), './*/a.png' | Should -BeNullOrEmpty
    }

    It 'says that the quotation marks of a copied path are too many' {
        $file = New-TestDocument 'a.png'
        Send-NanonetsDocument "`"$($file.FullName)`"" -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].ToString() | Should -BeLike '*quotation marks*remove them*'
    }

    It 'tries failed files again by their errors' {
        $null = 'late.png' | Send-NanonetsDocument -ErrorVariable failed -ErrorAction SilentlyContinue
        $null = New-TestDocument 'late.png'
        ($failed.TargetObject | Send-NanonetsDocument).Input | Should -Be 'late.png'
    }

    It 'ends with one error when the model is unknown, whose target is every file' {
        $files = New-TestDocument (1..9 | ForEach-Object { "doc-$_.png" })
        $failed = $null
        try { $files | Send-NanonetsDocument -ModelId 'no-such-model' -ThrottleLimit 1 -ErrorAction Stop } catch { $failed = $_ }
        $failed.FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
        @($failed.TargetObject)[0] | Should -BeOfType 'System.IO.FileInfo'
        @(Get-EmulatorRequest $emulator 'LabelFile').Count | Should -BeLessOrEqual 2
    }

    It 'shows the key in no stream' {
        $null = New-TestDocument 'a.png'
        $all = Send-NanonetsDocument 'a.png', 'none.png' -Verbose -Debug -ErrorAction Continue *>&1 | Out-String -Width 500
        $all | Should -Match 'LabelFile'
        $all | Should -Not -Match $emulator.ApiKey
        $all | Should -Not -Match ([Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes("$($emulator.ApiKey):")))
    }
}
