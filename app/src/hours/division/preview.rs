//! A way to divide that a board looks at before it posts it. Always true: what is posted is what was looked at, to the quarter; when
//! something else moved meanwhile, the board looks again.

use super::{ChangeLine, DivisionPreview};
use crate::{
    AppError,
    db::Tx,
    hours::{
        allotment::{OVER_SCHOOLS, moved, posted},
        sql,
        verbs::{self, Table, open_months},
    },
    session::Me,
};
use chrono::{DateTime, Utc};
use domain::{
    BoardId, DivisionId, Minutes, Refusal,
    hours::{Holder, HolderKind, PostingKind, SchoolYear, Standing, Transfer, Way, chain::idempotency_conflict},
};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Keeps a way to divide, when it could be posted.
pub(super) async fn keep(tx: &mut Tx, me: &Me, place: (BoardId, SchoolYear), way: &Way, now: DateTime<Utc>) -> Result<(), AppError> {
    looked_at(tx, me, place, way, now).await?;
    sql::put_division_draft(tx, me.partnership(), place, &written(way)?, me.person(), now).await?;
    Ok(())
}

/// What the kept way leads to; none when there is none.
pub(super) async fn preview(
    tx: &mut Tx,
    me: &Me,
    (board, year): (BoardId, SchoolYear),
    standing: &Standing,
    now: DateTime<Utc>,
) -> Result<Option<(Way, DivisionPreview)>, AppError> {
    let Some(text) = sql::division_draft(tx, me.partnership(), board, year).await? else { return Ok(None) };
    let way: Way = serde_json::from_str(&text).map_err(|_| AppError::Internal)?;
    let shown = match looked_at(tx, me, (board, year), &way, now).await {
        Ok(transfers) => {
            let schools = sql::schools_of(tx, me.partnership(), board).await?;
            DivisionPreview {
                way: way.dutch().to_owned(),
                digest: digest(&text, &transfers),
                refusal: None,
                lines: lines(board, &schools, standing, &transfers, &open_months(standing, year, now)),
                posts: posts(&transfers),
            }
        }
        // A school spent what would go back, or nothing is left to change.
        Err(AppError::Refused(refusal)) => {
            DivisionPreview { way: way.dutch().to_owned(), refusal: Some(refusal), ..DivisionPreview::default() }
        }
        Err(error) => return Err(error),
    };
    Ok(Some((way, shown)))
}

/// Posts the way that was looked at; answers what moved. The same form sent twice answers the same.
pub(super) async fn post(
    tx: &mut Tx,
    me: &Me,
    (board, year): (BoardId, SchoolYear),
    seen: &str,
    key: &str,
    now: DateTime<Utc>,
) -> Result<String, AppError> {
    let partnership = me.partnership();
    if let Some(run) = sql::division_by_key(tx, partnership, key).await? {
        let place = sql::place_of_division(tx, partnership, run.id.into()).await?;
        let same = place == Some((board, i64::from(year.0))) && seen.starts_with(&hash(&run.inputs));
        return if same { Ok(posted(&run)) } else { Err(idempotency_conflict().into()) };
    }
    let changed = || {
        let advice = "Er is niets geboekt. Bekijk de verdeling opnieuw en boek dan.";
        Refusal::new("draft_changed", "Het voorbeeld is intussen anders", advice)
    };
    let text = sql::division_draft(tx, partnership, board, year).await?.ok_or_else(changed)?;
    let way: Way = serde_json::from_str(&text).map_err(|_| AppError::Internal)?;
    let transfers = looked_at(tx, me, (board, year), &way, now).await?;
    if digest(&text, &transfers) != seen {
        return Err(changed().into());
    }
    verbs::divide(tx, partnership, Some(me.person()), board, year, &way, key, now).await?;
    sql::drop_division_draft(tx, partnership, board, year).await?;
    Ok(posts(&transfers))
}

async fn looked_at(tx: &mut Tx, me: &Me, place: (BoardId, SchoolYear), way: &Way, now: DateTime<Utc>) -> Result<Vec<Transfer>, AppError> {
    verbs::division(tx, me.partnership(), place, way, DivisionId(Uuid::nil()), now).await
}

fn written(way: &Way) -> Result<String, AppError> {
    serde_json::to_string(way).map_err(|_| AppError::Internal)
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Of the way and of what it moves, so that either shows when it changed.
fn digest(way: &str, transfers: &[Transfer]) -> String {
    let moves: Vec<String> = transfers.iter().map(|one| format!("{:?} {:?} {}", one.from, one.to, one.minutes.0)).collect();
    hash(way) + &hash(&moves.join("\n"))
}

fn sum(transfers: &[Transfer], of: impl Fn(&Transfer) -> bool) -> Minutes {
    transfers.iter().filter(|one| of(one)).map(|one| one.minutes).sum()
}

fn posts(transfers: &[Transfer]) -> String {
    let back = sum(transfers, |one| one.kind == PostingKind::Reduction);
    let out = sum(transfers, |one| one.kind != PostingKind::Reduction);
    moved(out, back, i64::try_from(transfers.len()).unwrap_or(i64::MAX), OVER_SCHOOLS)
}

/// What the board itself and each school have now, and would have.
fn lines(
    board: BoardId,
    schools: &[sql::SchoolRow],
    standing: &Standing,
    transfers: &[Transfer],
    months: &[domain::hours::Month],
) -> Vec<ChangeLine> {
    let suppliers: BTreeSet<_> = standing.keys().map(|account| account.bucket.supplier).collect();
    let tables: Vec<Table<'_>> =
        suppliers.iter().map(|supplier| Table { standing, supplier: *supplier, board: Holder::board(board), months }).collect();
    let line = |name: &str, holder: Holder, now: Minutes| {
        let change = sum(transfers, |one| one.to.holder == holder) - sum(transfers, |one| one.from.holder == holder);
        let sign = if change < Minutes::ZERO { '−' } else { '+' };
        ChangeLine {
            name: name.to_owned(),
            now: now.to_string(),
            after: (now + change).to_string(),
            difference: if change == Minutes::ZERO { String::new() } else { format!("{sign}\u{a0}{}", Minutes(change.0.abs())) },
        }
    };
    debug_assert!(transfers.iter().all(|one| one.from.holder.kind == HolderKind::Board || one.to.holder.kind == HolderKind::Board));
    let own = line("Het bestuur zelf", Holder::board(board), tables.iter().map(Table::idle).sum());
    let all = schools
        .iter()
        .map(|school| line(&school.name, Holder::school(school.id.into()), tables.iter().map(|table| table.school(school.id).0).sum()));
    std::iter::once(own).chain(all).collect()
}
