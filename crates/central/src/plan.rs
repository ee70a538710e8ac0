//! The default plan of an office's daily numbers: 0001 to 0999 stay with the centre, counter k owns
//! k000 to k999, and has a reserve of a hundred in 9000 to 9799. Not here: who holds a range (the ledger's leases).

/// Counters that the plan has numbers for.
pub const COUNTERS: std::ops::RangeInclusive<u16> = 1..=8;
/// Days that a lease lasts.
pub const LEASE_DAYS: i32 = 180;

/// First and last number of each day for a counter; none outside the plan.
pub fn slot(counter: u16) -> Option<[u32; 2]> {
    let lo = u32::from(counter) * 1000;
    COUNTERS.contains(&counter).then_some([lo, lo + 999])
}

/// The reserve of a counter; none outside the plan.
pub fn reserve(counter: u16) -> Option<[u32; 2]> {
    let lo = 8900 + u32::from(counter) * 100;
    COUNTERS.contains(&counter).then_some([lo, lo + 99])
}
