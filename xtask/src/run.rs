//! `run`, `dev`, `shots`: the product on a demo office, the screen with hot reload, the pictures of docs/.
//! Not here: what the demo office holds (`onedoor-desk`), driving the window (`tests/shell`).

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use anyhow::{Context, Result};

use crate::{
    child::{self, Background},
    house::{self, Steps},
};

/// Steps that `run` announces; `./x` counts them before this program exists.
pub const STEPS: usize = 4;
/// Steps that `shots` announces.
pub const SHOT_STEPS: usize = 3;

/// Entry point of `cargo xtask run`.
pub fn run() -> Result<()> {
    let mut steps = Steps::new(STEPS);
    steps.next("the screen");
    build_screen()?;
    steps.next("the programs (the first time: ten minutes or more)");
    build_programs()?;
    if has_display() {
        with_display(&mut steps)
    } else {
        without_display(&mut steps)
    }
}

/// Entry point of `cargo xtask shots`.
pub fn shots() -> Result<()> {
    let mut steps = Steps::new(SHOT_STEPS);
    steps.next("the screen");
    build_screen()?;
    steps.next("the programs");
    build_programs()?;
    steps.next("the pictures, from the real window");
    child::run(
        child::under_xvfb(&house::debug_program("onedoor-shell")).args(["shots", "docs/pictures"]),
    )
}

/// Entry point of `cargo xtask simulate`: as many seeds as there is time for, in the release build.
pub fn simulate(arguments: &[String]) -> Result<()> {
    let package = [
        "run",
        "--release",
        "--quiet",
        "--package",
        "onedoor-simulation",
        "--",
    ];
    child::run(child::cargo(&package).args(arguments))
}

/// Entry point of `cargo xtask dev [--gallery]`: the screen over its fake host, with hot reload.
pub fn dev(arguments: &[String]) -> Result<()> {
    let gallery = arguments.iter().any(|argument| argument == "--gallery");
    child::run(&mut child::npm_script(if gallery {
        "gallery"
    } else {
        "dev"
    }))
}

/// Builds the screen when a source of it is newer than what was built.
pub fn build_screen() -> Result<()> {
    let root = house::root();
    let sources = [
        "ui/src",
        "ui/public",
        "ui/index.html",
        "ui/package-lock.json",
        "ui/vite.config.ts",
        "ui/svelte.config.js",
        "assets/i18n",
    ];
    let newest = sources
        .iter()
        .filter_map(|source| newest(&root.join(source)))
        .max();
    let built = newest_of_file(&root.join("ui/dist/index.html"));
    if built.is_some() && built >= newest {
        return Ok(());
    }
    child::run(&mut child::npm_script("build"))
}

/// One call for all, so that they share what they are built from.
fn build_programs() -> Result<()> {
    child::run(&mut child::cargo(&[
        "build",
        "--workspace",
        "--features",
        "demo",
        "--bin",
        "onedoor",
        "--bin",
        "onedoor-central",
        "--bin",
        "onedoor-shell",
    ]))
}

fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn without_display(steps: &mut Steps) -> Result<()> {
    steps.next("there is no display here: one filing in the real window, under Xvfb");
    child::run(child::under_xvfb(&house::debug_program("onedoor-shell")).arg("run"))?;
    steps.next("what it left");
    let folder = house::target().join("run");
    let mut left: Vec<PathBuf> = fs::read_dir(&folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    left.sort();
    for path in left.iter().filter(|path| path.is_file()) {
        println!(
            "  {}",
            path.strip_prefix(house::root()).unwrap_or(path).display()
        );
    }
    Ok(())
}

fn with_display(steps: &mut Steps) -> Result<()> {
    let mission = wants_mission();
    let run = house::target().join(if mission { "run-mission" } else { "run" });
    let data = run.join("data");
    steps.next("the central service of the demo office");
    let centre = DemoCentre::start(&run, &data)?;
    steps.next("the workstation: pick a name to sign in, close the window to end");
    println!(
        "  its data: {}",
        data.strip_prefix(house::root()).unwrap_or(&data).display()
    );
    println!("  its central service: {}", centre.address);
    println!("  to begin the demo afresh, remove target/run");
    let mut window = child::command(house::debug_program("onedoor"));
    window
        .env(
            "ONEDOOR_DEMO",
            match mission {
                true => format!("{},{},mission", centre.address, centre.code),
                false => format!("{},{}", centre.address, centre.code),
            },
        )
        .env("ONEDOOR_DATA", &data);
    child::run(&mut window)
}

/// The central service of the demo, stopped when this is dropped.
struct DemoCentre {
    _server: Background,
    address: String,
    /// The one-time code by which the workstation enrols; the same code answers the same workstation again.
    code: String,
}

impl DemoCentre {
    /// Starts it on the port of last time where that is free, with the demo office and a counter's code.
    fn start(run: &Path, workstation: &Path) -> Result<Self> {
        let data = run.join("centre");
        set_yesterday_aside(workstation, &data)?;
        fs::create_dir_all(&data)?;
        let code_file = run.join("centre").join("demo-code");
        let code = match fs::read_to_string(&code_file) {
            Ok(code) => code.trim().to_owned(),
            Err(_) => {
                let code = found_office(&data)?;
                fs::write(&code_file, &code)?;
                code
            }
        };
        let port_file = data.join("demo-port");
        let mut serve = central(
            &[
                "serve",
                "--listen",
                &format!("127.0.0.1:{}", free_port(&port_file)),
            ],
            &data,
        );
        let (server, address) =
            Background::start(&mut serve, Duration::from_secs(60), listening_address)?;
        if let Some((_, port)) = address.rsplit_once(':') {
            fs::write(&port_file, port)?;
        }
        Ok(DemoCentre {
            _server: server,
            address,
            code,
        })
    }
}

/// A demo is made for one day. One of another day, or half of one, goes aside together with its centre, which knows its
/// numbers; nothing is removed.
fn set_yesterday_aside(workstation: &Path, centre: &Path) -> Result<()> {
    let today = child::capture(
        child::command("date")
            .arg("+%F")
            .env("TZ", "Asia/Ho_Chi_Minh"),
    )?;
    let made = fs::read_to_string(workstation.join("demo.json")).unwrap_or_default();
    if made.contains(today.trim()) {
        return Ok(());
    }
    for from in [workstation, centre]
        .into_iter()
        .filter(|folder| folder.exists())
    {
        let aside = (0..)
            .map(|n| from.with_extension(format!("before-{}-{n}", today.trim())))
            .find(|path| !path.exists());
        if let Some(aside) = aside {
            fs::rename(from, &aside)
                .with_context(|| format!("cannot set {} aside", from.display()))?;
        }
    }
    Ok(())
}

/// `onedoor-central SUB COMMAND … --data FOLDER`.
fn central(arguments: &[&str], data: &Path) -> std::process::Command {
    let mut central = child::command(house::debug_program("onedoor-central"));
    central.args(arguments).arg("--data").arg(data);
    central
}

/// Whether a mission abroad is to be shown instead of a commune: `ONEDOOR_DEMO=mission ./x run`.
fn wants_mission() -> bool {
    std::env::var("ONEDOOR_DEMO").is_ok_and(|office| office == "mission")
}

/// The embassy of the other demo, as `found_office` adds the commune.
const MISSION: [&str; 20] = [
    "office",
    "add",
    "--id",
    "berlin",
    "--name",
    "ĐẠI SỨ QUÁN VIỆT NAM TẠI CHLB ĐỨC",
    "--parent",
    "BỘ NGOẠI GIAO",
    "--place",
    "Berlin",
    "--agency",
    "G16.99.01",
    "--symbol",
    "ĐSQ",
    "--province",
    "Bộ Ngoại giao",
    "--time-zone",
    "Europe/Berlin",
    "--host",
    "DE",
];

/// The office and the first counter of the demo; answers with the counter's one-time code.
fn found_office(data: &Path) -> Result<String> {
    let office = [
        "office",
        "add",
        "--id",
        "eatul",
        "--name",
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL",
        "--parent",
        "UBND XÃ EA TUL",
        "--place",
        "Ea Tul",
        "--agency",
        "H15.50.05.13",
        "--symbol",
        "TTPVHCC",
        "--province",
        "Đắk Lắk",
    ];
    let (office, id): (&[&str], &str) = match wants_mission() {
        true => (&MISSION, "berlin"),
        false => (&office, "eatul"),
    };
    child::capture(&mut central(office, data))?;
    let printed = child::capture(&mut central(
        &[
            "counter",
            "code",
            "--office",
            id,
            "--counter",
            "1",
            "--name",
            "Quầy 1",
        ],
        data,
    ))?;
    one_time_code(&printed)
        .with_context(|| format!("the central service printed no one-time code: {printed}"))
}

/// The run of eight digits in what the central service printed.
fn one_time_code(printed: &str) -> Option<String> {
    printed
        .split(|c: char| !c.is_ascii_digit())
        .find(|digits| digits.len() == 8)
        .map(str::to_owned)
}

fn listening_address(line: &str) -> Option<String> {
    line.strip_prefix("listening on ")
        .map(|address| address.trim().to_owned())
}

/// The recorded port if nobody has it, otherwise 0: the workstation then hears of the new one by ONEDOOR_DEMO.
fn free_port(file: &Path) -> u16 {
    let recorded = fs::read_to_string(file)
        .ok()
        .and_then(|port| port.trim().parse().ok())
        .unwrap_or(0);
    TcpListener::bind(("127.0.0.1", recorded)).map_or(0, |_| recorded)
}

/// The time of the newest file in a folder, or of the file itself.
fn newest(path: &Path) -> Option<SystemTime> {
    if !path.is_dir() {
        return newest_of_file(path);
    }
    let entries = fs::read_dir(path).ok()?;
    entries
        .filter_map(|entry| newest(&entry.ok()?.path()))
        .max()
}

fn newest_of_file(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_time_code_is_found_among_words() {
        assert_eq!(
            one_time_code("Code for Quầy 1: 48210377 (24 hours)\n").as_deref(),
            Some("48210377")
        );
        assert_eq!(one_time_code("Quầy 1, 2026"), None);
    }

    #[test]
    fn the_address_is_taken_from_the_line_that_says_so() {
        assert_eq!(
            listening_address("listening on http://127.0.0.1:4181\n").as_deref(),
            Some("http://127.0.0.1:4181")
        );
        assert_eq!(listening_address("opening the store"), None);
    }

    #[test]
    fn a_port_that_somebody_else_has_is_not_asked_for_again() {
        let folder = house::target().join("xtask-test");
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join(format!("port-{}", std::process::id()));
        let other = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        fs::write(&file, other.local_addr().unwrap().port().to_string()).unwrap();
        assert_eq!(free_port(&file), 0);
        fs::remove_file(&file).unwrap();
    }
}
