//! The compiler for the browser: there, or added, or a sentence on how to get it.
//! Always true: nothing is downloaded when the target is already there.

use std::path::Path;

use anyhow::{Result, bail};

use crate::shell::{self, Step};

pub const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that rustc can compile for the browser.
pub fn ensure_wasm_target() -> Result<()> {
    if has_wasm_target()? {
        return Ok(());
    }
    if shell::find_program("rustup").is_none() {
        bail!(
            "the compiler has no {WASM} target and rustup is not installed. Install Rust through https://rustup.rs, \
             or add your distribution's package (Debian: libstd-rust-dev-wasm32), then start again."
        );
    }
    let step = Step::begin(format!("Add the {WASM} target"));
    shell::run(shell::program("rustup").args(["target", "add", WASM]))?;
    step.end();
    if !has_wasm_target()? {
        bail!("rustup added {WASM}, yet rustc does not see it. Is another rustc first on your PATH?");
    }
    Ok(())
}

fn has_wasm_target() -> Result<bool> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = shell::output_of(shell::program(rustc).args(["--print", "sysroot"]))?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).join("lib").is_dir())
}
