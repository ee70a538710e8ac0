//! Drives the workstation's real window through WebDriver. `test` is the shell test of the gate, `run` is `./x run`
//! without a display, `shots FOLDER` makes the pictures of README and docs. Needs a display: `xvfb-run -a`.
//! Not here: pages in a browser (Playwright), rules (unit tests).

mod centre;
mod run;
mod scenes;
mod shots;
mod tests;
mod unikey;
mod window;

use anyhow::{Result, bail};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

#[tokio::main]
async fn main() -> ExitCode {
    // The only provider of TLS; a second installation would change nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["test"] => return Ok(test("").await),
        ["test", name] => return Ok(test(name).await),
        ["run"] => run::run(&target().join("run")).await?,
        ["shots", folder] => shots::shots(Path::new(folder)).await?,
        _ => bail!("usage: onedoor-shell test [NAME] | run | shots FOLDER"),
    }
    Ok(ExitCode::SUCCESS)
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target")
}

macro_rules! each {
    ($only:ident, $($name:ident),* $(,)?) => {{
        let (mut passed, mut failed) = (0, 0);
        $(if stringify!($name).contains($only) {
            let since = Instant::now();
            let outcome = tests::$name().await;
            let took = since.elapsed().as_secs_f32();
            match outcome {
                Ok(()) => { passed += 1; println!("test {} ... ok ({took:.1} s)", stringify!($name)); }
                Err(error) => { failed += 1; println!("test {} ... FAILED: {error:#}", stringify!($name)); }
            }
        })*
        (passed, failed)
    }};
}

async fn test(only: &str) -> ExitCode {
    let (passed, failed) = each!(
        only,
        a_filing_is_at_the_centre_and_still_there_after_a_restart,
        a_filing_goes_from_receiving_to_hand_over_with_a_supplement_between,
        without_a_network_work_goes_on_and_is_sent_later,
        a_draft_stays_when_the_clerk_switches_user,
        a_kill_in_the_middle_of_typing_loses_nothing,
        vietnamese_letters_arrive_in_the_window_as_typed,
        telex_typed_through_an_input_method_becomes_vietnamese_in_the_window,
    );
    println!("{passed} passed, {failed} failed");
    if failed == 0 && passed > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
