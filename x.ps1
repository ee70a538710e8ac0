# The front door on Windows: .\x.ps1 run | build | test
# It looks for what is needed, says what is missing and where it comes from, builds, and opens the workstation.
# Covered: Rust (installed if missing), Node, the screen's packages, the build, the tests of domain, protocol, store and sync.
# Not covered: the demo office of `./x run` (this opens the workstation alone), the browser and window tests,
# PostgreSQL, installers. Those need Debian: `./x test` there also runs the Windows tests, under Wine.
# Nothing in this file was run on a Windows machine by the project's own tests.
param([string]$Command = "run")
$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot

function Stop-With([string]$What) {
    [Console]::Error.WriteLine($What)
    exit 1
}

function Invoke-Step([int]$Number, [string]$Title, [scriptblock]$Work) {
    Write-Host "step $Number of 5: $Title"
    $global:LASTEXITCODE = 0
    & $Work
    if ($LASTEXITCODE -ne 0) { Stop-With "Step $Number ($Title) ended with $LASTEXITCODE." }
}

function Test-Program([string]$Name) {
    $null -ne (Get-Command $Name -ErrorAction SilentlyContinue)
}

if ($Command -notin "run", "build", "test") { Stop-With ".\x.ps1 run | build | test" }

Invoke-Step 1 "Visual Studio Build Tools, Perl, NASM" {
    $vswhere = Join-Path ${env:ProgramFiles(x86)} "Microsoft Visual Studio\Installer\vswhere.exe"
    if (-not (Test-Path $vswhere)) { Stop-With "Install 'Desktop development with C++' of the Visual Studio Build Tools first: https://visualstudio.microsoft.com/downloads/" }
    # SQLCipher's OpenSSL is built in: its build asks for a native Perl (not Git Bash's) and NASM.
    foreach ($program in "perl", "nasm") {
        if (-not (Test-Program $program)) { Stop-With "$program is missing: install Strawberry Perl and NASM and open a new window." }
    }
}

Invoke-Step 2 "Rust 1.95 or later" {
    $env:PATH = "$env:USERPROFILE\.cargo\bin;$env:PATH"
    $recent = (Test-Program "rustc") -and ([version]((rustc --version).Split(" ")[1].Split("-")[0]) -ge [version]"1.95.0")
    if (-not $recent) {
        if (-not (Test-Program "rustup")) {
            $installer = Join-Path $env:TEMP "rustup-init.exe"
            Invoke-WebRequest "https://static.rust-lang.org/rustup/dist/x86_64-pc-windows-msvc/rustup-init.exe" -OutFile $installer
            & $installer -y --profile minimal --default-toolchain 1.95.0
        }
        rustup toolchain install 1.95.0 --profile minimal
        $env:RUSTUP_TOOLCHAIN = "1.95.0"
    }
}

Invoke-Step 3 "Node 20.19 or later" {
    if (-not (Test-Program "npm")) { Stop-With "Install Node 24 LTS first: https://nodejs.org/" }
    $node = [version]((node --version).TrimStart("v"))
    if ($node -lt [version]"20.19.0") { Stop-With "Node $node is too old: install Node 24 LTS." }
}

Invoke-Step 4 "the screen" {
    Push-Location ui
    try {
        $env:PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD = "1"
        $stamp = "node_modules\.onedoor-lock"
        $now = (Get-FileHash package-lock.json).Hash
        if (-not (Test-Path $stamp) -or (Get-Content $stamp) -ne $now) {
            npm ci --no-audit --no-fund --loglevel=error
            if ($LASTEXITCODE -eq 0) { Set-Content $stamp $now }
        }
        if ($LASTEXITCODE -eq 0) { npm --silent run build }
    } finally { Pop-Location }
}

Invoke-Step 5 $Command {
    switch ($Command) {
        "run" {
            $env:ONEDOOR_DATA = Join-Path $PSScriptRoot "target\run\data"
            cargo run --features demo --package onedoor
        }
        "build" { cargo build --release --package onedoor --package onedoor-central --bins }
        "test" { cargo test --package onedoor-domain --package onedoor-protocol --package onedoor-store --package onedoor-sync }
    }
}
