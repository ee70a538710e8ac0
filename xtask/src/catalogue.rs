//! `catalogue`: packs the portal's pages into `assets/catalogue/national.bin`; `--check` fails when the committed file
//! differs, `--count` prints how much of the pages was understood.
//! Not here: the packing and the reading, which are `onedoor-catalogue`'s.

use anyhow::Result;

use crate::child;

/// Entry point of `cargo xtask catalogue [--check | --count]`.
pub fn catalogue(arguments: &[String]) -> Result<()> {
    let mut cargo = child::cargo(&[
        "run",
        "--quiet",
        "--package",
        "onedoor-catalogue",
        "--bin",
        "onedoor-catalogue-import",
        "--",
    ]);
    child::run(cargo.args(arguments))
}
