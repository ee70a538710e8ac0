//! Streams of keys, from any text and any gaps: the byte before a key is its gap in milliseconds.
#![no_main]

#[path = "../../../crates/domain/tests/fuzz/looks.rs"]
#[allow(dead_code, reason = "each target takes one look")]
mod looks;

libfuzzer_sys::fuzz_target!(|input: (Vec<u8>, &str)| {
    let (gaps, text) = input;
    let mut at = 0u64;
    let gaps = gaps.iter().copied().chain(std::iter::repeat(5));
    let keys: Vec<(char, u64)> = text
        .chars()
        .zip(gaps)
        .map(|(key, gap)| {
            at += u64::from(gap);
            (key, at)
        })
        .collect();
    looks::keys(&keys);
});
