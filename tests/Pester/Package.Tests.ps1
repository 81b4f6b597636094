# The package as people get it: published, installed and imported with PowerShell's own tools, in a process and a home folder of its own.
Describe 'The package' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:emulator = Start-TestEmulator
        $gallery = Get-Module -ListAvailable Microsoft.PowerShell.PSResourceGet | Where-Object Version -GE 1.1.0
        $script:reason = if (-not $gallery) { 'this engine has no PSResourceGet that publishes a finished package' }
        elseif ([System.IO.Path]::DirectorySeparatorChar -ne '/') { 'on Windows it would be installed into the folder of whoever runs the tests' }
    }

    AfterAll {
        Disconnect-Nanonets
    }

    It 'is published and installed, is found by its name, loads nothing but its own, sends, and keeps a journal' {
        if ($reason) { Set-ItResult -Skipped -Because $reason; return }
        $program = Get-ChildItem ([System.IO.Path]::Combine($SampleRepository, 'src/Nanonets.Package/bin/*/net*/Nanonets.Package.dll')) | Sort-Object LastWriteTime | Select-Object -Last 1
        $package = (& dotnet $program.FullName) -replace ': .*' -like '*.nupkg'
        $LASTEXITCODE | Should -Be 0

        $document = New-TestDocument 'page.png'
        $install = Join-Path $TestDrive 'install.ps1'
        Set-Content $install {
            param($Package, $Document, $Uri, $Key, $Model)
            $ErrorActionPreference = 'Stop'
            function Get-LoadedFile { [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { -not $_.IsDynamic -and $_.Location } | ForEach-Object { $_.Location } }
            $null = New-Item gallery -ItemType Directory
            Register-PSResourceRepository -Name here -Uri (Resolve-Path gallery).Path -Trusted
            Publish-PSResource -NupkgPath $Package -Repository here
            $found = Find-PSResource -Name Nanonets -Repository here
            Install-PSResource -Name Nanonets -Repository here
            $before = Get-LoadedFile
            Import-Module Nanonets
            $loaded = @(Get-LoadedFile | Where-Object { $before -notcontains $_ })
            Connect-Nanonets -ApiKey $Key -BaseUri $Uri -ModelId $Model
            $page = Send-NanonetsDocument $Document -Journal uploads.db | Get-NanonetsResult -Wait
            @{
                version = "$($found.Version)"; commands = @($found.Includes.Cmdlet)
                base = (Get-Module Nanonets).ModuleBase; loaded = $loaded
                state = "$($page.State)"; source = $page.SourcePath
                journal = "$((Get-NanonetsJournalEntry -Journal uploads.db).State)"
                synopsis = (Get-Help Send-NanonetsDocument).Synopsis; topic = (Get-Help about_Nanonets_Journal).Length
            } | ConvertTo-Json -Compress
        }
        $variables = 'HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'PSModulePath'
        $usual = $variables | ForEach-Object { [Environment]::GetEnvironmentVariable($_) }
        Push-Location $TestDrive
        try {
            # All that is found below the home folder, and nothing that is said to be elsewhere.
            $variables | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) }
            $env:HOME = (New-Item home -ItemType Directory).FullName
            $written = @(Invoke-TestEngine $install $package, $document.FullName, $emulator.BaseUri, $emulator.ApiKey, $emulator.ModelId)
            $LASTEXITCODE | Should -Be 0
        }
        finally {
            Pop-Location
            0..4 | ForEach-Object { [Environment]::SetEnvironmentVariable($variables[$_], $usual[$_]) }
        }

        $seen = $written[-1] | ConvertFrom-Json
        $seen.version | Should -Be (Get-Module Nanonets).Version
        ($seen.commands | Sort-Object) | Should -Be ((Get-Command -Module Nanonets).Name | Sort-Object)
        $seen.base | Should -BeLike (Join-Path $TestDrive "home/.local/share/powershell/Modules/Nanonets/$($seen.version)")
        $seen.loaded | Should -Contain (Join-Path $seen.base 'core/Nanonets.PowerShell.dll')
        $seen.loaded | ForEach-Object { $_ | Should -BeLike "$($seen.base)/core/*" }
        $seen.state | Should -Be 'Success'
        $seen.source | Should -Be $document.FullName
        $seen.journal | Should -Be 'Finished'
        $seen.synopsis | Should -BeLike 'Uploads documents*'
        $seen.topic | Should -BeGreaterThan 999
    }
}
