//! A new migration must make a new program: the macro that embeds them does not tell cargo. Not here: the migrations.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
