# Everyday commands that the bare engine lacks, each with only the parameters that really work. The engine's own aliases (gci, ls, select ...) find them.

function Get-ChildItem {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true)] [string[]] $Path = '.',
        [Parameter(Position = 1)] [string] $Filter,
        [string[]] $LiteralPath,
        [switch] $Recurse,
        [switch] $File,
        [switch] $Directory,
        [switch] $Force
    )
    process {
        $items = if ($LiteralPath) {
            $ExecutionContext.InvokeProvider.ChildItem.Get($LiteralPath, [bool] $Recurse, [uint32]::MaxValue, [bool] $Force, $true)
        }
        else {
            $ExecutionContext.InvokeProvider.ChildItem.Get($Path, [bool] $Recurse, [uint32]::MaxValue, [bool] $Force, $false)
        }
        foreach ($item in $items) {
            if ($Filter -and $item.Name -notlike $Filter) { continue }
            if ($File -and $item.PSIsContainer) { continue }
            if ($Directory -and -not $item.PSIsContainer) { continue }
            $item
        }
    }
}

function Get-Item {
    [CmdletBinding()]
    param([Parameter(Position = 0, ValueFromPipeline = $true)] [string[]] $Path, [string[]] $LiteralPath)
    process {
        if ($LiteralPath) { $ExecutionContext.InvokeProvider.Item.Get($LiteralPath, $true, $true) }
        else { $ExecutionContext.InvokeProvider.Item.Get($Path, $true, $false) }
    }
}

function Remove-Item {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)] [Alias('PSPath')] [string[]] $LiteralPath, [switch] $Recurse, [switch] $Force)
    process { $ExecutionContext.InvokeProvider.Item.Remove($LiteralPath, [bool] $Recurse, [bool] $Force, $true) }
}

function Move-Item {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true, Position = 0)] [string] $LiteralPath, [Parameter(Mandatory = $true, Position = 1)] [string] $Destination, [switch] $Force)
    $paths = $ExecutionContext.SessionState.Path
    [System.IO.File]::Move($paths.GetUnresolvedProviderPathFromPSPath($LiteralPath), $paths.GetUnresolvedProviderPathFromPSPath($Destination), [bool] $Force)
}

function Test-Path {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string] $Path, [string] $LiteralPath)
    if ($LiteralPath) { $ExecutionContext.InvokeProvider.Item.Exists($LiteralPath, $true, $true) }
    else { $ExecutionContext.InvokeProvider.Item.Exists($Path, $true, $false) }
}

function Join-Path {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true, Position = 0)] [string] $Path, [Parameter(Mandatory = $true, Position = 1)] [string] $ChildPath)
    $ExecutionContext.SessionState.Path.Combine($Path, $ChildPath)
}

function Get-Location { $ExecutionContext.SessionState.Path.CurrentLocation }

function Set-Location {
    param([Parameter(Mandatory = $true, Position = 0)] [string] $Path)
    $null = $ExecutionContext.SessionState.Path.SetLocation($Path)
}

function Get-Content {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true, Position = 0)] [string] $LiteralPath, [switch] $Raw)
    $full = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($LiteralPath)
    if ($Raw) { [System.IO.File]::ReadAllText($full) } else { [System.IO.File]::ReadAllLines($full) }
}

function Set-Content {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [string] $LiteralPath,
        [Parameter(Mandatory = $true, Position = 1)] [string[]] $Value,
        [ValidateSet('UTF8')] [string] $Encoding
    )
    [System.IO.File]::WriteAllLines($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($LiteralPath), $Value)
}

function Write-Output {
    param([Parameter(Position = 0, ValueFromPipeline = $true)] $InputObject)
    process { $InputObject }
}

function Write-Host {
    param([Parameter(Position = 0)] $Object = '', [System.ConsoleColor] $ForegroundColor, [switch] $NoNewline)
    $text = "$Object"
    if (-not $NoNewline) { $text += "`n" }
    if ($PSBoundParameters.ContainsKey('ForegroundColor')) { $Host.UI.Write($ForegroundColor, [System.ConsoleColor]::Black, $text) }
    else { $Host.UI.Write($text) }
}

function Write-Warning {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true, Position = 0)] [string] $Message)
    $PSCmdlet.WriteWarning($Message)
}

function Write-Verbose {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true, Position = 0)] [string] $Message)
    $PSCmdlet.WriteVerbose($Message)
}

function Write-Error {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true, Position = 0)] [string] $Message)
    $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([System.Exception]::new($Message), 'WriteError', 'NotSpecified', $null))
}

function Get-Date { [datetime]::Now }

function Start-Sleep {
    param([Parameter(Mandatory = $true, Position = 0)] [double] $Seconds)
    [System.Threading.Thread]::Sleep([timespan]::FromSeconds($Seconds))
}

function ConvertTo-SecureString {
    param([Parameter(Mandatory = $true, Position = 0)] [string] $String, [Parameter(Mandatory = $true)] [switch] $AsPlainText, [switch] $Force)
    $secret = [securestring]::new()
    foreach ($character in $String.ToCharArray()) { $secret.AppendChar($character) }
    $secret
}
