# Every example of the help, as Get-Help shows it, in the world of ExampleWorld.ps1.
BeforeDiscovery {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
    $threads = [bool] (Get-Command Start-ThreadJob -ErrorAction SilentlyContinue)
    $commands = Get-Command -Module Nanonets
    $examples = foreach ($command in $commands) {
        $number = 0
        foreach ($example in (Get-Help $command.Name).examples.example) {
            $number++
            # Windows PowerShell has neither thread jobs nor ForEach-Object -Parallel.
            @{ Title = "$($command.Name) $number"; Code = $example.code; Skip = -not $threads -and $example.code -match 'Start-ThreadJob|-Parallel' }
        }
    }

    # All in one world: what deletes comes last.
    $examples = @($examples | Where-Object Title -NotLike 'Remove-*') + @($examples | Where-Object Title -Like 'Remove-*')
}

Describe 'Examples of the help' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        $script:provider = $ExecutionContext.SessionState.Provider.GetOne('FileSystem')
        # Runspaces and jobs find the module by its name.
        $script:usualHome, $script:modulePath = $provider.Home, (Add-TestModulePath)
        Push-Location $TestDrive
        . ([System.IO.Path]::Combine($PSScriptRoot, 'ExampleWorld.ps1')) -Emulator $emulator -Repository $SampleRepository

        # Nobody is there to be asked.
        $script:ConfirmPreference = 'None'
    }

    BeforeEach {
        Start-Sleep 3600
        Get-ChildItem out | Remove-Item
        $env:NANONETS_API_KEY = 'of the environment'
        Connect-Nanonets -ApiKey $emulator.ApiKey -BaseUri $emulator.BaseUri -ModelId $emulator.ModelId -MaximumRetryCount 1 -Journal uploads.db
    }

    AfterAll {
        Pop-Location
        $env:NANONETS_API_KEY = $null
        $env:PSModulePath = $modulePath
        $provider.Home = $usualHome
        Disconnect-Nanonets
    }

    It '<Title> runs as written' -ForEach $examples {
        if ($Skip) { Set-ItResult -Skipped -Because 'this engine has no thread jobs'; return }
        $written = & ([scriptblock]::Create($Code)) 2>&1
        $written = @($written) + @(Get-Job | Receive-Job -Wait -AutoRemoveJob 2>&1)
        ($written | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { "$_" }) -join "`n" | Should -BeNullOrEmpty
    }
}
