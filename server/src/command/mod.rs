//! The commands, each a few lines: open the database, do it, say what was done.

mod accounts;
pub mod check;
pub mod export;
pub mod months;

use crate::{
    config::{Base, Cli, Command},
    import, serve,
};
use anyhow::Context;
use app::db::Db;
use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};
use tracing_subscriber::EnvFilter;

/// What a shell gets when the options themselves do not hold, as clap gives it.
const USAGE: u8 = 2;

/// Runs a command to its exit code: 0 done, 1 refused or something found, 2 usage.
pub async fn run(cli: Cli) -> ExitCode {
    log(&cli.base);
    if let Command::Import(options) = &cli.command
        && let Err(sentence) = import::usage(options)
    {
        complain(&anyhow::anyhow!("{sentence} Zie wijkpot import --help."));
        return ExitCode::from(USAGE);
    }
    let done = match cli.command {
        Command::Serve(options) => serve::run(&cli.base, &options).await.map(|()| true),
        other => match open(&cli.base).await {
            Ok(db) => with_database(&db, &cli.base, other).await,
            Err(error) => Err(error),
        },
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

async fn with_database(db: &Db, base: &Base, command: Command) -> anyhow::Result<bool> {
    let url = base.public_url(base.addr);
    match command {
        Command::Serve(_) => {}
        Command::CreateAdmin { email, name, partnership } => {
            accounts::create_admin(db, &url, &email, &name, partnership.as_deref()).await?
        }
        Command::Invite { email } => accounts::invite(db, &url, &email).await?,
        Command::Import(options) => return import::command(db, &options, app::session::now()).await,
        Command::Export(options) => {
            export::balances(db, &options.partnership, options.school_year, std::io::stdout()).await?;
        }
        Command::CloseMonth { partnership, month, dry_run } => {
            months::close(db, partnership.as_deref(), month, dry_run, app::session::now(), serve::say).await?;
        }
        Command::Check => return check::all(db, serve::say).await,
    }
    Ok(true)
}

/// Opens the database of this configuration, making the data folder when needed.
///
/// # Errors
/// With a sentence that says which database and what to do.
pub async fn open(base: &Base) -> anyhow::Result<Db> {
    if base.database_url.is_none() {
        std::fs::create_dir_all(&base.data)
            .with_context(|| format!("De gegevensmap {} is niet te maken. Kies een andere met WIJKPOT_DATA.", base.data.display()))?;
    }
    let url = base.database();
    Db::open(&url)
        .await
        .with_context(|| format!("De database {} gaat niet open. Controleer DATABASE_URL of WIJKPOT_DATA.", without_password(&url)))
}

fn complain(error: &anyhow::Error) {
    let _ = writeln!(std::io::stderr(), "{error:#}");
}

/// The address without what opens it: no name and password before the `@`, and nothing after the `?`.
fn without_password(url: &str) -> String {
    let url = url.split('?').next().unwrap_or(url);
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
    }
}

fn log(base: &Base) {
    let filter = EnvFilter::try_from_env("RUST_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let logger = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    if base.log == "json" { logger.json().init() } else { logger.init() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_without_its_password_wherever_it_stands() {
        assert_eq!(without_password("postgres://jan:geheim@db.example:5432/wijkpot"), "postgres://…@db.example:5432/wijkpot");
        assert_eq!(without_password("postgres://db.example/wijkpot?user=jan&password=ge@heim"), "postgres://db.example/wijkpot");
        assert_eq!(without_password("sqlite:data/wijkpot.db"), "sqlite:data/wijkpot.db");
    }
}
