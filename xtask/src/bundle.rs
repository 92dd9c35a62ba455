//! The browser's half: compiled to WebAssembly, bound to JavaScript, made small for a release.
//! Always true: the script asks for no file by itself; the page hands it the address of the wasm, so names may carry hashes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::shell::{self, Step, kilobytes};
use crate::site::{self, Mode};
use crate::snip;
use crate::toolchain;

/// What wasm-opt may use: everything rustc itself may emit for this target, and no more.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// The two files a page needs, and the scripts that crates bring along (usually none).
pub struct Bundle {
    pub script: String,
    pub wasm: Vec<u8>,
    /// By path below `snippets/`.
    pub snippets: BTreeMap<String, Vec<u8>>,
}

/// Compiles the browser crate and gives the path of what rustc made; seconds when nothing changed.
pub fn compile(mode: Mode) -> Result<PathBuf> {
    toolchain::ensure_wasm_target()?;
    let mut cargo = shell::cargo();
    cargo.args(["build", "--package", "browser", "--target", toolchain::WASM]);
    let folder = match mode {
        // The dev profile itself, not one of our own: so the macros and build scripts are shared with the server's build.
        Mode::Dev => "debug",
        Mode::Release => {
            cargo.args(["--profile", "wasm-release"]);
            "wasm-release"
        }
    };
    let step = Step::begin("Compile the browser bundle");
    shell::run(&mut cargo)?;
    step.end();
    Ok(shell::target()?.join(toolchain::WASM).join(folder).join("browser.wasm"))
}

/// Turns rustc's file into what a browser loads.
pub fn bind(compiled: &Path, mode: Mode, scratch: &Path) -> Result<Bundle> {
    let step = Step::begin("Bind the browser bundle to JavaScript");
    site::empty_folder(scratch)?;
    Bindgen::new()
        .input_module("wijkpot", snip::snipped(compiled, mode == Mode::Dev)?)
        .web(true)
        .context("wasm-bindgen")?
        .typescript(false)
        .omit_default_module_path(true)
        .keep_debug(false)
        .remove_name_section(mode == Mode::Release)
        .remove_producers_section(mode == Mode::Release)
        .out_name("wijkpot")
        .generate(scratch)
        .context("wasm-bindgen")?;
    step.end();
    let wasm_path = scratch.join("wijkpot_bg.wasm");
    if mode == Mode::Release {
        shrink(&wasm_path)?;
    }
    let mut snippets = BTreeMap::new();
    let folder = scratch.join("snippets");
    for path in site::files_below(&folder)? {
        snippets.insert(site::relative(&path, &folder), std::fs::read(&path)?);
    }
    Ok(Bundle { script: std::fs::read_to_string(scratch.join("wijkpot.js"))?, wasm: std::fs::read(&wasm_path)?, snippets })
}

/// wasm-opt halves the bundle. It comes with the packages of end2end, so a machine with Rust alone does without.
pub fn wasm_opt() -> Option<PathBuf> {
    let program = shell::root().join("end2end/node_modules/.bin/wasm-opt");
    (program.is_file() && shell::find_program("node").is_some()).then_some(program)
}

fn shrink(path: &Path) -> Result<()> {
    let Some(program) = wasm_opt() else {
        println!("wasm-opt is not installed: the bundle stays twice as large (`npm ci` in end2end brings it).");
        return Ok(());
    };
    let before = std::fs::metadata(path)?.len();
    let step = Step::begin("Shrink the wasm");
    let small = path.with_extension("small.wasm");
    shell::run(shell::program(program).arg("-Oz").args(WASM_FEATURES).arg("-o").arg(&small).arg(path))?;
    std::fs::rename(&small, path)?;
    let after = std::fs::metadata(path)?.len();
    step.end_with(&format!("{} → {}", kilobytes(before as usize), kilobytes(after as usize)));
    Ok(())
}
