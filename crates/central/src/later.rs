//! When those come back who were turned away: the more there were of late, the later, and never all together.
//! Not here: who is turned away (`limits`, `http::admission`).

/// Seconds to stay away at least, before spreading.
const SOON: u32 = 10;
/// At most; spread by half these are the five minutes that a workstation heeds in full.
const LATE: u32 = 200;
/// So many of them in a second can be borne beside everybody else.
const RETURNS_A_SECOND: u32 = 300;
/// They are counted over so many milliseconds.
const LATELY: u64 = 10_000;

/// Those who were turned away lately: the queue of a service where nobody waits in line.
#[derive(Debug, Clone, Copy, Default)]
pub struct TurnedAway {
    period: u64,
    now: u32,
    before: u32,
}

impl TurnedAway {
    /// One more at `now`, in milliseconds of a clock that only moves forward: how many seconds it is to stay away.
    /// `random` is uniform over all bytes.
    pub fn one_more(&mut self, now: u64, random: u8) -> u32 {
        let period = now / LATELY;
        if period != self.period {
            let follows = period == self.period + 1;
            self.before = if follows { self.now } else { 0 };
            (self.period, self.now) = (period, 0);
        }
        self.now = self.now.saturating_add(1);
        let base = (self.now.max(self.before) / RETURNS_A_SECOND).clamp(SOON, LATE);
        // Half of it up to one and a half times.
        base / 2 + base * u32::from(random) / u32::from(u8::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_come_back_soon_and_a_provinces_morning_over_minutes() {
        let mut few = TurnedAway::default();
        assert_eq!((few.one_more(0, 0), few.one_more(1, 255)), (5, 15));
        let mut many = TurnedAway::default();
        let waits: Vec<u32> = (0..55_000_u32)
            .map(|at| many.one_more(u64::from(at) / 10, (at % 256) as u8))
            .collect();
        let mut seconds = [0_u32; 301];
        for (at, wait) in (0..).zip(&waits) {
            seconds[(at / 10_000 + *wait as usize).min(300)] += 1;
        }
        let peak = seconds.iter().max().unwrap();
        assert!(*peak <= 1_000, "{peak} come back in one second");
        assert!(waits.iter().all(|wait| *wait <= 300));
        many.one_more(3 * LATELY, 0);
        assert_eq!(
            many.one_more(3 * LATELY, 0),
            5,
            "it is forgotten when it is over"
        );
    }
}
