//! The release binary as it runs for people: `wijkpot serve --demo` on a free loopback port.
//! Always true: it ends with the measurement, also when that fails.

use crate::engine::Engine;
use anyhow::{Context, Result, bail};
use std::{
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Telling the demo may take fifteen seconds; on a busy machine more.
const READY_WITHIN: Duration = Duration::from_secs(180);
/// Requests under way are finished first.
const STOPPED_WITHIN: Duration = Duration::from_secs(10);

/// A server that answers.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where.
    pub address: SocketAddr,
}

impl Server {
    /// Starts it, and says how long it took until it answered.
    pub async fn start(binary: &Path, engine: &Engine) -> Result<(Self, Duration)> {
        let binary = binary.canonicalize().with_context(|| format!("{}: build it with `cargo xtask build`", binary.display()))?;
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let began = Instant::now();
        let child = Command::new(&binary)
            .args(["serve", "--demo"])
            .env("DATABASE_URL", &engine.url)
            .env("WIJKPOT_DATA", engine.folder())
            .env("WIJKPOT_ADDR", address.to_string())
            .env_remove("RUST_LOG")
            .env_remove("WIJKPOT_URL")
            .env_remove("WIJKPOT_SITE")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(engine.log())?)
            .spawn()
            .with_context(|| binary.display().to_string())?;
        let mut server = Self { child, address };
        while !server.is_ready().await {
            if let Some(status) = server.child.try_wait()? {
                bail!("the server ended ({status}): {}", fs::read_to_string(engine.log())?);
            }
            if began.elapsed() > READY_WITHIN {
                bail!("the server does not answer: {}", fs::read_to_string(engine.log())?);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok((server, began.elapsed()))
    }

    async fn is_ready(&self) -> bool {
        let mut client = crate::client::Client::new(self.address);
        matches!(client.get("/readyz").await, Ok(reply) if reply.status == 200)
    }

    /// Resident memory in bytes; none where there is no /proc.
    pub fn resident(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
    }

    /// Asks it to end; insists after ten seconds.
    pub async fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        let began = Instant::now();
        while asked.as_ref().is_ok_and(|status| status.success()) && began.elapsed() < STOPPED_WITHIN {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
