//! `wine-run EXE ARGS…`: cargo's runner for Windows test programs. Wine lies in the project's own prefix, and the one
//! library that Rust's std asks for and Wine 8 lacks is laid beside the program. Not here: building (`windows`).

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, ExitStatus},
};

use anyhow::{Context, Result, bail};

use crate::{child, house};

const SHIM: &str = "bcryptprimitives.dll";
const SHIM_SOURCE: &str = "xtask/wine/bcryptprimitives.c";

/// Entry point of `cargo xtask wine-run EXE ARGS…`; answers with the program's own exit code.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let Some((program, rest)) = arguments.split_first() else {
        bail!("wine-run needs a program");
    };
    let program = Path::new(program);
    let folder = program.parent().context("the program lies in a folder")?;
    lay_beside(&shim()?, &folder.join(SHIM))?;
    let (mut status, lost) = follow(program, rest)?;
    if lost && !status.success() {
        // Wine's server ends a few seconds after its last program, and takes one down that comes in that moment.
        eprintln!("wine's server went away: once more");
        (status, _) = follow(program, rest)?;
    }
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}

/// What Wine says of a program whose server went away.
const SERVER_LOST: &str = "wine client error";

/// Runs it to its end, and tells whether Wine lost its server.
fn follow(program: &Path, arguments: &[String]) -> Result<(ExitStatus, bool)> {
    // Cargo has already set the folder of the package under test, and tests read files by it.
    let told = house::target().join(format!("wine-said-{}", std::process::id()));
    // A file and no pipe: Wine's server holds it open for seconds after the program.
    let status = wine()?
        .arg(program)
        .args(arguments)
        .stderr(fs::File::create(&told)?)
        .status()
        .context("cannot start wine")?;
    let said = String::from_utf8_lossy(&fs::read(&told)?).into_owned();
    eprint!("{said}");
    fs::remove_file(&told)?;
    Ok((status, said.contains(SERVER_LOST)))
}

/// Wine with a prefix under `target/` and without its chatter and its offers to install browsers.
fn wine() -> Result<Command> {
    let mut wine = Command::new(program()?);
    wine.env("WINEPREFIX", house::target().join("wine"))
        .env("WINEARCH", "win64")
        .env("WINEDEBUG", "-all")
        .env("WINEDLLOVERRIDES", "mscoree,mshtml=")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY");
    Ok(wine)
}

/// Debian keeps wine64 out of the path.
fn program() -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join("wine64"))
        .chain([PathBuf::from("/usr/lib/wine/wine64")])
        .find(|candidate| candidate.exists())
        .context("wine64 is not installed: `./x test` brings the package")
}

/// The built shim; built anew when its source is newer.
fn shim() -> Result<PathBuf> {
    let source = house::root().join(SHIM_SOURCE);
    let built = house::target().join("wine-shim").join(SHIM);
    if is_older(&built, &source)? {
        let folder = built.parent().context("the shim lies in a folder")?;
        fs::create_dir_all(folder)?;
        child::run(
            child::command("x86_64-w64-mingw32-gcc")
                .args(["-shared", "-O2", "-Wall", "-Werror", "-o"])
                .arg(&built)
                .arg(&source)
                .arg("-ladvapi32"),
        )?;
    }
    Ok(built)
}

fn is_older(built: &Path, source: &Path) -> Result<bool> {
    let Ok(built) = fs::metadata(built) else {
        return Ok(true);
    };
    Ok(built.modified()? < fs::metadata(source)?.modified()?)
}

/// Copies when it is not there yet or another; a test that runs at the same time may hold the file open.
fn lay_beside(shim: &Path, place: &Path) -> Result<()> {
    let bytes = fs::read(shim)?;
    if fs::read(place).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    fs::write(place, bytes).with_context(|| format!("cannot write {}", place.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_library_counts_as_older_than_its_source() {
        let source = house::root().join(SHIM_SOURCE);
        assert!(is_older(Path::new("no-such-file"), &source).unwrap());
        assert!(
            !is_older(&source, &source).unwrap(),
            "what is as new as its source stays"
        );
    }
}
