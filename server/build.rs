//! The site is embedded in release builds; a new bundle means a new binary.

fn main() {
    println!("cargo:rerun-if-changed=../target/site/pkg/bundle.json");
    println!("cargo:rerun-if-changed=build.rs");
}
