//! What a partnership holds, as text: two prints are equal exactly when nothing changed between them.

use app::{
    db::{Db, Tx},
    fetch_all,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::PartnershipId;
use uuid::Uuid;

/// Every row that a request could have changed, but sessions and what is written down about signing in. The end of the ledger's
/// chain stands for all postings, and with them for all balances.
pub async fn print(db: &Db, partnership: PartnershipId) -> Vec<String> {
    let mut tx = db.read().await.expect("a reader");
    let tx = &mut tx;
    let mut all = Vec::new();
    all.extend(bookings(tx, partnership.0).await);
    all.extend(agendas(tx, partnership.0).await);
    all.extend(people(tx, partnership.0).await);
    all.extend(pots(tx, partnership.0).await);
    let heads: Vec<(i64, String)> =
        fetch_all!(tx, (i64, String), "select seq, hash from ledger_heads where partnership_id = $1", partnership.0).expect("a head");
    let runs: Vec<(Uuid, String)> = fetch_all!(
        tx,
        (Uuid, String),
        "select id, undone_because from allotments where partnership_id = $1
         union all
         select id, undone_because from divisions where partnership_id = $1
         union all
         select id, state from deviations where partnership_id = $1
         order by 1",
        partnership.0
    )
    .expect("runs");
    all.extend(runs.iter().map(|row| format!("run {row:?}")));
    all.extend(heads.iter().map(|row| format!("head {row:?}")));
    all
}

async fn bookings(tx: &mut Tx, id: Uuid) -> Vec<String> {
    type Row = (Uuid, String, DateTime<Utc>, i64, String, Option<DateTime<Utc>>, Option<i64>, String, String);
    let rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select id, status, starts_at, minutes, reason, closed_at, done_minutes, question, goal from bookings where partnership_id = $1 order by id",
        id
    )
    .expect("bookings");
    let quarters: Vec<(Uuid, i64)> = fetch_all!(
        tx,
        (Uuid, i64),
        "select q.booking_id, q.quarter
         from booking_quarters q
         join bookings b on b.id = q.booking_id
         where b.partnership_id = $1
         order by q.quarter, q.booking_id",
        id
    )
    .expect("quarters");
    rows.iter().map(|row| format!("booking {row:?}")).chain(quarters.iter().map(|row| format!("quarter {row:?}"))).collect()
}

async fn agendas(tx: &mut Tx, id: Uuid) -> Vec<String> {
    let weekly: Vec<(Uuid, i64, i64, i64)> = fetch_all!(
        tx,
        (Uuid, i64, i64, i64),
        "select w.specialist_id, w.weekday, w.from_minute, w.until_minute
         from weekly_hours w
         join specialists s on s.id = w.specialist_id
         where s.partnership_id = $1
         order by w.specialist_id, w.weekday, w.from_minute",
        id
    )
    .expect("weeks");
    type Row = (Uuid, String, NaiveDate, NaiveDate, Option<i64>, Option<i64>, String);
    let exceptions: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select e.id, e.kind, e.starts_on, e.ends_on, e.from_minute, e.until_minute, e.note
         from availability_exceptions e
         join specialists s on s.id = e.specialist_id
         where s.partnership_id = $1
         order by e.id",
        id
    )
    .expect("exceptions");
    weekly.iter().map(|row| format!("week {row:?}")).chain(exceptions.iter().map(|row| format!("exception {row:?}"))).collect()
}

async fn people(tx: &mut Tx, id: Uuid) -> Vec<String> {
    type Row = (Uuid, String, String, Option<String>);
    let people: Vec<Row> =
        fetch_all!(tx, Row, "select id, email, name, password_hash from people where partnership_id = $1 order by id", id).expect("people");
    let roles: Vec<(Uuid, String, Uuid)> = fetch_all!(
        tx,
        (Uuid, String, Uuid),
        "select person_id, role, scope_id from roles where partnership_id = $1 order by person_id, role, scope_id",
        id
    )
    .expect("roles");
    let invitations: Vec<(String, Option<DateTime<Utc>>)> = fetch_all!(
        tx,
        (String, Option<DateTime<Utc>>),
        "select i.token_hash, i.used_at from invitations i join people p on p.id = i.person_id where p.partnership_id = $1 order by i.token_hash",
        id
    )
    .expect("invitations");
    let log = audit_rows(tx, id).await.into_iter().filter(|(what, ..)| what != "sign_in").count();
    let mut all = vec![format!("log of {log}")];
    all.extend(people.iter().map(|row| format!("person {row:?}")));
    all.extend(roles.iter().map(|row| format!("role {row:?}")));
    all.extend(invitations.iter().map(|row| format!("invitation {row:?}")));
    all
}

/// Pots with their wijken, and where every gift, draw and question stands.
async fn pots(tx: &mut Tx, id: Uuid) -> Vec<String> {
    type Row = (Uuid, String, Option<DateTime<Utc>>, String);
    let asked: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select id, state, taken_back_at, reason from donations where partnership_id = $1
         union all
         select id, state, decided_at, reason from draws where partnership_id = $1
         union all
         select id, state, decided_at, decided_because from reserve_requests where partnership_id = $1
         union all
         select id, state, decided_at, reason from booking_extras where partnership_id = $1
         order by 1",
        id
    )
    .expect("gifts, draws and questions");
    let held: Vec<(Uuid, Uuid)> = fetch_all!(
        tx,
        (Uuid, Uuid),
        "select v.draw_id, v.school_id from draw_votes v join draws d on d.id = v.draw_id where d.partnership_id = $1
         union all
         select w.pot_id, w.wijk_id from wijkpot_wijken w join wijkpots p on p.id = w.pot_id where p.partnership_id = $1
         order by 1, 2",
        id
    )
    .expect("voices and wijken");
    asked.iter().map(|row| format!("asked {row:?}")).chain(held.iter().map(|row| format!("held {row:?}"))).collect()
}

/// A line of the audit log: what, who, about what, of which school.
pub type Logged = (String, Option<Uuid>, Option<Uuid>, Option<Uuid>);

async fn audit_rows(tx: &mut Tx, id: Uuid) -> Vec<Logged> {
    fetch_all!(tx, Logged, "select what, person_id, about_id, school_id from audit_log where partnership_id = $1 order by at, id", id)
        .expect("the log")
}

/// The partnership's audit log, oldest first.
pub async fn audit_log(db: &Db, partnership: PartnershipId) -> Vec<Logged> {
    let mut tx = db.read().await.expect("a reader");
    audit_rows(&mut tx, partnership.0).await
}
