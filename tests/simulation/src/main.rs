//! `cargo xtask simulate --seeds N [--first S] [--bug NAME]`: runs seeds and prints how often each fault fired; a failing
//! seed is printed, and `--first S --seeds 1` replays it.

use anyhow::{Result, bail};
use clap::Parser;
use onedoor_simulation::{Bug, Stage, Weather};

/// Seeds that share one centre.
const A_STAGE: u64 = 250;

#[derive(Parser)]
struct Ask {
    /// How many seeds.
    #[arg(long, default_value_t = 1000)]
    seeds: u64,
    /// The first one.
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// A fault to plant: the run then has to find it.
    #[arg(long)]
    bug: Option<Bug>,
    /// Prints what was done when.
    #[arg(long)]
    trace: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let ask = Ask::parse();
    let mut weather = Weather::default();
    let mut stage = Stage::open().await?;
    for at in 0..ask.seeds {
        if at > 0 && at % A_STAGE == 0 {
            stage = Stage::open().await?;
        }
        let seed = ask.first + at;
        let outcome = stage.run(seed, ask.bug).await?;
        weather.add(&outcome.weather);
        if ask.trace {
            for (when, node, what) in &outcome.trace {
                println!("{:>12.3} s  {node}  {what}", *when as f64 / 1000.0);
            }
        }
        if let Some(broken) = outcome.broken.first() {
            println!("{weather}");
            if ask.bug.is_some() {
                println!("found at seed {seed}: {broken}");
                return Ok(());
            }
            bail!(
                "seed {seed}: {broken}\nreplay: cargo xtask simulate --first {seed} --seeds 1 --trace"
            );
        }
    }
    println!("{weather}");
    match ask.bug {
        Some(bug) => bail!("{} seeds did not find {bug:?}", ask.seeds),
        None => println!("{} seeds, no promise broken", ask.seeds),
    }
    Ok(())
}
