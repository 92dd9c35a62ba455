//! Programs that the tests need beside Rust: found, installed on Debian and Ubuntu when we may, or named.
//! Always true: nothing is installed unless we are root and something is missing.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::shell::{self, Step};

/// Something a test cannot do without.
pub struct Need {
    pub name: &'static str,
    pub package: &'static str,
    pub found: fn() -> bool,
}

pub const POSTGRES: Need = Need { name: "PostgreSQL", package: "postgresql", found: || crate::postgres::programs().is_some() };
pub const CHROMIUM: Need = Need { name: "Chromium", package: "chromium", found: || chromium().is_some() };
pub const NODE: Need = Need { name: "Node.js", package: "nodejs", found: || shell::find_program("node").is_some() };
pub const NPM: Need = Need { name: "npm", package: "npm", found: || shell::find_program("npm").is_some() };

/// Installs what is missing, or says what to install.
pub fn ensure(needs: &[Need]) -> Result<()> {
    let missing: Vec<_> = needs.iter().filter(|need| !(need.found)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = missing.iter().map(|need| need.name).collect();
    let packages: Vec<_> = missing.iter().map(|need| need.package).collect();
    if !Path::new("/usr/bin/apt-get").is_file() {
        bail!("{} missing: install what your system calls it (on Debian: {})", names.join(" and "), packages.join(" "));
    }
    if !is_root() {
        bail!("{} missing: run `sudo apt-get install {}`", names.join(" and "), packages.join(" "));
    }
    let step = Step::begin(format!("Install {}", names.join(" and ")));
    let apt = || {
        let mut command = shell::program("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    shell::run(apt().args(["update", "-qq"]))?;
    shell::run(apt().args(["install", "-y", "-qq", "--no-install-recommends"]).args(&packages))?;
    step.end();
    match missing.iter().find(|need| !(need.found)()) {
        Some(need) => bail!("the package {} is installed, yet {} is not found", need.package, need.name),
        None => Ok(()),
    }
}

/// The browser: the one named in CHROMIUM, or a usual place.
pub fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|path| path.is_file());
    named.or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(shell::find_program))
}

#[cfg(unix)]
pub fn is_root() -> bool {
    shell::output_of(shell::program("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

#[cfg(not(unix))]
pub fn is_root() -> bool {
    false
}
