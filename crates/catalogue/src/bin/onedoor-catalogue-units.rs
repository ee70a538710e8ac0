//! Packs the list of administrative units that ships with the program: reads the source kept in `assets/catalogue/`
//! and writes `units.tsv.zst` beside it. The same source gives the same bytes.
//!
//! Not here: importing a list on a workstation (desk).

use std::path::Path;

use onedoor_catalogue::Units;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/catalogue");
    let source = std::fs::read(assets.join("units-source.json.zst"))?;
    let json = String::from_utf8(zstd::bulk::decompress(&source, 16 << 20)?)?;
    let units = Units::import(&json).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })?;
    let packed = units.pack()?;
    std::fs::write(assets.join("units.tsv.zst"), &packed)?;
    println!("units.tsv.zst: {} bytes", packed.len());
    Ok(())
}
