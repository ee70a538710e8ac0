//! The workstation's entry. Everything is in the library, so that tests and other hosts share it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    onedoor_lib::main()
}
