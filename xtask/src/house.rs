//! Where things lie, and the numbering of steps that a person reads. Not here: starting programs (`child`).

use std::path::{Path, PathBuf};

/// The repository's root: the folder above this crate.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The folder that cargo builds into.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// A program of the development build.
pub fn debug_program(name: &str) -> PathBuf {
    target()
        .join("debug")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Announces the steps of a command as "step n of m"; counts on from those that `./x` has done.
pub struct Steps {
    done: usize,
    all: usize,
}

impl Steps {
    /// `own` is the number of steps that this command will announce.
    pub fn new(own: usize) -> Self {
        let done = std::env::var("ONEDOOR_STEPS_DONE")
            .ok()
            .and_then(|n| n.parse().ok())
            .unwrap_or(0);
        Steps {
            done,
            all: done + own,
        }
    }

    /// Announces the next step.
    pub fn next(&mut self, title: &str) {
        self.done += 1;
        println!("step {} of {}: {title}", self.done, self.all);
    }
}

/// How long something took, as a person reads it: "4.2 s", "3 min 07 s".
pub fn duration(time: std::time::Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_duration_reads_as_seconds_or_as_minutes() {
        assert_eq!(duration(Duration::from_millis(4240)), "4.2 s");
        assert_eq!(duration(Duration::from_secs(187)), "3 min 07 s");
    }

    #[test]
    fn the_front_door_counts_the_same_steps_as_the_commands_behind_it() {
        let x = std::fs::read_to_string(root().join("x")).unwrap();
        for (name, steps) in [
            ("run", crate::run::STEPS),
            ("shots", crate::run::SHOT_STEPS),
            ("windows", crate::windows::STEPS),
        ] {
            let line = x
                .lines()
                .find(|line| line.trim().starts_with(&format!("{name})")))
                .unwrap();
            let wanted = format!("steps_after={steps} ;;");
            assert!(
                line.ends_with(&wanted),
                "./x announces \"step 1 of m\" before xtask exists: {name} needs {wanted}"
            );
        }
        assert_eq!(
            x.matches("\n    step \"").count(),
            5,
            "SETUP_STEPS of ./x is the number of its steps"
        );
    }
}
