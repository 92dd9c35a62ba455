//! `wijkpot serve`: open, listen, answer, stop when asked.

use crate::{
    command,
    config::{Base, Serve},
    connections::{self, Limits},
    jobs::Jobs,
    router, seed,
};
use anyhow::{Context, bail};
use app::{
    db::Db,
    people,
    session::{Site, now},
};
use domain::people::Role;
use std::io::Write;

/// Serves until told to stop (ctrl-c or SIGTERM); requests under way are finished first.
///
/// # Errors
/// With a sentence that says what to do: the address is taken, the database does not open, the demo would be public.
pub async fn run(base: &Base, options: &Serve) -> anyhow::Result<()> {
    let demo = options.demo > 0;
    if options.demo == 1
        && let Some(there) = options.open_to_others(base)
    {
        bail!(
            "De demo laat iedereen inloggen met één klik. {there} kan de hele wereld erbij. Luister op 127.0.0.1 zonder proxy, of zeg --demo \
             twee keer."
        );
    }
    let db = command::open(base).await?;
    if demo {
        set_the_stage(&db).await?;
    }
    let listener = connections::listen(base.addr).with_context(|| {
        format!("Op {} kan de server niet luisteren. Is er al een gestart? Kies een ander adres met WIJKPOT_ADDR.", base.addr)
    })?;
    let address = listener.local_addr()?;
    let url = base.public_url(address);
    let site = Site { db: db.clone(), demo, url: url.clone(), behind_proxy: options.behind_proxy };
    let jobs = Jobs::start(db.clone());
    say(&format!("Wijkpot staat klaar op {url}"));
    if demo {
        say_cast(&db).await?;
    }
    let stop = async {
        told_to_stop().await;
        // A page that listens would keep its connection open for minutes.
        db.end_changes();
    };
    let mut limits = Limits::default();
    if options.behind_proxy {
        // Everybody comes from the proxy's address.
        limits.of_one_address = None;
    }
    connections::serve(listener, router::router(site), limits, stop).await;
    jobs.stop().await;
    db.close().await;
    Ok(())
}

/// Tells the demo on the first start; says so when it took place.
async fn set_the_stage(db: &Db) -> anyhow::Result<()> {
    let report = seed::seed(db, now(), &say).await.context("Het voorbeeld is niet klaargezet. Er is niets bewaard.")?;
    if report.is_new {
        say(&format!("Voorbeeld klaargezet: {}.", report.sentence()));
    }
    Ok(())
}

/// Who one can be with one click, in the order of the roles.
async fn say_cast(db: &Db) -> anyhow::Result<()> {
    let mut tx = db.read().await?;
    let mut cast = people::sql::cast(&mut tx).await?;
    cast.sort_by_key(|member| Role::from_code(&member.role));
    say("Log in met één klik als:");
    for member in cast {
        let role = Role::from_code(&member.role).map_or("", Role::dutch);
        say(&format!("  {}, {role}, {}", member.name, member.place));
    }
    Ok(())
}

/// What the command line prints for people and scripts. Whoever stops reading misses the rest; the command goes on.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

async fn told_to_stop() {
    let interrupted = async { tokio::signal::ctrl_c().await.ok() };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        _ = interrupted => {}
        () = terminated => {}
    }
    tracing::info!("stopping: finishing what is under way");
}
