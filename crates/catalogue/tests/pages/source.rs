//! The pages as the project keeps them.

use std::path::PathBuf;
use std::sync::LazyLock;

use onedoor_catalogue::national::{self, Source};
use onedoor_catalogue::portal::SourceRow;

pub fn asset(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../assets/catalogue")
        .join(name)
}

/// Every page, in the source's order.
pub static ROWS: LazyLock<Vec<SourceRow>> = LazyLock::new(|| {
    let packed = std::fs::read(asset("national-source.jsonl.zst")).unwrap();
    let lines = zstd::bulk::decompress(&packed, 256 << 20).unwrap();
    national::rows(std::str::from_utf8(&lines).unwrap()).unwrap()
});

/// Where they come from.
pub fn source() -> Source {
    Source::read(&std::fs::read_to_string(asset("national-source.json")).unwrap()).unwrap()
}
