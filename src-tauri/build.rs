//! Tells Tauri about the window's configuration. The screen's pages are inside the program, so a new screen is a reason
//! to build again; an empty folder stands in for them where only Rust is checked.

fn main() {
    println!("cargo:rerun-if-changed=ui/dist");
    if let Err(error) = std::fs::create_dir_all("ui/dist") {
        println!("cargo:warning=ui/dist can't be made: {error}");
    }
    tauri_build::build();
}
