//! A disk that takes nothing, without a disk of its own: the kernel refuses to let any file of this program grow or
//! change. Linux only; elsewhere the asker is told so.

use anyhow::{Context, Result, ensure};
use std::process::Command;

/// Says that this program was started deaf to the kernel's signal.
const DEAF: &str = "ONEDOOR_DEVHOST_DEAF";

/// The kernel's signal for a refused write would end the program, as no full disk does: it starts itself again, deaf to it.
#[cfg(target_os = "linux")]
pub fn outlive_refusals() -> Result<()> {
    use std::os::unix::process::CommandExt;
    if std::env::var_os(DEAF).is_some() {
        return Ok(());
    }
    let error = Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .env(DEAF, "yes")
        .exec();
    Err(error).context("starting again without the signal")
}

#[cfg(not(target_os = "linux"))]
pub fn outlive_refusals() -> Result<()> {
    let _ = DEAF;
    Ok(())
}

/// No write to any file goes through from now on.
pub fn fill() -> Result<()> {
    limit("0")
}

/// As many as before.
pub fn free() -> Result<()> {
    if cfg!(target_os = "linux") {
        return limit("unlimited");
    }
    Ok(())
}

fn limit(bytes: &str) -> Result<()> {
    let done = Command::new("prlimit")
        .args(["--pid", &std::process::id().to_string()])
        .arg(format!("--fsize={bytes}:unlimited"))
        .status()
        .context("util-linux has prlimit")?;
    ensure!(done.success(), "prlimit: {done}");
    Ok(())
}
