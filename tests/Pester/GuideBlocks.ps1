<#
.SYNOPSIS
    Get-GuideBlock: the blocks of PowerShell in README and guides, ready to run in the world of ExampleWorld.ps1. Dot-source it.
#>

# What runs nowhere in a test, by what is in it, with the reason.
$NotRunBlocks = @(
    @{ With = 'Export-Excel'; Reason = 'ImportExcel is a module of others.' }
    @{ With = 'ScheduledTask'; Reason = 'It changes the task scheduler of a Windows machine.' }
    @{ With = 'postgresql://'; Reason = 'It needs a database server.' }
    @{ With = 'icacls'; Reason = 'It changes the rights of a file of Windows.' }
    @{ With = 'Export-Clixml'; Reason = 'It writes below C:\ProgramData, and protects nothing outside Windows.' }
)

function Get-GuideBlock {
    param([string] $Repository, $Emulator)

    $guides = [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($Repository, 'docs', 'guides'), '*.md')
    foreach ($file in @([System.IO.Path]::Combine($Repository, 'README.md')) + @($guides | Sort-Object)) {
        $text = [System.IO.File]::ReadAllText($file) -replace "`r", ''
        foreach ($match in [regex]::Matches($text, '(?ms)^```powershell\n(.*?)^```')) {
            $code = $match.Groups[1].Value
            $reason = @($NotRunBlocks | Where-Object { $code -match $_.With } | ForEach-Object { $_.Reason })[0]

            # What is another in each place: where the service and the clone are, and where files may be written.
            $code = $code -replace '\./artifacts/module/Nanonets', ((Get-Module Nanonets).ModuleBase -replace '\$', '$$') -replace 'http://127\.0\.0\.1:8085', ("$($Emulator.BaseUri)" -replace '/api/v2.*') -replace 'https://app\.nanonets\.com/api/v2', "$($Emulator.BaseUri)".TrimEnd('/') `
                -replace '(?<![\w/])(?:\./)?(samples)/', "$($Repository -replace '\\', '/' -replace '\$', '$$')/`$1/" -replace '/etc/nanonets/key', '~/.nanonets-key'
            [pscustomobject] @{ Page = [System.IO.Path]::GetFileName($file); Line = $text.Substring(0, $match.Index).Split("`n").Count; Code = $code; Reason = $reason }
        }
    }
}
