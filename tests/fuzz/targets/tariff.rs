//! The import of tariffs, from any text.
#![no_main]

#[path = "../../../crates/catalogue/tests/fuzz/looks.rs"]
#[allow(dead_code, reason = "each target takes one look")]
mod looks;

libfuzzer_sys::fuzz_target!(|input: &str| {
    looks::tariff(input);
});
