//! Stories of deviating agreements, on both engines: asked by one party, answered by the other, and nothing moves before that.
//!
//! Always true here: a story ends with the check.

#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/year.rs"]
mod year;

use app::{
    AppError,
    hours::verbs::{self, Wanted},
    people,
};
use domain::{
    DeviationId, Minutes, PersonId,
    hours::{DEVIATIONS_WAITING_MAX, Deviation, DeviationState, Holder, Month, Party, SchoolYear, Way},
};
use uuid::Uuid;
use year::{YEAR, Year, code, january, june, years};

fn month(number: u32) -> Month {
    YEAR.months_numbered(&[number])[0]
}

impl Year {
    fn wanted(&self, minutes: i64) -> Wanted {
        Wanted {
            supplier: self.suppliers[0],
            board: self.boards[0],
            school: None,
            from: month(2),
            to: month(3),
            minutes: Minutes(minutes),
            reason: "De cursus is in maart.".to_owned(),
        }
    }

    async fn ask(&self, party: Party, wanted: Wanted, key: &str) -> Result<DeviationId, AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        let id = verbs::ask(&mut tx, self.partnership, self.administrator, party, wanted, key, january()).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Somebody else than who asks.
    async fn other(&self) -> PersonId {
        let other = PersonId(Uuid::now_v7());
        self.change(async |tx| {
            let email = format!("{}@swv.example", other.0.simple());
            people::sql::insert(tx, self.partnership, other, &email, "Gerben Tiemens", june()).await.expect("a person");
        })
        .await;
        other
    }

    async fn agree(&self, by: PersonId, party: Party, id: DeviationId) -> Result<Deviation, AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        let agreed = verbs::agree(&mut tx, self.partnership, by, party, id, january()).await?;
        tx.commit().await?;
        Ok(agreed)
    }

    /// What the board has in February and March, in minutes.
    async fn two_months(&self) -> (i64, i64) {
        let board = Holder::board(self.boards[0]);
        (self.in_month(self.suppliers[0], board, month(2)).await, self.in_month(self.suppliers[0], board, month(3)).await)
    }
}

#[tokio::test]
async fn hours_move_to_another_month_when_the_other_party_says_yes_and_once() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "a", june()).await.expect("allotted");
        let before = year.two_months().await;
        let other = year.other().await;
        let id = year.ask(Party::Board, year.wanted(360), "w1").await.expect("asked");
        assert_eq!(year.ask(Party::Board, year.wanted(360), "w1").await.ok(), Some(id), "{}: the same key", year.name);
        assert_eq!(code(&year.ask(Party::Board, year.wanted(375), "w1").await), "idempotency_conflict", "{}", year.name);
        assert_eq!(year.two_months().await, before, "{}: nothing moves yet", year.name);
        assert_eq!(code(&year.agree(other, Party::Board, id).await), "deviation_not_yours", "{}", year.name);
        let alone = year.agree(year.administrator, Party::Supplier, id).await;
        assert_eq!(code(&alone), "deviation_same_person", "{}: one person is not two parties", year.name);
        assert_eq!(year.two_months().await, before, "{}: still nothing", year.name);
        let agreed = year.agree(other, Party::Supplier, id).await.expect("agreed");
        assert_eq!(agreed.state, DeviationState::Agreed, "{}", year.name);
        assert_eq!(year.two_months().await, (before.0 - 360, before.1 + 360), "{}", year.name);
        year.agree(other, Party::Supplier, id).await.expect("said again");
        assert_eq!(year.two_months().await, (before.0 - 360, before.1 + 360), "{}: once", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn what_is_refused_or_withdrawn_moves_nothing() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "a", june()).await.expect("allotted");
        let before = year.two_months().await;
        let first = year.ask(Party::Supplier, year.wanted(60), "w1").await.expect("asked");
        let second = year.ask(Party::Board, year.wanted(60), "w2").await.expect("asked");
        let other = year.other().await;
        let mut tx = year.db.write(year.partnership).await.expect("a writer");
        let (partnership, by, now) = (year.partnership, year.administrator, january());
        let alone = verbs::refuse(&mut tx, partnership, by, Party::Board, first, "Toch niet.", now).await;
        assert_eq!(code(&alone), "deviation_same_person", "{}", year.name);
        assert_eq!(
            code(&verbs::refuse(&mut tx, partnership, other, Party::Board, first, "", now).await),
            "reason_missing",
            "{}",
            year.name
        );
        verbs::refuse(&mut tx, partnership, other, Party::Board, first, "In maart is er kamp.", now).await.expect("refused");
        assert_eq!(
            code(&verbs::withdraw(&mut tx, partnership, by, Party::Supplier, second, now).await),
            "deviation_not_yours",
            "{}",
            year.name
        );
        verbs::withdraw(&mut tx, partnership, by, Party::Board, second, now).await.expect("withdrawn");
        assert_eq!(
            code(&verbs::agree(&mut tx, partnership, other, Party::Supplier, second, now).await),
            "deviation_closed",
            "{}",
            year.name
        );
        tx.commit().await.expect("committed");
        assert_eq!(year.two_months().await, before, "{}", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn hours_that_are_not_there_can_not_be_asked_and_gone_meanwhile_do_not_move() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "a", june()).await.expect("allotted");
        let (there, _) = year.two_months().await;
        assert_eq!(code(&year.ask(Party::Board, year.wanted(there + 15), "w0").await), "too_few_hours", "{}", year.name);
        let other_year = Wanted { to: SchoolYear(2027).calendar()[0], ..year.wanted(60) };
        assert_eq!(code(&year.ask(Party::Board, other_year, "w1").await), "deviation_other_year", "{}", year.name);
        let past = Wanted { from: month(12), ..year.wanted(60) };
        assert_eq!(code(&year.ask(Party::Board, past, "w2").await), "month_ended", "{}", year.name);
        let stranger = Wanted { school: Some(domain::SchoolId(Uuid::now_v7())), ..year.wanted(60) };
        assert_eq!(code(&year.ask(Party::Board, stranger, "w3").await), "not_found", "{}", year.name);

        let id = year.ask(Party::Board, year.wanted(there), "w4").await.expect("asked");
        year.spend(year.suppliers[0], Holder::board(year.boards[0]), month(2), 15).await;
        assert_eq!(code(&year.agree(year.other().await, Party::Supplier, id).await), "too_few_hours", "{}", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn no_more_agreements_wait_than_somebody_can_answer() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "a", june()).await.expect("allotted");
        let mut first = None;
        for number in 0..DEVIATIONS_WAITING_MAX {
            let id = year.ask(Party::Board, year.wanted(15), &format!("w{number}")).await.expect("asked");
            first.get_or_insert(id);
        }
        assert_eq!(code(&year.ask(Party::Board, year.wanted(15), "more").await), "too_many_wait", "{}", year.name);
        let elsewhere = Wanted { supplier: year.suppliers[1], ..year.wanted(15) };
        year.ask(Party::Board, elsewhere, "other").await.expect("another supplier answers that");
        year.agree(year.other().await, Party::Supplier, first.expect("asked")).await.expect("agreed");
        year.ask(Party::Board, year.wanted(15), "more").await.expect("there is room");
        year.is_sound().await;
    }
}

#[tokio::test]
async fn a_schools_own_hours_move_as_well() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "a", june()).await.expect("allotted");
        year.change(async |tx| {
            let by = Some(year.administrator);
            verbs::divide(tx, year.partnership, by, year.boards[0], YEAR, &Way::Pupils, "d", june()).await.expect("divided");
        })
        .await;
        let wanted = Wanted { school: Some(year.schools[0]), ..year.wanted(60) };
        let school = Holder::school(year.schools[0]);
        let before = year.in_month(year.suppliers[0], school, month(3)).await;
        let id = year.ask(Party::Supplier, wanted, "w").await.expect("asked");
        year.agree(year.other().await, Party::Board, id).await.expect("agreed");
        assert_eq!(year.in_month(year.suppliers[0], school, month(3)).await, before + 60, "{}", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn the_same_form_after_its_month_answers_the_same_agreement() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "a", june()).await.expect("allotted");
        let ask = async |wanted: Wanted, now| {
            let mut tx = year.db.write(year.partnership).await?;
            let id = verbs::ask(&mut tx, year.partnership, year.administrator, Party::Board, wanted, "w", now).await?;
            tx.commit().await?;
            Ok::<_, AppError>(id)
        };
        let id = ask(year.wanted(60), january()).await.expect("asked");
        let march = "2027-03-01T08:00:00Z".parse().expect("a moment");
        assert_eq!(ask(year.wanted(60), march).await.ok(), Some(id), "{}: February is over, the form is not", year.name);
        assert_eq!(code(&ask(year.wanted(75), march).await), "idempotency_conflict", "{}", year.name);
        year.is_sound().await;
    }
}
