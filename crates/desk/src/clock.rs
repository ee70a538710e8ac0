//! Time, as the desk passes it down. Nothing below asks the system. The confirmed clock (docs/adr/0012) is an offset to
//! the wall clock, so that a wrong wall clock can be corrected once for this start of the program.

use jiff::{Timestamp, Zoned, tz::TimeZone};
use std::time::Instant;
use uuid::Uuid;

/// Where time comes from.
pub trait Clock: Send + Sync {
    /// The wall clock.
    fn now(&self) -> Timestamp;
    /// Milliseconds since the start of the program.
    fn mono_ms(&self) -> u64;
    /// Which start of the program.
    fn boot(&self) -> Uuid;
}

/// The system's clocks.
pub struct SystemClock {
    start: Instant,
    boot: Uuid,
}

impl Default for SystemClock {
    fn default() -> Self {
        SystemClock {
            start: Instant::now(),
            boot: Uuid::new_v4(),
        }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
    fn mono_ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
    fn boot(&self) -> Uuid {
        self.boot
    }
}

/// The office's local time at `now`, corrected by the confirmed offset.
pub fn local(now: Timestamp, offset_ms: i64, zone: &TimeZone) -> Zoned {
    let corrected =
        Timestamp::from_millisecond(now.as_millisecond().saturating_add(offset_ms)).unwrap_or(now);
    corrected.to_zoned(zone.clone())
}

/// `YYYY-MM-DDTHH:MM:SS.mmm±HH:MM`, as lines carry it.
pub fn wall_text(at: &Zoned) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

/// `YYYY-MM-DDTHH:MM:SS`, as the screen gets it.
pub fn local_text(at: jiff::civil::DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// The office's time zone; Vietnam's where the name is unknown.
pub fn zone(name: &str) -> TimeZone {
    TimeZone::get(name)
        .or_else(|_| TimeZone::get("Asia/Ho_Chi_Minh"))
        .unwrap_or(TimeZone::UTC)
}
