//! The demo on your own machine: builds what changed, then becomes the server.
//! Always true: with --watch the old server answers until the new one has compiled.

use std::process::{Child, Command, ExitCode, Stdio};

use anyhow::{Context, Result};
use clap::Args;

use crate::shell::{self, Step};
use crate::site::{self, Mode};
use crate::watch::Watch;

#[derive(Args)]
pub struct Options {
    /// Builds again and restarts when a file in app, server, style, public or migrations changes
    #[arg(long)]
    watch: bool,
    /// Serves the release build: slow to make, fast to use
    #[arg(long, conflicts_with = "watch")]
    release: bool,
    /// Passed on to `wijkpot serve --demo`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let mode = if options.release { Mode::Release } else { Mode::Dev };
    site::build(mode)?;
    build_server(mode)?;
    if options.watch { watch(&options.arguments) } else { become_server(server(mode, &options.arguments)?) }
}

/// Compiles the binary; the same packages as `cargo run` would, so that nothing is built twice.
pub fn build_server(mode: Mode) -> Result<()> {
    let mut cargo = shell::cargo();
    cargo.args(["build", "--package", "server", "--bin", "wijkpot"]);
    if mode == Mode::Release {
        cargo.arg("--release");
    }
    let step = Step::begin("Compile the server");
    shell::run(&mut cargo)?;
    step.end();
    Ok(())
}

/// Where cargo leaves the binary.
pub fn binary(mode: Mode) -> Result<std::path::PathBuf> {
    let profile = if mode == Mode::Release { "release" } else { "debug" };
    Ok(shell::target()?.join(profile).join(format!("wijkpot{}", std::env::consts::EXE_SUFFIX)))
}

fn server(mode: Mode, arguments: &[String]) -> Result<Command> {
    let mut command = Command::new(binary(mode)?);
    command.current_dir(shell::root()).args(["serve", "--demo"]).args(arguments).env("WIJKPOT_SITE", site::folder());
    if std::env::var_os("WIJKPOT_DATA").is_none() {
        command.env("WIJKPOT_DATA", shell::root().join("data"));
    }
    Ok(command)
}

/// Replaces this program, so that Ctrl-C and the exit code are the server's own.
#[cfg(unix)]
fn become_server(mut command: Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("the server does not start")
}

#[cfg(not(unix))]
fn become_server(mut command: Command) -> Result<ExitCode> {
    let status = shell::status_of(&mut command)?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn watch(arguments: &[String]) -> Result<ExitCode> {
    let mut watch = Watch::begin()?;
    let mut running = start(arguments)?;
    loop {
        if let Some(changed) = watch.pause()? {
            println!("{} changed", changed.display());
            match site::build(Mode::Dev).and_then(|()| build_server(Mode::Dev)) {
                Ok(()) => {
                    stop(&mut running)?;
                    running = start(arguments)?;
                }
                Err(error) => eprintln!("{error:#}. The server before this change still runs."),
            }
        }
    }
}

fn start(arguments: &[String]) -> Result<Child> {
    server(Mode::Dev, arguments)?.stdin(Stdio::null()).spawn().context("the server does not start")
}

/// Asks the server to end, so that it closes its database; insists after five seconds.
fn stop(running: &mut Child) -> Result<()> {
    if running.try_wait()?.is_some() {
        return Ok(());
    }
    if shell::program("kill").arg("-TERM").arg(running.id().to_string()).status().is_ok_and(|status| status.success()) {
        for _ in 0..50 {
            std::thread::sleep(std::time::Duration::from_millis(100));
            if running.try_wait()?.is_some() {
                return Ok(());
            }
        }
    }
    running.kill()?;
    running.wait()?;
    Ok(())
}
