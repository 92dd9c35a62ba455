//! A PostgreSQL of our own for the length of a test run: fresh, fast, unsafe for anything you want to keep.
//! Always true: it is gone afterwards, also when the run fails, is interrupted or killed.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::debian;
use crate::shell::{self, Step};

/// Stops the server and removes its folder as soon as our end of its standard input closes, whatever closed it.
const GUARD: &str = r#"
trap '' INT TERM HUP
folder=$1; shift
while read -r _; do :; done
"$@" -D "$folder/data" -m immediate -s stop >/dev/null 2>&1
rm -rf "$folder"
"#;

pub struct Postgres {
    guard: Child,
    pub url: String,
}

impl Postgres {
    /// Makes a cluster in a temporary folder and starts it on a free port.
    pub fn start() -> Result<Self> {
        let programs = programs().context("PostgreSQL is not installed")?;
        let step = Step::begin("Start a throw-away PostgreSQL");
        let folder = new_folder()?;
        let guard = guard(&folder, &programs)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        // From here the guard clears up: dropping it closes its standard input.
        let postgres = Self { guard, url: format!("postgres://postgres@127.0.0.1:{port}/postgres") };
        run(unprivileged(&programs.join("initdb")).arg("-D").arg(folder.join("data")).args([
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ]))?;
        let settings = format!(
            "-p {port} -k '{}' -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
             -c max_connections=300 -c shared_buffers=128MB",
            folder.display()
        );
        run(unprivileged(&programs.join("pg_ctl"))
            .arg("-D")
            .arg(folder.join("data"))
            .args(["-w", "-t", "60", "-s"])
            .arg("-o")
            .arg(settings)
            .arg("-l")
            .arg(folder.join("log"))
            .arg("start"))
        .with_context(|| fs::read_to_string(folder.join("log")).unwrap_or_default())?;
        step.end();
        Ok(postgres)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// The folder with initdb and its siblings: on the path, or where Debian keeps them (the newest version).
pub fn programs() -> Option<PathBuf> {
    let complete = |folder: &PathBuf| ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).is_file());
    let mut debian: Vec<_> =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin")).collect();
    debian.sort_by_key(|folder| version_in(folder));
    let on_path = shell::find_program("initdb").and_then(|path| path.canonicalize().ok()).and_then(|path| path.parent().map(PathBuf::from));
    debian.into_iter().rev().chain(on_path).find(complete)
}

/// 15 for /usr/lib/postgresql/15/bin.
fn version_in(folder: &Path) -> u32 {
    folder.iter().filter_map(|part| part.to_str()?.parse().ok()).next_back().unwrap_or(0)
}

/// PostgreSQL refuses to run as root, so the folder belongs to the user it will run as.
fn new_folder() -> Result<PathBuf> {
    let folder = shell::output_of(shell::program("mktemp").args(["-d", "-t", "wijkpot-postgres-XXXXXX"]))?;
    let folder = PathBuf::from(folder.trim());
    if let Some(user) = user()? {
        shell::run(shell::program("chown").arg(user).arg(&folder))?;
    }
    Ok(folder)
}

fn guard(folder: &Path, programs: &Path) -> Result<Child> {
    let stop = unprivileged(&programs.join("pg_ctl"));
    let mut command = shell::program("sh");
    command.arg("-c").arg(GUARD).arg("guard").arg(folder).arg(stop.get_program()).args(stop.get_args());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().context("the guard of PostgreSQL does not start")
}

/// The user for a root's PostgreSQL; none when we are not root and may run it ourselves.
fn user() -> Result<Option<&'static str>> {
    if !debian::is_root() {
        return Ok(None);
    }
    let known = |name: &&str| shell::output_of(shell::program("id").arg("-u").arg(name)).is_ok();
    match ["postgres", "nobody"].into_iter().find(known) {
        Some(name) => Ok(Some(name)),
        None => bail!("PostgreSQL does not run as root, and there is neither a user postgres nor nobody"),
    }
}

fn unprivileged(name: &Path) -> Command {
    let mut command = match user() {
        Ok(Some(user)) => {
            let mut command = shell::program("runuser");
            command.args(["-u", user, "--"]).arg(name);
            command
        }
        _ => shell::program(name),
    };
    // The root's own folder may be closed to this user.
    command.current_dir("/");
    command
}

/// Quiet, because initdb is talkative; what it said appears when it fails. A file takes the output, as pg_ctl's server would keep a pipe open.
fn run(command: &mut Command) -> Result<()> {
    let said = shell::output_of(shell::program("mktemp").args(["-t", "wijkpot-said-XXXXXX"]))?;
    let said = PathBuf::from(said.trim());
    let file = fs::File::create(&said)?;
    let status = shell::status_of(command.stdout(file.try_clone()?).stderr(file));
    let text = fs::read_to_string(&said).unwrap_or_default();
    let _ = fs::remove_file(&said);
    match status?.success() {
        true => Ok(()),
        false => bail!("{}: {}", command.get_program().to_string_lossy(), text.trim()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it is wrong")]
    use super::*;

    #[test]
    fn the_newest_version_wins() {
        assert!(version_in(Path::new("/usr/lib/postgresql/9/bin")) < version_in(Path::new("/usr/lib/postgresql/17/bin")));
    }

    #[test]
    fn a_throw_away_server_answers_and_leaves_nothing_behind() {
        if programs().is_none() {
            return;
        }
        let postgres = Postgres::start().unwrap();
        let port = postgres.url.rsplit([':', '/']).nth(1).unwrap().to_owned();
        assert!(std::net::TcpStream::connect(format!("127.0.0.1:{port}")).is_ok());
        drop(postgres);
        assert!(std::net::TcpStream::connect(format!("127.0.0.1:{port}")).is_err());
    }
}
