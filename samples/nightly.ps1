# Empties an inbox and mails the summary when a person is needed; for a scheduled task. Exit codes: those of Invoke-NanonetsInbox.
# The key comes from the environment, as docs/guides/nightly-batch.md says. Change -Label and -MinimumScore, and add to the call.
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $Path,
    [Parameter(Mandatory = $true)] [string] $Destination,
    [string[]] $Label = @('invoice_number', 'invoice_date', 'seller_name', 'total_amount'), [double] $MinimumScore = 0.5,
    [string] $MailServer, [string] $MailFrom, [string] $MailTo
)
$ErrorActionPreference, $ProgressPreference = 'Continue', 'SilentlyContinue'
try {
    $run = Invoke-NanonetsInbox -Path $Path -Destination $Destination -Label ($Label -split "\s*,\s*") -MinimumScore $MinimumScore -Recurse -ErrorAction SilentlyContinue
    if (-not $run) { throw 'Nothing was done: $WhatIfPreference is set.' }
    $subject, $summary, $exitCode = "Nanonets: $run", $run.Summary, $run.ExitCode
}
catch { $subject, $summary, $exitCode = 'Nanonets: the run could not begin', "$_", 2 }
$summary
if ($MailServer -and $exitCode -in 1, 2) {
    try { [System.Net.Mail.SmtpClient]::new($MailServer).Send($MailFrom, $MailTo, $subject, $summary) }
    catch { "The mail could not be sent: $_" }
}
exit $exitCode
