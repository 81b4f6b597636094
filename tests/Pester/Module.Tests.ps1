Describe 'The module' {
    BeforeAll {
        . ([System.IO.Path]::Combine($PSScriptRoot, 'Common.ps1'))
        $script:commands = Get-Command -Module Nanonets
    }

    It 'has a valid manifest' {
        (Test-ModuleManifest (Get-Module Nanonets).Path.Replace('core', '').Replace('desktop', '').Replace('Nanonets.PowerShell.dll', 'Nanonets.psd1')).Name | Should -Be 'Nanonets'
    }

    It 'has a file of tests for each cmdlet' {
        $missing = $commands.Name | Where-Object { -not (Test-Path ([System.IO.Path]::Combine($PSScriptRoot, "$_.Tests.ps1"))) }
        $missing | Should -BeNullOrEmpty
    }

    It 'has help with a synopsis, described parameters and three examples for each cmdlet' {
        foreach ($command in $commands) {
            $help = Get-Help $command.Name -Full
            $help.Synopsis | Should -Not -BeNullOrEmpty
            $help.Synopsis.Trim() | Should -Not -BeLike "$($command.Name)*" -Because "$($command.Name) needs a synopsis"
            @($help.examples.example).Count | Should -BeGreaterOrEqual 3 -Because $command.Name
            foreach ($parameter in $help.parameters.parameter) {
                $text = ($parameter.description | ForEach-Object { $_.Text }) -join ''
                $text | Should -Not -BeNullOrEmpty -Because "$($command.Name) -$($parameter.name)"
            }
        }
    }

    It 'has a topic <_> that fits 80 columns' -TestCases 'about_Nanonets', 'about_Nanonets_Connections', 'about_Nanonets_Errors', 'about_Nanonets_Journal', 'about_Nanonets_ScheduledTasks' {
        (Get-Help 'about_Nanonets*').Name | Should -Contain $_
        $text = Get-Help $_ | Out-String
        $text | Should -Match "(?s)TOPIC\s+$_\s.*SHORT DESCRIPTION.*LONG DESCRIPTION.*SEE ALSO"
        ($text -split "`r?`n" | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}
