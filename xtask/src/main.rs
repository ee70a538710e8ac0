//! Everything the two commands do: `./x NAME …` brings what a machine lacks and calls `cargo xtask NAME …`.
//! One module per command. Not here: installing anything (that is `x`), and rules of the product.

mod bench;
mod catalogue;
mod child;
mod gate;
mod generate;
mod house;
mod notices;
mod run;
mod tidy;
mod windows;
mod wine;

use std::process::ExitCode;

const USAGE: &str = "cargo xtask run | test | dev [--gallery] | shots | gen [--check] | catalogue [--check | --count] | tidy | notices | bench NAME | simulate [--seeds N] [--first S] [--bug NAME] | windows";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> anyhow::Result<ExitCode> {
    let (name, rest) = match arguments.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => ("help", arguments),
    };
    match name {
        "run" => run::run()?,
        "dev" => run::dev(rest)?,
        "shots" => run::shots()?,
        "test" => return gate::test(rest),
        "gen" => generate::generate(rest)?,
        "catalogue" => catalogue::catalogue(rest)?,
        "tidy" => return tidy::tidy(),
        "notices" => notices::write()?,
        "bench" => bench::bench(rest)?,
        "simulate" => run::simulate(rest)?,
        "windows" => windows::build()?,
        "windows-test" => return windows::test(),
        "wine-run" => return wine::run(rest),
        "help" | "-h" | "--help" => println!("{USAGE}"),
        _ => anyhow::bail!("there is no command {name}\n{USAGE}"),
    }
    Ok(ExitCode::SUCCESS)
}
