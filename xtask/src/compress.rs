//! Smaller on the wire: brotli and gzip at their slowest, once, when a release is built.
//! Always true: what is compressed here is served as it is; nothing is compressed per request.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    // Quality 11 and a window of 4 MB: the whole bundle fits in it.
    let settings = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &settings).context("brotli")?;
    Ok(out)
}

pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Writes `file.br` and `file.gz` beside the file and gives the size of the first.
pub fn beside(path: &Path) -> Result<usize> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let small = brotli(&bytes)?;
    std::fs::write(with_suffix(path, "br"), &small)?;
    std::fs::write(with_suffix(path, "gz"), gzip(&bytes)?)?;
    Ok(small.len())
}

/// Whether compressing this kind of file pays: fonts and pictures are compressed already.
pub fn pays(path: &Path) -> bool {
    let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    matches!(kind, "js" | "wasm" | "css" | "svg" | "txt" | "json" | "webmanifest" | "html" | "xml")
}

fn with_suffix(path: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(".");
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it is wrong")]
    use super::*;

    #[test]
    fn what_is_packed_comes_out_the_same() {
        let text = "een uur is een uur. ".repeat(500);
        let packed = brotli(text.as_bytes()).unwrap();
        assert!(packed.len() < 200);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &packed[..], &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
        let mut back = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&gzip(text.as_bytes()).unwrap()[..]), &mut back).unwrap();
        assert_eq!(back, text);
    }
}
