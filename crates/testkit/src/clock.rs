//! A clock that a test moves: wall clock, boot id and milliseconds since boot, each as a machine would have them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// A clock shared by all its clones.
#[derive(Debug, Clone)]
pub struct FakeClock(Arc<Mutex<Reading>>);

#[derive(Debug, Clone, Copy)]
struct Reading {
    wall: Timestamp,
    starts: u128,
    mono: SignedDuration,
}

impl FakeClock {
    /// A machine that has just started, its wall clock at `wall`.
    pub fn at(wall: Timestamp) -> Self {
        FakeClock(Arc::new(Mutex::new(Reading {
            wall,
            starts: 1,
            mono: SignedDuration::ZERO,
        })))
    }

    /// A machine that has just started on Monday 2026-11-23, 07:30 in Vietnam.
    ///
    /// # Panics
    /// Never: the date is real.
    pub fn monday() -> Self {
        let wall = "2026-11-23T07:30:00+07:00".parse();
        Self::at(wall.unwrap_or_else(|error| panic!("{error}")))
    }

    /// The wall clock.
    pub fn now(&self) -> Timestamp {
        self.reading().wall
    }

    /// Which start of the machine this is: the same number of starts gives the same id.
    pub fn boot(&self) -> Uuid {
        Uuid::from_u128(0xB007 << 64 | self.reading().starts)
    }

    /// Milliseconds since that start.
    pub fn mono(&self) -> u64 {
        u64::try_from(self.reading().mono.as_millis()).unwrap_or(0)
    }

    /// Time passes: wall clock and milliseconds since boot move together.
    pub fn advance(&self, by: SignedDuration) {
        let mut reading = self.reading();
        reading.wall += by;
        reading.mono += by;
    }

    /// Somebody sets the wall clock; the milliseconds since boot go on.
    pub fn set_wall(&self, wall: Timestamp) {
        self.reading().wall = wall;
    }

    /// The machine starts again after `off`; with `off` negative its wall clock came back behind.
    pub fn reboot(&self, off: SignedDuration) {
        let mut reading = self.reading();
        reading.wall += off;
        reading.starts += 1;
        reading.mono = SignedDuration::ZERO;
    }

    /// As a function, for what wants its time passed in.
    pub fn reader(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }

    fn reading(&self) -> MutexGuard<'_, Reading> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_the_wall_clock_moves_neither_boot_nor_milliseconds() {
        let clock = FakeClock::monday();
        clock.advance(SignedDuration::from_secs(5));
        let boot = clock.boot();
        clock.set_wall("2020-01-01T00:00:00Z".parse().unwrap());
        assert_eq!(
            (clock.boot(), clock.mono()),
            (boot, 5000),
            "as on a real machine"
        );
        clock.reboot(SignedDuration::from_hours(1));
        assert_ne!(clock.boot(), boot, "a restart is a new boot");
        assert_eq!(clock.mono(), 0, "which counts from 0 again");
        assert_eq!(
            clock.now().to_string(),
            "2020-01-01T01:00:00Z",
            "while the wall clock ran on"
        );
    }
}
