# What build.ps1 signs, and when. What really signs is Windows' alone: here stand-ins write down what they are asked for.
Describe 'build.ps1 -Task Package -CertificateThumbprint' {
    BeforeAll {
        $script:build = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'build.ps1')
        $key = [System.Security.Cryptography.RSA]::Create(2048)
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new(
            'CN=Test', $key, [System.Security.Cryptography.HashAlgorithmName]::SHA256, [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $script:certificate = $request.CreateSelfSigned([datetimeoffset]::Now.AddDays(-1), [datetimeoffset]::Now.AddDays(1))

        # A repository with nothing but what the script looks at, and commands that say what they were called with.
        function Invoke-Build {
            [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', 'SignatureStatus', Justification = 'Used by a stand-in.')]
            [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidOverwritingBuiltInCmdlets', '', Justification = 'Stand-ins.')]
            param([string] $Thumbprint, [string] $SignatureStatus = 'Valid')

            Copy-Item $build $TestDrive
            $folder = Join-Path $TestDrive 'artifacts/package/Nanonets/0.1.0'
            $log = [System.Collections.Generic.List[string]]::new()
            function dotnet {
                $log.Add("dotnet $args")
                $global:LASTEXITCODE = 0
                if ($args[-1] -ne 'folder') { return }
                foreach ($name in 'Nanonets.psd1', 'Nanonets.Format.ps1xml', 'LICENSE', 'core/Nanonets.Client.dll', 'desktop/System.Text.Json.dll') {
                    $null = New-Item (Join-Path $folder $name) -ItemType File -Force
                }
            }
            function Get-ChildItem {
                param([string[]] $Path, [string] $LiteralPath, [switch] $CodeSigningCert, [switch] $Recurse, [switch] $File, [switch] $Directory)
                if ($CodeSigningCert) { return $certificate }
                Microsoft.PowerShell.Management\Get-ChildItem @PSBoundParameters
            }
            function Set-AuthenticodeSignature {
                [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A stand-in.')]
                param([string] $FilePath, $Certificate, [string] $HashAlgorithm, [string] $TimestampServer)
                $log.Add("sign $([System.IO.Path]::GetFileName($FilePath)) $($Certificate.Thumbprint -eq $script:certificate.Thumbprint) $HashAlgorithm $TimestampServer")
                [pscustomobject] @{ Status = $SignatureStatus; StatusMessage = 'as the test says' }
            }
            function New-FileCatalog {
                [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A stand-in.')]
                param([string] $Path, [string] $CatalogFilePath, [int] $CatalogVersion)
                $log.Add("catalog $CatalogVersion of $([System.IO.Path]::GetFileName($Path))")
                Set-Content $CatalogFilePath 'catalog'
            }

            $failure = $null
            try { . (Join-Path $TestDrive 'build.ps1') -Task Package -CertificateThumbprint $Thumbprint -TimestampServer 'http://time.example.com' } catch { $failure = "$_" }
            @{ Log = @($log); Failure = $failure; Catalog = Test-Path (Join-Path $folder 'Nanonets.cat') }
        }
    }

    It 'signs our own files, then a catalog of all, and packs what is signed' {
        $run = Invoke-Build $certificate.Thumbprint
        $run.Failure | Should -BeNullOrEmpty
        $run.Log[0] | Should -Be 'dotnet run --project src/Nanonets.Package -c Release -- folder'
        ($run.Log[1..3] | Sort-Object) | Should -Be @(
            'sign Nanonets.Client.dll True SHA256 http://time.example.com'
            'sign Nanonets.Format.ps1xml True SHA256 http://time.example.com'
            'sign Nanonets.psd1 True SHA256 http://time.example.com')
        $run.Log[4..6] | Should -Be @(
            'catalog 2 of 0.1.0'
            'sign Nanonets.cat True SHA256 http://time.example.com'
            'dotnet run --project src/Nanonets.Package -c Release --no-build -- pack')
        $run.Catalog | Should -Be $true
    }

    It 'packs nothing when a signature is not valid' {
        $run = Invoke-Build $certificate.Thumbprint -SignatureStatus 'UnknownError'
        $run.Failure | Should -BeLike 'Signing *failed: as the test says'
        ($run.Log -match '-- pack$') | Should -BeNullOrEmpty
    }

    It 'builds nothing when there is no such certificate' {
        $run = Invoke-Build '00'
        $run.Failure | Should -BeLike 'There is no code-signing certificate 00*'
        $run.Log | Should -BeNullOrEmpty
    }

    It 'says at once that signing needs Windows' {
        if (Get-Command Set-AuthenticodeSignature -ErrorAction SilentlyContinue) { Set-ItResult -Skipped -Because 'this is Windows'; return }
        { & $build -Task Package -CertificateThumbprint $certificate.Thumbprint } | Should -Throw '*Windows only*'
    }
}
