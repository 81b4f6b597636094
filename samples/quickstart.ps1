<#
.SYNOPSIS
    The whole path on this machine: sends the sample documents, waits for their results and shows what was read. Needs no account and costs nothing.
.DESCRIPTION
    Builds the module when it is not built or older than its source, and runs against the emulator, which it starts and stops by itself. With the .NET 10 SDK and no PowerShell:

        dotnet tool exec PowerShell@7.6.9 --yes -- samples/quickstart.ps1

    With PowerShell 7.4 or later, from a prompt of another shell or of its own:

        pwsh samples/quickstart.ps1
        ./samples/quickstart.ps1
.PARAMETER Path
    A folder of your own documents (PDF, PNG, JPEG, TIFF). Default: the samples.
#>
[CmdletBinding()]
param([string] $Path = [System.IO.Path]::Combine($PSScriptRoot, 'documents'))

. ([System.IO.Path]::Combine($PSScriptRoot, 'support', 'Module.ps1'))
. ([System.IO.Path]::Combine($PSScriptRoot, 'support', 'Emulator.ps1'))

$emulator = $null
try {
    Import-SampleModule
    $documents = @(Get-ChildItem -LiteralPath $Path -Recurse -File -ErrorAction Stop | Where-Object { $_.Extension -match '^\.(pdf|png|jpe?g|tiff?)$' })
    if (-not $documents) { throw "There are no documents (PDF, PNG, JPEG, TIFF) in $Path." }
    $emulator = Start-SampleEmulator
}
catch {
    # Nothing that a stack would explain: what is missing, and what to do.
    $Host.UI.WriteErrorLine("$_")
    Stop-SampleEmulator $emulator
    exit 1
}

$report = [System.IO.Path]::Combine($SampleRepository, 'artifacts', 'quickstart-report.html')
$notSent = $notRead = $noPicture = $null
try {
    Connect-Nanonets -ApiKey $emulator.ApiKey -BaseUri $emulator.BaseUri -ModelId $emulator.ModelId

    "Sending $($documents.Count) documents to the emulator at $($emulator.BaseUri)"
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
    ''
    '> $pages | Export-NanonetsReport report.html'
    $pages | Export-NanonetsReport $report -Title 'Quick start' -MinimumScore 0.8 -Force -ErrorVariable noPicture
}
finally {
    # The connection would lead nowhere.
    Disconnect-Nanonets
    Stop-SampleEmulator $emulator
}

''
'Next, at a prompt of PowerShell (pwsh, or dotnet tool exec PowerShell@7.6.9 --yes):'
''
"    Set-Location '$($SampleRepository.TrimEnd('/', '\') -replace "'", "''")'"
'    Import-Module ./Nanonets.psd1'
'    Get-Help Send-NanonetsDocument -Examples'
'    ./samples/quickstart.ps1 -Path ~/invoices     # documents of your own, still on the emulator'
''
'In a browser: start the emulator, and open the address that it prints at the end.'
''
'    dotnet run --project src/Nanonets.Emulator'
''
'With an account (key: account page of the web application; id: page of the model):'
''
'    Connect-Nanonets -ApiKey (Read-Host -AsSecureString ''API key'') -ModelId <id>'
'    Get-ChildItem *.pdf | Send-NanonetsDocument | Get-NanonetsResult -Wait'

''
'To see the pages with a box over each value, open this file in a browser:'
''
"    $report"

exit [int] [bool] ($notSent -or $notRead -or $noPicture)
