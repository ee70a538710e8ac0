//! Five thousand seeds in bad weather, each planted fault found, and the same seed twice the same.

use onedoor_simulation::{Bug, Outcome, Stage, Weather};

const SEEDS: u64 = 5_000;
/// Seeds that share one centre.
const A_STAGE: u64 = 250;
/// Within so many seeds a planted fault is found.
const ENOUGH: u64 = 2_000;

/// Runs on as many threads as there are cores: every part has a centre of its own.
fn in_parts<T: Send>(parts: u64, body: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let next = std::sync::atomic::AtomicU64::new(0);
    let threads = std::thread::available_parallelism().map_or(2, |n| n.get().min(8));
    let done = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let part = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    if part >= parts {
                        return;
                    }
                    let result = body(part);
                    done.lock().unwrap().push(result);
                }
            });
        }
    });
    done.into_inner().unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    // The centre's guard against slow bodies wants a timer; nothing here ever waits for one.
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap()
}

async fn run(stage: &mut Stage, seed: u64, bug: Option<Bug>) -> Outcome {
    let outcome = stage.run(seed, bug).await;
    outcome.unwrap_or_else(|error| panic!("seed {seed} could not be run: {error:#}"))
}

#[test]
fn no_promise_is_broken_whatever_the_weather() {
    let weathers = in_parts(SEEDS / A_STAGE, |part| {
        runtime().block_on(async {
            let mut stage = Stage::open().await.unwrap();
            let mut weather = Weather::default();
            for seed in part * A_STAGE..(part + 1) * A_STAGE {
                let outcome = run(&mut stage, seed, None).await;
                assert_eq!(
                    outcome.broken,
                    [],
                    "replay: cargo xtask simulate --first {seed} --seeds 1 --trace"
                );
                weather.add(&outcome.weather);
            }
            weather
        })
    });
    let mut weather = Weather::default();
    weathers.iter().for_each(|part| weather.add(part));
    println!("{weather}");
    for (what, count) in weather.named() {
        assert!(
            count >= 500,
            "{what} only {count} times: weather without wind proves nothing"
        );
    }
}

#[test]
fn every_planted_fault_is_found() {
    let found = in_parts(Bug::ALL.len() as u64, |part| {
        let bug = Bug::ALL[usize::try_from(part).unwrap()];
        runtime().block_on(async {
            let mut stage = Stage::open().await.unwrap();
            for seed in 0..ENOUGH {
                if seed > 0 && seed % A_STAGE == 0 {
                    stage = Stage::open().await.unwrap();
                }
                let outcome = run(&mut stage, seed, Some(bug)).await;
                if let Some(broken) = outcome.broken.first() {
                    return (bug, Some((seed, broken.clone())));
                }
            }
            (bug, None)
        })
    });
    for (bug, found) in found {
        let (seed, broken) =
            found.unwrap_or_else(|| panic!("{bug:?} was not found in {ENOUGH} seeds"));
        println!("{bug:?}: seed {seed}: {broken}");
    }
}

#[test]
fn a_seed_runs_the_same_again() {
    runtime().block_on(async {
        for seed in [3, 77, 1234] {
            // A centre of its own each time: one that knows the blobs already wants none of them.
            let first = run(&mut Stage::open().await.unwrap(), seed, None).await;
            let again = run(&mut Stage::open().await.unwrap(), seed, None).await;
            assert!(first.trace.len() > 50, "something happened");
            assert_eq!(first.trace, again.trace, "seed {seed} can be replayed");
        }
    });
}
