<#
.SYNOPSIS
    The whole path on this machine: sends the sample documents, waits for their results and shows what was read. Needs no account and costs nothing.
.DESCRIPTION
    Runs against the emulator, which it starts and stops by itself. Without PowerShell installed:

        dotnet run --project src/Nanonets.Shell -- samples/quickstart.ps1

    In pwsh or Windows PowerShell, after dotnet build Nanonets.sln:

        ./samples/quickstart.ps1
.PARAMETER Path
    A folder of your own documents (PDF, PNG, JPEG, TIFF). Default: the samples.
#>
[CmdletBinding()]
param([string] $Path = [System.IO.Path]::Combine($PSScriptRoot, 'documents'))

. ([System.IO.Path]::Combine($PSScriptRoot, 'support', 'Emulator.ps1'))
Import-SampleModule
$emulator = Start-SampleEmulator
try {
    Connect-Nanonets -ApiKey $emulator.ApiKey -BaseUri $emulator.BaseUri -ModelId $emulator.ModelId

    $documents = Get-ChildItem $Path -Recurse -File | Where-Object { $_.Extension -match '^\.(pdf|png|jpe?g|tiff?)$' }
    "Sending $(@($documents).Count) documents to the emulator at $($emulator.BaseUri)"
    ''
    '> $pages = $documents | Send-NanonetsDocument | Get-NanonetsResult -Wait'
    '> $pages | Sort-Object Input, Page | Format-Table'
    $pages = $documents | Send-NanonetsDocument -ErrorVariable notSent | Get-NanonetsResult -Wait -ErrorVariable notRead
    $pages = $pages | Sort-Object Input, Page
    $pages | Format-Table

    # There is a page result for each page; a row for each document, with columns of our choice, is for CSV files and databases.
    $columns = [ordered] @{ invoice_number = 'Number'; invoice_date = 'Date'; seller_name = 'Seller'; total_amount = 'Total' }
    $rows = $pages | ConvertTo-NanonetsRow -Label $columns | Where-Object { $_.Number -or $_.Total }
    if ($rows) {
        '> $pages | ConvertTo-NanonetsRow -Label $columns'
        $rows | Format-Table Number, Date, Seller, Total -AutoSize
    }

    'The emulator reads the text that is in a file. Photos and scans have pages but no values here;'
    'the Nanonets service reads those too.'
}
finally {
    Stop-SampleEmulator $emulator
}

if ($notSent -or $notRead) { exit 1 }
