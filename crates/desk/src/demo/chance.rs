//! Numbers that look random and come again with the same seed: the demo office is the same on every machine.
//! Not here: keys and ids, which are really random.

/// SplitMix64.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Chance(seed)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, `end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(0).max(1);
        usize::try_from(self.bits() % end).unwrap_or(0)
    }

    /// From `lo` to `hi`, both included.
    pub(super) fn between(&mut self, lo: i16, hi: i16) -> i16 {
        let span = usize::try_from(hi.saturating_sub(lo)).unwrap_or(0) + 1;
        lo.saturating_add(i16::try_from(self.below(span)).unwrap_or(0))
    }

    /// True in so many of a hundred draws.
    pub(super) fn percent(&mut self, n: usize) -> bool {
        self.below(100) < n
    }

    /// One of the items; none of none.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// One of the items, each as likely as its weight.
    pub(super) fn weighted<'a, T>(&mut self, items: &'a [(T, u32)]) -> Option<&'a T> {
        let total: u32 = items.iter().map(|(_, weight)| weight).sum();
        let mut draw = self.below(usize::try_from(total).unwrap_or(0));
        items.iter().find_map(|(item, weight)| {
            let weight = usize::try_from(*weight).unwrap_or(0);
            if draw < weight {
                return Some(item);
            }
            draw -= weight;
            None
        })
    }
}
