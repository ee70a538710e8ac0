//! Writes the golden batches of this version: `cargo run -p onedoor-testkit --example golden`.

fn main() {
    println!("{}", onedoor_testkit::golden::write().display());
}
