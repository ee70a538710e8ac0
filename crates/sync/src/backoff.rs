//! Full jitter: `sleep = rand(0, min(600 s, 2 s · 2^n))`, reset on any success. `Retry-After` is a floor with a spread as
//! wide as itself, and wider with every further failure: `ra + rand(0, max(ra, min(600 s, 2 s · 2^n)))`, never beyond
//! 600 s. Pure: the random number is passed in.

use std::time::Duration;

/// No schedule waits longer than this between two tries.
pub const CEILING: Duration = Duration::from_secs(600);
/// A wish above this counts as this: with less room below the ceiling, all who were sent away would come back together.
pub const LONGEST_FLOOR: Duration = Duration::from_secs(300);
const BASE_MS: u64 = 2_000;

/// How often in a row it went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// Any success forgets all failures.
    pub fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// One more failure; `random` is uniform over all u64. `retry_after` comes from the server.
    pub fn failed(&mut self, random: u64, retry_after: Option<Duration>) -> Duration {
        let cap = BASE_MS
            .saturating_mul(1 << self.failures.min(20))
            .min(millis(CEILING));
        self.failures = self.failures.saturating_add(1);
        let floor = millis(retry_after.unwrap_or_default().min(LONGEST_FLOOR));
        let width = cap.max(floor).min(millis(CEILING) - floor);
        Duration::from_millis(floor + spread(random, width))
    }

    /// Failures since the last success.
    pub fn failures(&self) -> u32 {
        self.failures
    }
}

fn millis(of: Duration) -> u64 {
    u64::try_from(of.as_millis()).unwrap_or(u64::MAX)
}

/// Uniform in `0..=most`.
pub fn spread(random: u64, most: u64) -> u64 {
    ((u128::from(random) * (u128::from(most) + 1)) >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_longest_wait_doubles_up_to_ten_minutes() {
        let mut backoff = Backoff::default();
        let waits: Vec<u64> = (0..12)
            .map(|_| backoff.failed(u64::MAX, None).as_millis() as u64)
            .collect();
        assert_eq!(
            waits[..4],
            [2_000, 4_000, 8_000, 16_000],
            "two seconds, doubled"
        );
        assert_eq!(waits[11], 600_000, "and never more than ten minutes");
    }

    #[test]
    fn a_success_starts_the_schedule_anew() {
        let mut backoff = Backoff::default();
        for _ in 0..8 {
            backoff.failed(u64::MAX, None);
        }
        backoff.succeeded();
        assert_eq!(
            backoff.failed(u64::MAX, None),
            Duration::from_secs(2),
            "the next wait is short again"
        );
    }

    #[test]
    fn those_whom_the_server_sent_away_together_come_back_apart() {
        for floor in [1, 10, 200, 600, 5_000] {
            let floor = Duration::from_secs(floor);
            for failures in [0, 3, 12] {
                let wait = |random| Backoff { failures }.failed(random, Some(floor));
                let apart = wait(u64::MAX).saturating_sub(wait(0));
                assert!(
                    apart >= floor.min(LONGEST_FLOOR),
                    "after {failures} failures and {floor:?} only {apart:?} lie between the first and the last"
                );
            }
        }
        let late = Backoff { failures: 12 }.failed(u64::MAX, Some(Duration::from_secs(10)));
        assert_eq!(
            late, CEILING,
            "and a long fault spreads them over ten minutes"
        );
    }

    proptest! {
        #[test]
        fn no_wait_is_above_the_ceiling_or_below_the_servers_floor(random: u64, failures in 0u32..40, floor in 0u64..900) {
            let mut backoff = Backoff { failures };
            let wait = backoff.failed(random, Some(Duration::from_secs(floor)));
            prop_assert!(wait <= CEILING);
            prop_assert!(wait >= Duration::from_secs(floor).min(LONGEST_FLOOR));
        }
    }
}
