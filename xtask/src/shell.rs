//! Paths, programs and progress: how every other part starts a command and tells that it takes a while.
//! Always true: a command runs from the root of the workspace, with nothing on its standard input.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// The root of the workspace.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        // Cargo sets the variable when it runs us; the constant is for a binary started by hand.
        let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        here.parent().expect("xtask lies one folder below the root").to_path_buf()
    })
}

/// Where cargo puts what it builds: `target`, unless the environment or a configuration file says otherwise.
pub fn target() -> Result<&'static Path> {
    static TARGET: OnceLock<PathBuf> = OnceLock::new();
    if let Some(path) = TARGET.get() {
        return Ok(path);
    }
    let text = output_of(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&text).context("cargo metadata printed something that is not JSON")?;
    let path = metadata["target_directory"].as_str().context("cargo metadata names no target_directory")?;
    Ok(TARGET.get_or_init(|| PathBuf::from(path)))
}

/// A command of the toolchain we were started with, without the variables that cargo set for us alone.
pub fn cargo() -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    if is_ci() {
        // Nothing is compiled twice on a CI machine, so writing incremental state only costs time.
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// Any other program, started from the root.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root()).stdin(Stdio::null());
    command
}

pub fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false" && value != "0")
}

/// Runs to the end and says whether it went well.
pub fn status_of(command: &mut Command) -> Result<ExitStatus> {
    command.status().with_context(|| format!("`{}` does not start", name_of(command)))
}

/// Runs to the end; anything but success is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = status_of(command)?;
    if !status.success() {
        bail!("`{}` ended with {status}", name_of(command));
    }
    Ok(())
}

/// Runs quietly and gives what was printed.
pub fn output_of(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("`{}` does not start", name_of(command)))?;
    if !output.status.success() {
        bail!("`{}` ended with {}: {}", name_of(command), output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of this name is on the path.
pub fn find_program(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn name_of(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program()).chain(command.get_args()).map(OsStr::to_string_lossy).collect();
    words.join(" ")
}

/// A step that may take long: says so when it begins, and how long it took when it ends.
pub struct Step {
    title: String,
    begun: Instant,
}

impl Step {
    pub fn begin(title: impl Into<String>) -> Self {
        let title = title.into();
        println!("{title} …");
        Self { title, begun: Instant::now() }
    }

    pub fn end(self) {
        println!("{} … {:.0} s", self.title, self.begun.elapsed().as_secs_f64());
    }

    pub fn end_with(self, what: &str) {
        println!("{} … {:.0} s, {what}", self.title, self.begun.elapsed().as_secs_f64());
    }
}

/// Bytes for people: `427 kB`.
pub fn kilobytes(bytes: usize) -> String {
    format!("{:.1} kB", bytes as f64 / 1000.0)
}
