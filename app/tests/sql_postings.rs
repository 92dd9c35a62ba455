//! Stories of the book of hours: read as a list, and put right by hand. On both engines.

#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/world.rs"]
mod world;

use app::{
    AppError,
    hours::{
        sql::{self, EntryRow, Journal, Of},
        verbs,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Minutes, PartnershipId,
    hours::{AccountKey, Bucket, Holder, Month, PostingKind, SchoolYear, Transfer},
};
use uuid::Uuid;
use world::{THURSDAY, World, code, now, wish, worlds};

fn november(world: &World, holder: Holder) -> AccountKey {
    AccountKey::new(Bucket::of_month(world.supplier, Month::new(2026, 11).expect("a month")), holder)
}

impl World {
    async fn post(&self, kind: PostingKind, from: Holder, to: Holder, minutes: i64, key: &str) -> i64 {
        let mut tx = self.db.write(self.partnership).await.expect("a writer");
        let transfer = Transfer::new(kind, november(self, from), november(self, to), Minutes(minutes)).because("Proef");
        sql::post(&mut tx, self.partnership, &[transfer], None, now(), key).await.expect("posted");
        tx.commit().await.expect("committed");
        self.all().await.first().expect("it is there").seq
    }

    async fn reverse(&self, posting: i64, reason: &str, key: &str) -> Result<i64, AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        let number = verbs::reverse(&mut tx, self.partnership, self.coordinator, posting, reason, key, now()).await?;
        tx.commit().await?;
        Ok(number)
    }

    async fn list(&self, journal: &Journal, before: i64, limit: i64) -> Vec<EntryRow> {
        let mut tx = self.db.read().await.expect("a reader");
        sql::journal(&mut tx, self.partnership, journal, before, limit).await.expect("a list")
    }

    async fn all(&self) -> Vec<EntryRow> {
        self.list(&everything(), i64::MAX, 100).await
    }
}

fn everything() -> Journal {
    Journal {
        of: Of::All,
        school_year: SchoolYear(2026),
        supplier: None,
        month: None,
        kind: None,
        from: DateTime::<Utc>::UNIX_EPOCH,
        until: now() + TimeDelta::days(365),
    }
}

#[tokio::test]
async fn a_mistake_is_put_right_once_with_its_reason_and_leaves_no_number_behind() {
    for (world, _test) in worlds().await {
        let (school, pot) = (Holder::school(world.school), Holder::wijkpot(Uuid::now_v7()));
        let before = world.holds(school).await;
        let donation = world.post(PostingKind::Donation, school, pot, 120, "gift").await;
        assert_eq!(world.holds(school).await, before - 120, "{}", world.name);
        assert_eq!(code(&world.reverse(donation, "  ", "a").await), "reason_missing", "{}", world.name);
        let number = world.reverse(donation, "Verkeerde school", "a").await.expect("put right");
        assert_eq!(number, donation + 1, "{}", world.name);
        assert_eq!((world.holds(school).await, world.holds(pot).await), (before, 0), "{}", world.name);
        assert_eq!(world.reverse(donation, "Verkeerde school", "a").await.ok(), Some(number), "{}: the same form again", world.name);
        assert_eq!(code(&world.reverse(donation, "Iets anders", "a").await), "idempotency_conflict", "{}", world.name);
        assert_eq!(code(&world.reverse(donation, "Verkeerde school", "b").await), "already_reversed", "{}", world.name);
        assert_eq!(code(&world.reverse(number, "Toch goed", "c").await), "already_a_reversal", "{}", world.name);
        assert_eq!(code(&world.reverse(number + 1, "Bestaat niet", "d").await), "not_found", "{}", world.name);
        assert_eq!(code(&world.reverse(donation, "Verkeerde school", &"k".repeat(101)).await), "malformed", "{}", world.name);

        let mut tx = world.db.read().await.expect("a reader");
        let lines = sql::lines_of(&mut tx, world.partnership, SchoolYear(2026), school).await.expect("lines");
        assert_eq!(lines[0].sums.donated, 0, "{}", world.name);
        let entry = sql::entry(&mut tx, world.partnership, donation).await.expect("read").expect("it is there");
        assert_eq!((entry.reversed_by_seq, entry.reverses_seq), (Some(number), None), "{}", world.name);
        let elsewhere = PartnershipId(Uuid::now_v7());
        assert!(sql::entry(&mut tx, elsewhere, donation).await.expect("read").is_none(), "{}", world.name);
        drop(tx);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn hours_that_went_on_do_not_come_back_and_each_kind_names_its_own_way() {
    for (world, _test) in worlds().await {
        let (school, pot) = (Holder::school(world.school), Holder::wijkpot(Uuid::now_v7()));
        let list = world.all().await;
        let of = |kind: &str| list.iter().find(|entry| entry.kind == kind).expect("it is there").seq;
        let (allotment, division) = (of("allotment"), of("division"));
        assert_eq!(code(&world.reverse(allotment, "Fout", "a").await), "moves_with_the_allotment", "{}", world.name);

        let booking = world.ask(&wish(THURSDAY, "120"), "form").await.expect("booked");
        let hold = world.all().await[0].seq;
        assert_eq!(code(&world.reverse(hold, "Fout", "b").await), "moves_with_its_booking", "{}", world.name);
        let gone = world.reverse(division, "Fout", "c").await;
        assert_eq!(code(&gone), "hours_went_on", "{}", world.name);
        let told = format!("{gone:?}").replace("\\u{a0}", " ").replace('\u{a0}', " ");
        assert!(told.contains("De school heeft in november nog 3 u. Terug moet 5 u."), "{}: {told}", world.name);

        let gift = world.post(PostingKind::Donation, school, pot, 60, "gift").await;
        world.cancel(booking, now()).await.expect("cancelled");
        world.is_sound().await;
        // By hand and too early, which the nightly check would tell.
        let perished = world.post(PostingKind::Expiry, pot, pot.expired(), 60, "end").await;
        assert_eq!(code(&world.reverse(gift, "Fout", "d").await), "hours_went_on", "{}", world.name);
        assert_eq!(code(&world.reverse(perished, "Fout", "e").await), "month_perished", "{}", world.name);
    }
}

#[tokio::test]
async fn what_a_booking_holds_is_not_reversed_past_the_booking_by_the_database_either() {
    for (world, _test) in worlds().await {
        world.ask(&wish(THURSDAY, "60"), "form").await.expect("booked");
        let hold = world.all().await[0].seq;
        let mut tx = world.db.write(world.partnership).await.expect("a writer");
        let row = sql::posting(&mut tx, world.partnership, hold).await.expect("read").expect("it is there");
        let keys = [row.to_account, row.from_account];
        let mut accounts = Vec::new();
        for id in keys {
            accounts
                .push(sql::account(&mut tx, world.partnership, id.into()).await.expect("read").and_then(|row| row.key()).expect("known"));
        }
        let mirror = Transfer {
            reversal_of: Some(row.id.into()),
            ..Transfer::new(PostingKind::Reversal, accounts[0], accounts[1], Minutes(60)).because("Buitenom")
        };
        let done = sql::post(&mut tx, world.partnership, &[mirror], None, now(), "around").await;
        assert_eq!(code(&done), "other", "{}: {done:?}", world.name);
    }
}

#[tokio::test]
async fn the_list_is_read_page_by_page_and_by_every_filter() {
    for (world, _test) in worlds().await {
        let (school, board, pot) = (Holder::school(world.school), Holder::board(world.board), Holder::wijkpot(Uuid::now_v7()));
        let gift = world.post(PostingKind::Donation, school, pot, 60, "gift").await;
        world.post(PostingKind::Donation, board, pot, 30, "gift2").await;
        world.reverse(gift, "Verkeerd", "r").await.expect("put right");
        let all = world.all().await;
        let seqs: Vec<i64> = all.iter().map(|entry| entry.seq).collect();
        assert_eq!(seqs, (1..=5).rev().collect::<Vec<_>>(), "{}: the last one first", world.name);
        let page = world.list(&everything(), 4, 2).await;
        assert_eq!(page.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [3, 2], "{}", world.name);

        let november = Month::new(2026, 11);
        let filters = [
            (Journal { kind: Some(PostingKind::Donation), ..everything() }, vec![5, 4, 3]),
            (Journal { kind: Some(PostingKind::Donation), month: november, ..everything() }, vec![5, 4, 3]),
            (Journal { kind: Some(PostingKind::Donation), of: Of::Holder(world.school.0), ..everything() }, vec![5, 3]),
            // A board's with its schools'.
            (Journal { of: Of::Holder(world.board.0), ..everything() }, vec![5, 4, 3, 2, 1]),
            (Journal { of: Of::Holder(pot.id), ..everything() }, vec![5, 4, 3]),
            (Journal { of: Of::District(world.district), ..everything() }, vec![5, 3, 2]),
            (Journal { supplier: Some(world.supplier), ..everything() }, vec![5, 4, 3, 2, 1]),
            (Journal { supplier: Some(domain::SupplierId(Uuid::now_v7())), ..everything() }, vec![]),
            (Journal { month: Month::new(2026, 12), ..everything() }, vec![]),
            (Journal { school_year: SchoolYear(2025), ..everything() }, vec![]),
            (Journal { until: now(), ..everything() }, vec![]),
            (Journal { from: now(), ..everything() }, vec![5, 4, 3, 2, 1]),
        ];
        for (journal, wanted) in filters {
            let list = world.list(&journal, i64::MAX, 100).await;
            assert_eq!(list.iter().map(|entry| entry.seq).collect::<Vec<_>>(), wanted, "{}: {journal:?}", world.name);
            let mut tx = world.db.read().await.expect("a reader");
            if journal.can_be_counted() {
                let counted = sql::counted(&mut tx, world.partnership, &journal).await.expect("counted");
                let sum: i64 = list.iter().map(|entry| if entry.reverses_seq.is_some() { -entry.minutes } else { entry.minutes }).sum();
                assert_eq!((counted.postings, counted.minutes.0), (wanted.len() as i64, sum), "{}: {journal:?}", world.name);
            }
        }
        world.is_sound().await;
    }
}
