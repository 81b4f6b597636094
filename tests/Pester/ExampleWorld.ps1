<#
.SYNOPSIS
    The small world that the examples of help and guides speak of: a folder of documents and a few variables. Dot-source it in a session that has the module and an empty folder as its location.
.DESCRIPTION
    Afterwards there are

        $emulator, $key, $model     the emulator with its key and its model, and a connection to it, which has a journal
        $other, $classifier         another model, not trained; one that tells pictures apart
        $pages, $page, $id          results: of several documents, of one, and the file of that one
        $sent, $old                 page results of documents that were sent and not asked for yet
        $address                    an address of a picture
        $mail, $Request             what has Attachments, what has a Body

    and in the folder what is piped in the examples. Connect-Nanonets without -BaseUri connects to the emulator too. Fails with the first error.
.PARAMETER Emulator
    BaseUri, ApiKey and ModelId of an emulator that nobody else uses.
.PARAMETER Repository
    The root folder of the repository.
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'The examples use them.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'Used by the functions.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidOverwritingBuiltInCmdlets', '', Justification = 'Stand-ins.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingConvertToSecureStringWithPlainText', '', Justification = 'A key that is none.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A stand-in.')]
param($Emulator, [string] $Repository)

$ErrorActionPreference = 'Stop'
$here = $ExecutionContext.SessionState.Path.CurrentFileSystemLocation.Path
$picture = [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')

function Copy-SampleTo([string] $Name, [string[]] $To) {
    foreach ($one in $To) {
        $path = [System.IO.Path]::Combine($here, $one)
        $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($path))
        # Pages differ in what comes after the end of the document, so that each file is a document of its own.
        $bytes = [System.IO.File]::ReadAllBytes([System.IO.Path]::Combine($Repository, 'samples', 'documents', $Name))
        [System.IO.File]::WriteAllBytes($path, [byte[]] ($bytes + [System.Text.Encoding]::UTF8.GetBytes("`n%$one`n")))
    }
}

function Send-ToEmulator([string] $Method, [string] $Route, $Body) {
    $web = [System.Net.WebClient]::new()
    $web.Headers['Authorization'] = 'Basic ' + [Convert]::ToBase64String([System.Text.Encoding]::ASCII.GetBytes("$($Emulator.ApiKey):"))
    if ($Body -is [byte[]]) { return [System.Text.Encoding]::UTF8.GetString($web.UploadData(("$($Emulator.BaseUri)" -replace '/api/v2.*', $Route), $Method, $Body)) }
    $web.Headers['Content-Type'] = 'application/json'
    $web.UploadString(("$($Emulator.BaseUri)" -replace '/api/v2.*', $Route), $Method, $Body)
}

Copy-SampleTo invoices/company-abc-invoice-001.pdf 'invoice.pdf', 'first.pdf', 'later.pdf', 'inbox/one.pdf', 'a/one.pdf'
Copy-SampleTo invoices/contoso-invoice-inv-100.pdf 'letter.pdf', 'invoice-17.pdf', 'archive/2025-03/invoice-18.pdf', 'b/two.pdf'
Copy-SampleTo receipts/contoso-cafe-receipt-photo.jpg 'receipt.jpg', 'train-001.jpg', 'receipts/one.jpg', 'invoices/one.jpg'
$null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($here, 'samples'))
[System.IO.File]::WriteAllBytes([System.IO.Path]::Combine($here, 'samples/train-003.png'), $picture)
[System.IO.File]::WriteAllBytes([System.IO.Path]::Combine($here, 'unreadable.png'), $picture)

$key, $model = $Emulator.ApiKey, $Emulator.ModelId
Connect-Nanonets -ApiKey $key -BaseUri $Emulator.BaseUri -ModelId $model -MaximumRetryCount 1 -Journal uploads.db
$other = (New-NanonetsModel -Label (Get-NanonetsModel -ModelId $model).Categories.Label).ModelId

$classifier = (New-NanonetsModel -Label invoice, receipt -ModelType classification).ModelId
'invoice', 'receipt' | ForEach-Object { $null = Add-NanonetsTrainingDocument receipt.jpg -ModelId $classifier -Annotation @{ Label = $_ } }
$null = Start-NanonetsTraining -ModelId $classifier

# One document that the service could not read, one that was sent twice since its first upload never arrived in full.
$null = Send-ToEmulator -Method POST -Route '/__emulator/faults' -Body '[{"kind": "file_fails", "file_name": "unreadable.png", "to": 1}, {"kind": "cut_unprocessed", "route": "LabelFile", "file_name": "invoice-18.pdf", "to": 1},
    {"kind": "cut_after", "route": "LabelFile", "file_name": "invoice-17.pdf", "after_bytes": 0}]'
$null = Send-NanonetsDocument archive/2025-03/invoice-18.pdf -OnAmbiguous Resend
$pages = Send-NanonetsDocument invoice.pdf, letter.pdf, unreadable.png | Get-NanonetsResult -Wait -ErrorAction SilentlyContinue
$page = $pages | Where-Object Input -EQ 'invoice.pdf'
$sent = @(Send-NanonetsDocument first.pdf)
$old = @(Send-NanonetsDocument later.pdf)

# A file with a value that is there three times: a person has added them and approved.
$taxed = $pages | Where-Object Input -EQ 'letter.pdf'
$id = $taxed.RequestFileId
$boxes = @($taxed.Prediction | Where-Object Type -EQ Field | ForEach-Object { '{{"id": "{0}", "label": "{1}", "ocr_text": "{2}"}}' -f $_.Id, $_.Label, $_.Text })
$boxes += '1.00', '2.00', '3.00' | ForEach-Object { '{{"id": "new-{0}", "label": "tax_amount", "ocr_text": "{0}", "is_new": true}}' -f $_ }
$null = Send-ToEmulator -Method PATCH -Route "/api/v2/Inferences/Model/$model/ImageLevelInference" -Body ('{{"moderated_boxes": [{0}]}}' -f ($boxes -join ', '))
Approve-NanonetsDocument -RequestFileId $id

$null = Add-NanonetsTrainingDocument receipt.jpg

# What comes from elsewhere: addresses, a mail, what was posted to a webhook, lists of ids.
$address = [regex]::Match((Send-ToEmulator -Method PUT -Route '/__emulator/documents/train-002.png' -Body $picture), '"url"\s*:\s*"([^"]+)"').Groups[1].Value
$mail = [pscustomobject] @{ Attachments = @([pscustomobject] @{ Name = 'attached.png'; ContentStream = [System.IO.MemoryStream]::new([byte[]] ($picture + 1)) }) }
$Request = [pscustomobject] @{ Body = '{"result": [' + $page.Raw + ']}' }
$null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($here, 'out'))
'body.json', 'inbox/body.json' | ForEach-Object { [System.IO.File]::WriteAllText([System.IO.Path]::Combine($here, $_), $Request.Body) }
[pscustomobject] @{ Uri = $address } | Export-Csv links.csv -NoTypeInformation
'checked.csv', 'open.csv', 'lowscore.csv' | ForEach-Object { [pscustomobject] @{ RequestFileId = $id } | Export-Csv $_ -NoTypeInformation }

# Last, since any later upload would look for it: one whose answer was lost, and which is held.
$null = Send-NanonetsDocument invoice-17.pdf -OnAmbiguous Hold -ErrorAction SilentlyContinue
$null = Send-ToEmulator -Method DELETE -Route '/__emulator/faults' -Body ''

# A person at the keyboard; a vault; a build that was done before; a clock that need not be waited for; a home folder with a key; the emulator in the service's place.
function Read-Host { param([string] $Prompt, [switch] $AsSecureString) if ($AsSecureString) { ConvertTo-SecureString $key -AsPlainText -Force } else { $key } }
function Get-Secret { param([string] $Name) Read-Host $Name -AsSecureString }
function Get-Credential { [pscredential]::new('somebody', (Read-Host -AsSecureString)) }
function dotnet { }
function Start-Sleep { param([double] $Seconds) $null = Send-ToEmulator -Method POST -Route '/__emulator/clock' -Body "{`"advance`": $Seconds}" }
$ExecutionContext.SessionState.Provider.GetOne('FileSystem').Home = $here
$keyFile = [System.IO.Path]::Combine($here, '.nanonets-key')
[System.IO.File]::WriteAllText($keyFile, $key)
if ([System.IO.Path]::DirectorySeparatorChar -eq '/') { [System.IO.File]::SetUnixFileMode($keyFile, 'UserRead, UserWrite') }
$PSDefaultParameterValues['Connect-Nanonets:BaseUri'] = $Emulator.BaseUri
$ErrorActionPreference = 'Continue'
