# Every block of PowerShell in README and guides, page by page, in the world of ExampleWorld.ps1; but for those that GuideBlocks.ps1 gives a reason against.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'Used by -ForEach.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidOverwritingBuiltInCmdlets', '', Justification = 'A stand-in for one test.')]
param()

BeforeDiscovery {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'GuideBlocks.ps1'))
    $repository = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $pages = Get-GuideBlock $repository | Group-Object Page | ForEach-Object { @{ Page = $_.Name } }
}

Describe 'README and guides' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        . ([System.IO.Path]::Combine($PSScriptRoot, 'GuideBlocks.ps1'))
        # Older scripts, such as the one in the guide, read the flat answer.
        $script:emulator = Start-TestEmulator -Option @{ queued_answer = 'flat' }
        $script:provider = $ExecutionContext.SessionState.Provider.GetOne('FileSystem')
        $script:usualHome, $script:modulePath = $provider.Home, $env:PSModulePath
        Push-Location $TestDrive
        . ([System.IO.Path]::Combine($PSScriptRoot, 'ExampleWorld.ps1')) -Emulator $emulator -Repository $SampleRepository
        $env:PSModulePath = (Join-Path $TestDrive 'modules') + [System.IO.Path]::PathSeparator + $env:PSModulePath
        $script:all = @(Get-GuideBlock $SampleRepository $emulator)
        $script:blocks = @($all | Where-Object { -not $_.Reason })
        $script:ConfirmPreference = 'None'
    }

    BeforeEach {
        Connect-Nanonets -ApiKey $emulator.ApiKey -BaseUri $emulator.BaseUri -ModelId $emulator.ModelId -MaximumRetryCount 1
    }

    AfterEach {
        'API_KEY', 'MODEL_ID', 'BASE_URI' | ForEach-Object { [Environment]::SetEnvironmentVariable("NANONETS_$_", $null) }
    }

    AfterAll {
        Pop-Location
        $env:PSModulePath = $modulePath
        $provider.Home = $usualHome
        Disconnect-Nanonets
    }

    It '<Page> runs as written' -ForEach $pages {
        # The blocks of a page share their variables, as at a prompt. The module is imported already, and a session cannot have it twice.
        $failures = & {
            function Import-Module { }
            foreach ($block in $blocks | Where-Object Page -EQ $Page) {
                if ($PSVersionTable.PSVersion.Major -lt 7 -and $block.Code -match 'Invoke-RestMethod .*-Form') { continue }
                . ([scriptblock]::Create($block.Code)) 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { "line $($block.Line): $_" }
            }
        }
        $failures -join "`n" | Should -BeNullOrEmpty
    }

    It 'gives no reason against a block that is not there' {
        ($all.Reason | Where-Object { $_ } | Sort-Object -Unique) | Should -Be ($NotRunBlocks.Reason | Sort-Object)
    }

    It 'the inbox of the guide is empty, and its documents lie where the guide says' {
        Get-ChildItem nanonets-inbox | Should -BeNullOrEmpty
        @(Get-ChildItem nanonets-filed/done/*.pdf) | Should -HaveCount 8
        Get-ChildItem nanonets-filed/review -File | Should -BeNullOrEmpty
        Get-ChildItem nanonets-filed/failed/*.pdf | Should -HaveCount 1
        @(Import-Csv (Get-ChildItem nanonets-filed/rows/*.csv).FullName | Where-Object FiledAs -EQ done) | Should -HaveCount 8
    }
}
