//! A partnership's policy on both engines: what was chosen comes back, what is refused changes nothing, and another partnership keeps
//! its own.

mod support;

use app::{
    AppError,
    db::{Db, Tx},
    fetch_all, organisations, people,
};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId, PersonId,
    policy::{BoardConsent, Policy, Setting},
};
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    "2026-11-17T11:00:00Z".parse().expect("a moment")
}

async fn partnership(tx: &mut Tx, code: &str) -> (PartnershipId, PersonId) {
    let partnership = organisations::sql::put_partnership(tx, code, None, now()).await.expect("a partnership");
    let person = PersonId(Uuid::now_v7());
    let email = format!("{}@swv.example", person.0.simple());
    people::sql::insert(tx, partnership, person, &email, "Wietske Poelstra", now()).await.expect("a person");
    (partnership, person)
}

async fn policy(db: &Db, partnership: PartnershipId) -> Policy {
    let mut tx = db.read().await.expect("a reader");
    organisations::sql::policy(&mut tx, partnership).await.expect("a policy")
}

async fn set(db: &Db, partnership: PartnershipId, by: PersonId, setting: Setting, typed: &str) -> Result<(), AppError> {
    let mut tx = db.write(partnership).await?;
    organisations::verbs::set_policy(&mut tx, partnership, by, setting, typed, now()).await?;
    Ok(tx.commit().await?)
}

#[tokio::test]
async fn a_choice_is_kept_for_its_own_partnership_and_written_down_once() {
    for test in support::databases().await {
        let (db, name) = (&test.db, test.name);
        let mut tx = db.write_unscoped().await.expect("a writer");
        let (here, wietske) = partnership(&mut tx, "PO3002").await;
        let (elsewhere, _) = partnership(&mut tx, "PO2801").await;
        tx.commit().await.expect("committed");

        assert_eq!(policy(db, here).await, Policy::default(), "{name}");
        set(db, here, wietske, Setting::DrawCap, "480").await.expect("chosen");
        set(db, here, wietske, Setting::BoardConsent, "required").await.expect("chosen");
        set(db, here, wietske, Setting::DrawCap, "480").await.expect("chosen already");
        let refused = set(db, here, wietske, Setting::NoticeDay, "31").await.expect_err("refused");
        assert!(matches!(&refused, AppError::Refused(refusal) if refusal.field.as_deref() == Some("waarde")), "{name}: {refused:?}");

        let expected = Policy { draw_cap: Minutes::hours(8), board_consent: BoardConsent::Required, ..Policy::default() };
        assert_eq!(policy(db, here).await, expected, "{name}");
        assert_eq!(policy(db, elsewhere).await, Policy::default(), "{name}");

        let mut tx = db.read().await.expect("a reader");
        let tx = &mut tx;
        let written: Vec<(Uuid, String)> = fetch_all!(
            tx,
            (Uuid, String),
            "select person_id, about_kind from audit_log where partnership_id = $1 and what = 'policy_set' order by id",
            here.0
        )
        .expect("the audit log");
        assert_eq!(written, [(wietske.0, "draw_cap".to_owned()), (wietske.0, "board_consent".to_owned())], "{name}");
    }
}
