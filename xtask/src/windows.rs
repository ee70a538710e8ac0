//! `windows`: builds the workstation and the centre for Windows from Linux. `windows-test`: the crates without a window,
//! tested under Wine. Not here: an installer, signing, and the window itself under Wine (WebView2 does not run there).

use std::{
    fs,
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};

use crate::{child, house, house::Steps};

const TARGET: &str = "x86_64-pc-windows-gnu";

/// A folder of its own: a cross-build holds cargo's lock for minutes, and who works on the screen need not wait for it.
fn folder() -> PathBuf {
    house::target().join("cross")
}

/// Steps that `windows` announces.
pub const STEPS: usize = 3;

/// The crates whose tests run under Wine: everything that stores, counts and sends.
const TESTED: [&str; 4] = [
    "onedoor-domain",
    "onedoor-protocol",
    "onedoor-store",
    "onedoor-sync",
];

/// Entry point of `cargo xtask windows`.
pub fn build() -> Result<()> {
    let mut steps = Steps::new(STEPS);
    steps.next("the screen");
    crate::run::build_screen()?;
    steps
        .next("onedoor.exe and onedoor-central.exe (OpenSSL is built in: minutes, the first time)");
    child::run(&mut child::cargo(&[
        "build",
        "--release",
        "--target-dir",
        &folder().to_string_lossy(),
        "--target",
        TARGET,
        "--package",
        "onedoor",
        "--package",
        "onedoor-central",
        "--bins",
        // Without it Tauri takes the build for one under development.
        "--features",
        "tauri/custom-protocol",
    ]))?;
    steps.next("the files");
    let from = folder().join(TARGET).join("release");
    let to = house::target().join("windows");
    fs::create_dir_all(&to)?;
    // WebView2Loader.dll lies beside the program where the build makes one: the GNU toolchain cannot link it in.
    for (name, must) in [
        ("onedoor.exe", Must::Exist),
        ("onedoor-central.exe", Must::Exist),
        ("WebView2Loader.dll", Must::BeTakenIfThere),
    ] {
        let file = from.join(name);
        if matches!(must, Must::BeTakenIfThere) && !file.exists() {
            continue;
        }
        fs::copy(&file, to.join(name)).with_context(|| format!("the build left no {name}"))?;
        println!("  {}", to.join(name).display());
    }
    Ok(())
}

enum Must {
    Exist,
    BeTakenIfThere,
}

/// A copy of this program. The steps before may have built it anew, which takes the file of the running one away.
fn runner() -> Result<PathBuf> {
    fs::create_dir_all(folder())?;
    let runner = folder().join("wine-runner");
    fs::copy("/proc/self/exe", &runner).context("cannot copy this program as cargo's runner")?;
    Ok(runner)
}

/// The command whose tests run under Wine; a copy of this program is cargo's runner.
pub fn test_command() -> Result<Command> {
    let runner = runner()?;
    let mut cargo = child::cargo(&["test", "--no-fail-fast", "--target", TARGET]);
    cargo.arg("--target-dir").arg(folder());
    for package in TESTED {
        cargo.args(["--package", package]);
    }
    cargo.env(
        "CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER",
        format!("{} wine-run", runner.display()),
    );
    Ok(cargo)
}

/// Entry point of `cargo xtask windows-test`.
pub fn test() -> Result<ExitCode> {
    let status = test_command()?.status()?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
