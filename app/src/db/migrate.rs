//! Bringing tables up to date. Always true here: two servers that start at once run each migration once, and a migration that
//! was applied is never edited (its hash is kept and compared).

use super::{Db, Engine, Result, Tx};
use crate::{execute, fetch_all};
use sha2::{Digest, Sha256};

struct Migration {
    name: &'static str,
    sqlite: &'static [&'static str],
    postgres: &'static [&'static str],
}

/// A text for both engines, perhaps with one for each, or one for PostgreSQL alone.
macro_rules! migration {
    ($name:literal $(+ $guards:literal)?) => {
        Migration {
            name: $name,
            sqlite: &[include_str!(concat!("../../../migrations/", $name, ".sql")), $(include_str!(concat!("../../../migrations/sqlite/", $guards, ".sql")))?],
            postgres: &[include_str!(concat!("../../../migrations/", $name, ".sql")), $(include_str!(concat!("../../../migrations/postgres/", $guards, ".sql")))?],
        }
    };
    (postgres $name:literal) => {
        Migration { name: $name, sqlite: &[], postgres: &[include_str!(concat!("../../../migrations/postgres/", $name, ".sql"))] }
    };
}

const MIGRATIONS: &[Migration] = &[
    migration!("0001_organisations"),
    migration!("0002_people"),
    migration!("0003_experts"),
    migration!("0004_hours" + "0004_ledger_guards"),
    migration!("0005_bookings"),
    migration!("0006_known_addresses"),
    migration!("0007_wijkpots"),
    migration!("0008_allotments"),
    migration!("0009_months"),
    migration!("0010_reports" + "0010_sums_guards"),
    migration!("0011_taken"),
    migration!("0012_draws_back"),
    migration!("0013_division_drafts"),
    migration!("0014_moved_bookings"),
    migration!("0015_revisions"),
    migration!(postgres "0016_sums_at_once"),
    migration!("0017_chain" + "0017_chain_guards"),
];

/// The key of the lock that migrating servers wait for on PostgreSQL; any fixed number no partnership's id is likely to give.
const LOCK: i64 = 0x5769_6a6b_706f_7400;

impl Db {
    /// Runs what has not run yet, in one transaction.
    ///
    /// # Errors
    /// When a statement fails, or an applied migration's text was changed afterwards. Then nothing changed.
    pub async fn migrate(&self) -> Result<()> {
        let mut tx = self.write_much_unscoped().await?;
        if let Tx::Postgres(inner) = &mut tx {
            sqlx::query("select pg_advisory_xact_lock($1)").bind(LOCK).execute(&mut **inner).await?;
        }
        self.apply(&mut tx).await?;
        tx.commit().await
    }

    async fn apply(&self, tx: &mut Tx) -> Result<()> {
        execute!(tx, "create table if not exists migrations (name text primary key, sha256 text not null)")?;
        let applied: Vec<(String, String)> = fetch_all!(tx, (String, String), "select name, sha256 from migrations order by name")?;
        for migration in MIGRATIONS {
            let texts = if self.engine() == Engine::Sqlite { migration.sqlite } else { migration.postgres };
            let hash = hex::encode(Sha256::digest(texts.concat().as_bytes()));
            match applied.iter().find(|(name, _)| name == migration.name) {
                Some((_, known)) if *known == hash => {}
                Some(_) => {
                    let text =
                        format!("migratie {} is na het uitvoeren veranderd; gebruik de versie die deze database maakte", migration.name);
                    return Err(sqlx::Error::Configuration(text.into()));
                }
                None => {
                    for text in texts {
                        match &mut *tx {
                            Tx::Sqlite(tx, _) => sqlx::raw_sql(*text).execute(&mut **tx).await.map(drop)?,
                            Tx::Postgres(tx) => sqlx::raw_sql(*text).execute(&mut **tx).await.map(drop)?,
                        }
                    }
                    execute!(tx, "insert into migrations (name, sha256) values ($1, $2)", migration.name, &hash)?;
                    tracing::info!(migration = migration.name, "applied");
                }
            }
        }
        Ok(())
    }
}
