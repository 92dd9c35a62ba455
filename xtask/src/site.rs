//! The folder target/site: what the server hands out as files, and `pkg/bundle.json`, which tells it the hashed names.
//! Always true: after `build` the folder holds exactly the files of one bundle, never a mixture of two.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::bundle;
use crate::compress;
use crate::css;
use crate::shell::{self, Step};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Quick to build; read from disk by the server.
    Dev,
    /// Small, compressed, embedded in the server.
    Release,
}

impl Mode {
    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }
}

/// Where the server finds the site: fixed, because its source names this folder.
pub fn folder() -> PathBuf {
    shell::root().join("target/site")
}

/// The server does not compile when the folder it embeds is missing.
pub fn ensure_folder() -> Result<()> {
    fs::create_dir_all(folder().join("pkg")).context("target/site")
}

/// Brings target/site up to date; parts whose sources did not change are taken as they were.
pub fn build(mode: Mode) -> Result<()> {
    ensure_folder()?;
    let cache = shell::root().join("target/xtask").join(mode.folder());

    let compiled = bundle::compile(mode)?;
    let script_key = [hash(&fs::read(&compiled)?), u8::from(bundle::wasm_opt().is_some()).to_string()].join(" ");
    let script = part(&cache.join("script"), &script_key, mode, |folder| write_script(&compiled, mode, &cache.join("bindgen"), folder))?;

    let entry = shell::root().join("style/main.css");
    anyhow::ensure!(entry.is_file(), "style/main.css is missing: there is no stylesheet to bundle");
    let style = part(&cache.join("style"), &hash_of_folder(&shell::root().join("style"))?, mode, |folder| {
        let step = Step::begin("Bundle the stylesheets");
        write_hashed(&folder.join("pkg"), "css", css::bundle(&entry, mode == Mode::Release)?.as_bytes())?;
        step.end();
        Ok(())
    })?;

    let public_source = shell::root().join("public");
    let public = part(&cache.join("public"), &hash_of_folder(&public_source)?, mode, |folder| {
        for path in files_below(&public_source)? {
            write(&folder.join(relative(&path, &public_source)), &fs::read(&path)?)?;
        }
        Ok(())
    })?;

    publish(&[script, style, public])
}

/// A part of the site in a folder of its own, made anew when its key changed.
fn part(folder: &Path, key: &str, mode: Mode, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let stamp = folder.with_extension("key");
    let key = format!("{key} {}", identity()?);
    if fs::read_to_string(&stamp).is_ok_and(|made_with| made_with == key) {
        return Ok(folder.to_path_buf());
    }
    let _ = fs::remove_file(&stamp);
    empty_folder(folder)?;
    make(folder)?;
    if mode == Mode::Release {
        let step = Step::begin(format!("Compress {}", folder.file_name().unwrap_or_default().to_string_lossy()));
        for path in files_below(folder)?.iter().filter(|path| compress::pays(path)) {
            compress::beside(path)?;
        }
        step.end();
    }
    fs::write(&stamp, key)?;
    Ok(folder.to_path_buf())
}

/// A changed build tool may make something else of the same sources.
fn identity() -> Result<String> {
    let me = fs::metadata(std::env::current_exe()?)?;
    Ok(format!("{} {:?}", me.len(), me.modified()?))
}

fn write_script(compiled: &Path, mode: Mode, scratch: &Path, folder: &Path) -> Result<()> {
    let bundle = bundle::bind(compiled, mode, scratch)?;
    let pkg = folder.join("pkg");
    write_hashed(&pkg, "wasm", &bundle.wasm)?;
    let script = write_snippets(&pkg, &bundle)?;
    write_hashed(&pkg, "js", script.as_bytes())?;
    Ok(())
}

/// Snippets get a folder named after their content, so that they too may be cached for ever; gives the script that imports them there.
fn write_snippets(pkg: &Path, bundle: &bundle::Bundle) -> Result<String> {
    if bundle.snippets.is_empty() {
        return Ok(bundle.script.clone());
    }
    let mut all = Sha256::new();
    for (path, bytes) in &bundle.snippets {
        all.update(path.as_bytes());
        all.update(bytes);
    }
    let name = format!("snippets.{}", &hex::encode(all.finalize())[..16]);
    for (path, bytes) in &bundle.snippets {
        write(&pkg.join(&name).join(path), bytes)?;
    }
    Ok(bundle.script.replace("./snippets/", &format!("./{name}/")))
}

fn write_hashed(pkg: &Path, kind: &str, bytes: &[u8]) -> Result<()> {
    write(&pkg.join(format!("wijkpot.{}.{kind}", hash(bytes))), bytes)
}

/// Makes target/site the union of the parts: copies what differs, names the hashed files, removes what is no longer there.
fn publish(parts: &[PathBuf]) -> Result<()> {
    let site = folder();
    let mut wanted = BTreeMap::new();
    for part in parts {
        for path in files_below(part)? {
            wanted.insert(relative(&path, part), fs::read(&path)?);
        }
    }
    let names = bundle_json(wanted.keys().map(String::as_str))?;
    wanted.insert("pkg/bundle.json".to_owned(), names.into_bytes());
    for (name, bytes) in &wanted {
        let path = site.join(name);
        if fs::read(&path).ok().as_ref() != Some(bytes) {
            write(&path, bytes)?;
        }
    }
    for path in files_below(&site)? {
        if !wanted.contains_key(&relative(&path, &site)) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// `{"css":"/pkg/wijkpot.….css","js":…,"wasm":…}`
fn bundle_json<'a>(names: impl Iterator<Item = &'a str>) -> Result<String> {
    let mut paths = serde_json::Map::new();
    for name in names.filter(|name| name.starts_with("pkg/wijkpot.")) {
        let kind = name.rsplit('.').next().unwrap_or_default();
        if matches!(kind, "js" | "wasm" | "css") {
            paths.insert(kind.to_owned(), format!("/{name}").into());
        }
    }
    anyhow::ensure!(paths.len() == 3, "the bundle should hold a js, a wasm and a css file, and holds {:?}", paths.keys());
    Ok(serde_json::to_string(&paths)?)
}

/// The file of the site with this ending, from bundle.json.
pub fn bundled(kind: &str) -> Result<PathBuf> {
    let names: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder().join("pkg/bundle.json"))?)?;
    let path = names[kind].as_str().with_context(|| format!("bundle.json names no {kind}"))?;
    Ok(folder().join(path.trim_start_matches('/')))
}

/// First 16 hexadecimals of SHA-256: 64 bits, ample for a handful of files.
pub fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))[..16].to_owned()
}

fn hash_of_folder(folder: &Path) -> Result<String> {
    let mut all = Vec::new();
    for path in files_below(folder)? {
        all.extend_from_slice(relative(&path, folder).as_bytes());
        all.extend_from_slice(hash(&fs::read(&path)?).as_bytes());
    }
    Ok(hash(&all))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    fs::write(path, bytes).with_context(|| path.display().to_string())
}

pub fn empty_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())
}

/// Every file below the folder, sorted; none when it does not exist.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The path below the folder, with slashes.
pub fn relative(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it is wrong")]
    use super::*;

    #[test]
    fn bundle_json_names_the_hashed_files_and_not_their_compressed_sisters() {
        let names =
            ["icon.svg", "pkg/wijkpot.0a.css", "pkg/wijkpot.0a.css.br", "pkg/wijkpot.1b.js", "pkg/wijkpot.1b.js.gz", "pkg/wijkpot.2c.wasm"];
        let json = bundle_json(names.into_iter()).unwrap();
        assert_eq!(json, r#"{"css":"/pkg/wijkpot.0a.css","js":"/pkg/wijkpot.1b.js","wasm":"/pkg/wijkpot.2c.wasm"}"#);
    }

    #[test]
    fn a_bundle_without_a_stylesheet_is_refused() {
        assert!(bundle_json(["pkg/wijkpot.1b.js", "pkg/wijkpot.2c.wasm"].into_iter()).is_err());
    }

    #[test]
    fn snippets_move_to_a_folder_named_after_their_content() {
        let folder = std::env::temp_dir().join(format!("xtask-snippets-{}", std::process::id()));
        let snippets = BTreeMap::from([("gloo-1a/inline0.js".to_owned(), b"export const a = 1;".to_vec())]);
        let bundle = bundle::Bundle { script: "import { a } from './snippets/gloo-1a/inline0.js';".to_owned(), wasm: Vec::new(), snippets };
        let script = write_snippets(&folder, &bundle).unwrap();
        let name = script.split('/').nth(1).unwrap();
        assert!(name.starts_with("snippets.") && name.len() == "snippets.".len() + 16, "{script}");
        assert!(folder.join(name).join("gloo-1a/inline0.js").is_file());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_part_is_made_again_only_when_its_key_changes() {
        let folder = std::env::temp_dir().join(format!("xtask-part-{}", std::process::id())).join("style");
        let mut made = 0;
        for key in ["one", "one", "two"] {
            part(&folder, key, Mode::Dev, |folder| {
                made += 1;
                write(&folder.join("a.css"), b"a{}")
            })
            .unwrap();
        }
        assert_eq!(made, 2);
        fs::remove_dir_all(folder.parent().unwrap()).unwrap();
    }
}
