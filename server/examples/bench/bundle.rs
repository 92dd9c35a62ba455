//! What a browser downloads before a page is live: the script and the wasm of the release in target/site.
//! Always true: the compressed size is that of the file the server sends, not an estimate.

use crate::report::{Report, Row};
use anyhow::{Context, Result};
use std::{fs, path::Path};

/// About two seconds on a phone's slow connection (1.6 Mbit/s).
const BROTLI_MAX: u64 = 300_000;

pub fn measure(report: &mut Report) -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site/pkg");
    let (mut raw, mut brotli) = (0, 0);
    for kind in ["js", "wasm"] {
        let (plain, small) = sizes(&folder, kind)?;
        (raw, brotli) = (raw + plain, brotli + small);
        report.add(row(format!("browser bundle, {kind}"), small, plain));
    }
    report.add(row("browser bundle".to_owned(), brotli, raw).aiming("≤ 300 kB brotli", brotli <= BROTLI_MAX));
    Ok(())
}

fn row(what: String, brotli: u64, raw: u64) -> Row {
    Row { what, value: brotli as f64 / 1000.0, unit: "kB", note: format!("brotli; {:.0} kB raw", raw as f64 / 1000.0), ..Row::default() }
}

/// Bytes as they are and as brotli.
fn sizes(folder: &Path, kind: &str) -> Result<(u64, u64)> {
    let ending = format!(".{kind}");
    let mut files = fs::read_dir(folder).with_context(|| folder.display().to_string())?.flatten();
    let file = files.find(|file| file.file_name().to_string_lossy().ends_with(&ending)).map(|file| file.path());
    let file = file.with_context(|| format!("no {ending} in {}: run `cargo xtask build` first", folder.display()))?;
    let mut small = file.clone().into_os_string();
    small.push(".br");
    let small = fs::metadata(&small).context("the bundle in target/site is not that of a release: run `cargo xtask build`")?;
    Ok((fs::metadata(&file)?.len(), small.len()))
}
