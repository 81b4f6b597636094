<#
.SYNOPSIS
    Sends the documents of a folder, waits for their results and writes them to a CSV file. Made for a scheduled task: safe to run again after anything.
.DESCRIPTION
    The connection comes from the environment: NANONETS_API_KEY or NANONETS_API_KEY_FILE, and NANONETS_MODEL_ID (and NANONETS_BASE_URI for the emulator). With the journal nothing
    is sent twice, whatever happened the night before; results of documents that were sent earlier are fetched again, which is free, so the CSV file is always whole. What cannot be fetched
    again keeps the line that it had.

    Beside results.csv it leaves report.txt, the report of this run, and nightly.log, a line for each run.

    Exit codes: 0 all documents are in the CSV file; 1 some are not, the report says which and why; 2 the run could not begin or was ended by an error. Where $WhatIfPreference is set it shows what
    would be sent, does nothing, and ends with 2.
.PARAMETER Folder
    The folder with the documents, with its subfolders.
.PARAMETER Output
    The folder for the CSV file, the report and the journal. Must be on a disk of this machine. Made when it is not there.
.PARAMETER Column
    The labels to write, in this order. Default: those of the sample invoices.
.PARAMETER Timeout
    How long to wait for each document, in seconds or as a time span. Default: four hours.
.PARAMETER PageBudget
    Most pages that one run may send. Default: no limit.
.PARAMETER Resend
    By hand, after a file was mended: sends again what was refused (Failed), what is held (Held: look in the web application first, it may have been billed), or both (All).
.PARAMETER MailServer
    An SMTP server that takes the report from this machine; with MailFrom and MailTo.
.PARAMETER MailFrom
    The mail's sender.
.PARAMETER MailTo
    The mail's receiver.
.EXAMPLE
    ./nightly.ps1 -Folder D:\invoices -Output D:\nanonets
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $Folder,
    [Parameter(Mandatory = $true)] [string] $Output,
    [string[]] $Column = @('invoice_number', 'invoice_date', 'seller_name', 'total_amount'),
    [object] $Timeout = '04:00:00',
    [int] $PageBudget,
    [ValidateSet('Failed', 'Held', 'All')] [string] $Resend,
    [string] $MailServer,
    [string] $MailFrom,
    [string] $MailTo
)

$started = [datetime]::Now

# The same in every culture: some have calendars of their own, and files are read by programs.
function Format-Time([datetime] $Time, [string] $Format) { $Time.ToString($Format, [cultureinfo]::InvariantCulture) }

# A property where there is one, also in strict mode.
function Get-Part($Of, [string] $Name) { if ($null -ne $Of -and ($part = $Of.PSObject.Properties[$Name])) { $part.Value } }

$report = [System.Collections.Generic.List[string]]::new()
$exitCode = 2
$ProgressPreference = 'SilentlyContinue'
try {
    # Full paths: .NET does not know the location of PowerShell.
    $Folder, $Output = $Folder, $Output | ForEach-Object { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($_) }
    if (-not $WhatIfPreference) { $null = [System.IO.Directory]::CreateDirectory($Output) }
    $csv = [System.IO.Path]::Combine($Output, 'results.csv')
    if (-not [System.IO.Directory]::Exists($Folder)) { throw "There is no folder '$Folder'." }
    if (-not (Get-Command -Name Send-NanonetsDocument -ErrorAction SilentlyContinue)) {
        if (-not (Get-Module -ListAvailable -Name Nanonets)) {
            throw "The module is not where this account looks for it. Copy the folder Nanonets into one of these: $($env:PSModulePath -split [System.IO.Path]::PathSeparator -join ', ')."
        }
        Import-Module Nanonets -ErrorAction Stop
    }

    $send = @{ Journal = [System.IO.Path]::Combine($Output, 'uploads.db') }
    if ($PageBudget) { $send.PageBudget = $PageBudget }
    if ($Resend) { $send.Resend = $Resend; $send.Force = $true }
    $files = @(Get-ChildItem -LiteralPath $Folder -Recurse -File -ErrorVariable notListed -ErrorAction SilentlyContinue |
        Where-Object { $_.Extension -match '^\.(pdf|png|jpe?g|tiff?)$' })
    if ($WhatIfPreference) {
        $files | Send-NanonetsDocument @send
        throw 'Nothing was done: $WhatIfPreference is set in this session. Set it to $false to send the documents.'
    }

    $pages = $files |
        Send-NanonetsDocument @send -ErrorVariable notSent -ErrorAction SilentlyContinue -WarningVariable skipped -WarningAction SilentlyContinue -InformationVariable sent |
        Get-NanonetsResult -Wait -Timeout $Timeout -ErrorVariable notRead -ErrorAction SilentlyContinue

    # A line that was fetched once stays when its result can no longer be had: the service may have deleted what it read.
    $rows = @($pages | ConvertTo-NanonetsRow -Label $Column -SpreadsheetSafe -WarningAction SilentlyContinue)
    $unread = [System.Collections.Generic.HashSet[string]]::new()
    foreach ($failure in $notRead) { foreach ($target in $failure.TargetObject) { if ($id = Get-Part $target RequestFileId) { $null = $unread.Add($id) } } }
    $kept = @(if ($unread.Count -and [System.IO.File]::Exists($csv)) { Import-Csv $csv | Where-Object { $unread.Contains($_.RequestFileId) } })
    $rows += $kept

    # Whoever reads the file never sees half of it. Excel needs the byte order mark, which UTF8 has in Windows PowerShell only.
    $encoding = if ($PSVersionTable.PSVersion.Major -lt 6) { 'UTF8' } else { 'utf8BOM' }
    $rows | Sort-Object SourcePath | Export-Csv "$csv.new" -NoTypeInformation -Encoding $encoding -ErrorAction Stop
    Move-Item "$csv.new" $csv -Force -ErrorAction Stop

    $failures = @($notListed) + @($notSent) + @($notRead) | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }
    foreach ($line in $sent) { $report.Add("Of $line") }
    $report.Add("$($rows.Count) of $($files.Count) document(s) are in $csv.")
    if ($kept) { $report.Add("$($kept.Count) of them are lines of an earlier run, which could not be fetched again.") }

    # One paragraph for each kind of error, however many documents it met.
    foreach ($kind in $failures | Group-Object { $_.FullyQualifiedErrorId.Split(',')[0] }) {
        $report.Add('')
        foreach ($failure in $kind.Group) {
            $report.Add("$($kind.Name): $($failure.Exception.Message)")
            foreach ($target in $failure.TargetObject) { $report.Add("    $(if ($path = Get-Part $target SourcePath) { $path } else { $target })") }
        }
        if ($advice = Get-Part $kind.Group[0].ErrorDetails RecommendedAction) { $report.Add($advice) }
    }

    # What an earlier night had refused is not sent again by itself: it stays on the list until somebody deals with it.
    foreach ($warning in $skipped) { $report.Add(''); $report.Add("$warning") }

    $exitCode = if ($failures -or $rows.Count -lt $files.Count) { 1 } else { 0 }
}
catch {
    # An error of a cmdlet has an id, which the guide to troubleshooting explains; a text that was thrown has none.
    $id = $_.FullyQualifiedErrorId.Split(',')[0]
    $report.Add("$(if (-not $WhatIfPreference) { 'The run was ended by an error. ' })$(if ($id -match '^\w+$') { "${id}: " })$($_.Exception.Message)")
    if ($advice = Get-Part $_.ErrorDetails RecommendedAction) { $report.Add($advice) }
}

$outcome = if ($WhatIfPreference) { 'nothing was done' } else { @('all documents are read', 'some documents need you', 'the run failed')[$exitCode] }
$subject = 'Nanonets {0}: {1}' -f (Format-Time $started 'yyyy-MM-dd'), $outcome
$text = (@($subject, '') + $report + @('', "$(Format-Time $started 'HH:mm') to $(Format-Time ([datetime]::Now) 'HH:mm')")) -join [Environment]::NewLine
if (-not $WhatIfPreference -and [System.IO.Directory]::Exists($Output)) {
    Set-Content ([System.IO.Path]::Combine($Output, 'report.txt')) $text -Encoding UTF8
    $line = '{0} exit code {1}. {2}' -f (Format-Time $started 'yyyy-MM-dd HH:mm'), $exitCode, $report[0]
    [System.IO.File]::AppendAllText([System.IO.Path]::Combine($Output, 'nightly.log'), $line + [Environment]::NewLine)
}
$text

if ($MailServer) {
    try {
        [System.Net.Mail.SmtpClient]::new($MailServer).Send($MailFrom, $MailTo, $subject, $text)
    }
    catch {
        "The mail could not be sent: $_"
        $exitCode = [Math]::Max($exitCode, 1)
    }
}

exit $exitCode
