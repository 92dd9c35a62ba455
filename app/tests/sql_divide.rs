//! Stories of a board and its schools, on both engines: dividing by pupils, by hand or not at all, dividing again, undoing.
//!
//! Always true here: a story ends with the check.

#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/year.rs"]
mod year;

use app::{
    AppError,
    hours::{sql, verbs},
    organisations,
};
use chrono::{DateTime, Utc};
use domain::{
    DivisionId, Minutes, SchoolId,
    hours::{Holder, Mandate, Month, SchoolPart, Way},
    policy::Setting,
};
use uuid::Uuid;
use year::{YEAR, Year, code, january, june, said, years};

impl Year {
    async fn divide(&self, way: &Way, key: &str, now: DateTime<Utc>) -> Result<DivisionId, AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        let id = verbs::divide(&mut tx, self.partnership, Some(self.administrator), self.boards[0], YEAR, way, key, now).await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn undo_division(&self, id: DivisionId, now: DateTime<Utc>) -> Result<(), AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        verbs::undo_division(&mut tx, self.partnership, self.administrator, id, "Anders afgesproken", now).await?;
        Ok(tx.commit().await?)
    }

    /// What the three schools have of the first supplier in the year, in minutes.
    async fn schools_have(&self) -> Vec<i64> {
        let mut all = Vec::new();
        for school in &self.schools {
            all.push(self.of_year(self.suppliers[0], Holder::school(*school)).await);
        }
        all
    }

    /// What each of the three schools may book from its board's hours.
    async fn mandates(&self) -> Vec<Option<Mandate>> {
        let mut tx = self.db.read().await.expect("a reader");
        let mut found = Vec::new();
        for school in &self.schools {
            found.push(sql::payer(&mut tx, self.partnership, *school).await.expect("an answer").expect("a payer").mandate);
        }
        found
    }

    fn part(&self, school: usize, hours: i64) -> SchoolPart {
        SchoolPart { supplier: self.suppliers[0], school: self.schools[school], minutes: Minutes::hours(hours) }
    }
}

fn january_month() -> Month {
    YEAR.months_numbered(&[1])[0]
}

#[tokio::test]
async fn a_board_divides_by_pupils_and_dividing_again_moves_only_what_came_since() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "a1", june()).await.expect("allotted");
        let id = year.divide(&Way::Pupils, "d1", june()).await.expect("divided");
        // 191 hours by 200, 100 and 100 pupils, in quarters.
        assert_eq!(year.schools_have().await, [5730, 2865, 2865], "{}", year.name);
        assert_eq!(year.of_year(year.suppliers[0], Holder::board(year.boards[0])).await, 0, "{}", year.name);
        assert_eq!(year.divide(&Way::Pupils, "d1", june()).await.ok(), Some(id), "{}: the same key", year.name);
        assert_eq!(code(&year.divide(&Way::Pupils, "d2", june()).await), "nothing_changes", "{}", year.name);
        year.is_sound().await;

        // A count in January brings KPO 26 hours of Kameleon more.
        let mut more = year.inputs();
        more.contracts[0].hours += 100;
        year.allot(&more, "a2", january()).await.expect("counted");
        year.divide(&Way::Pupils, "d3", january()).await.expect("divided");
        assert_eq!(year.schools_have().await, [5730 + 780, 2865 + 390, 2865 + 390], "{}", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn a_school_that_grew_gets_more_and_one_that_used_its_hours_is_named() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "a1", june()).await.expect("allotted");
        year.divide(&Way::Pupils, "d1", june()).await.expect("divided");
        year.change(async |tx| {
            app::execute!(tx, "update schools set pupils = 300 where id = $1", year.schools[1].0).expect("it grew");
        })
        .await;
        year.divide(&Way::Pupils, "d2", january()).await.expect("divided");
        let have = year.schools_have().await;
        assert!(have[0] < 5730 && have[1] > 2865 && have.iter().sum::<i64>() == 191 * 60, "{}: {have:?}", year.name);
        year.is_sound().await;

        let school = Holder::school(year.schools[1]);
        for month in YEAR.calendar().into_iter().filter(|month| *month >= january_month()) {
            let there = year.in_month(year.suppliers[0], school, month).await;
            if there > 0 {
                year.spend(year.suppliers[0], school, month, there).await;
            }
        }
        let refused = year.divide(&Way::Hand(vec![year.part(1, 1)]), "d3", january()).await;
        assert_eq!(code(&refused), "hours_gone", "{}", year.name);
        let said = said(refused);
        assert!(said.contains("De Beuk") && said.contains("daarvan is er nog 0\u{a0}u."), "{}: {said}", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn by_hand_each_school_has_what_was_said_and_the_rest_stays_with_the_board() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "a1", june()).await.expect("allotted");
        let first = year.divide(&Way::Hand(vec![year.part(0, 60), year.part(2, 11)]), "d1", june()).await.expect("divided");
        assert_eq!(year.schools_have().await, [3600, 0, 660], "{}", year.name);
        assert_eq!(year.of_year(year.suppliers[0], Holder::board(year.boards[0])).await, 120 * 60, "{}", year.name);
        let second = year.divide(&Way::Hand(vec![year.part(0, 50)]), "d2", june()).await.expect("divided");
        assert_eq!(year.schools_have().await, [3000, 0, 660], "{}: the others keep what they have", year.name);
        let refused = year.divide(&Way::Hand(vec![year.part(1, 131)]), "d3", june()).await;
        assert_eq!(said(refused).split('.').next(), Some("Je verdeelt 1\u{a0}u te veel"), "{}", year.name);
        let stranger = SchoolPart { school: SchoolId(Uuid::now_v7()), ..year.part(0, 1) };
        assert_eq!(code(&year.divide(&Way::Hand(vec![stranger]), "d4", june()).await), "not_found", "{}", year.name);
        let fraction = SchoolPart { minutes: Minutes(20), ..year.part(1, 1) };
        assert_eq!(code(&year.divide(&Way::Hand(vec![fraction]), "d5", june()).await), "hours_off_grid", "{}", year.name);
        year.is_sound().await;

        assert_eq!(code(&year.undo_division(first, june()).await), "not_the_last", "{}", year.name);
        year.undo_division(second, june()).await.expect("undone");
        assert_eq!(year.schools_have().await, [3600, 0, 660], "{}", year.name);
        year.undo_division(first, june()).await.expect("undone");
        assert_eq!(year.schools_have().await, [0, 0, 0], "{}", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn a_board_that_keeps_its_hours_takes_them_back_and_gives_mandates() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "a1", june()).await.expect("allotted");
        year.divide(&Way::Pupils, "d1", june()).await.expect("divided");
        let mandate = Mandate::up_to(Minutes::hours(6)).expect("a mandate");
        let kept = Way::Kept(vec![(year.schools[0], mandate), (year.schools[1], Mandate { cap: None })]);
        year.divide(&kept, "d2", june()).await.expect("kept");
        assert_eq!(year.schools_have().await, [0, 0, 0], "{}", year.name);
        assert_eq!(year.of_year(year.suppliers[0], Holder::board(year.boards[0])).await, 191 * 60, "{}", year.name);
        assert_eq!(year.mandates().await, [Some(mandate), Some(Mandate { cap: None }), None], "{}", year.name);
        year.is_sound().await;
        assert_eq!(code(&year.divide(&kept, "d3", june()).await), "nothing_changes", "{}", year.name);
        // Other mandates alone are a change too.
        year.divide(&Way::Kept(vec![(year.schools[2], mandate)]), "d4", june()).await.expect("other mandates");
        year.is_sound().await;
    }
}

#[tokio::test]
async fn a_board_that_gives_nobody_a_mandate_has_decided_whatever_the_policy_says() {
    for (year, _test) in years().await {
        year.change(async |tx| {
            let (by, setting) = (year.administrator, Setting::BoardMandate);
            organisations::verbs::set_policy(tx, year.partnership, by, setting, "yes", june()).await.expect("chosen");
        })
        .await;
        year.allot(&year.inputs(), "a1", june()).await.expect("allotted");
        assert_eq!(year.mandates().await, [Some(Mandate::OPEN); 3], "{}: the policy says yes", year.name);
        // Nothing is at a school: the decision alone is the change.
        let kept = year.divide(&Way::Kept(Vec::new()), "d1", june()).await.expect("decided");
        assert_eq!(year.mandates().await, [None; 3], "{}", year.name);
        assert_eq!(code(&year.divide(&Way::Kept(Vec::new()), "d2", june()).await), "nothing_changes", "{}", year.name);
        let pupils = year.divide(&Way::Pupils, "d3", june()).await.expect("divided");
        assert_eq!(year.mandates().await, [None; 3], "{}: it stays decided", year.name);
        year.is_sound().await;
        year.undo_division(pupils, june()).await.expect("undone");
        year.undo_division(kept, june()).await.expect("undone");
        assert_eq!(year.mandates().await, [Some(Mandate::OPEN); 3], "{}: nothing is decided any more", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn a_count_that_takes_what_schools_have_waits_until_the_board_has_it_back() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "a1", june()).await.expect("allotted");
        year.divide(&Way::Pupils, "d1", june()).await.expect("divided");
        let mut less = year.inputs();
        less.contracts[0].hours -= 100;
        assert_eq!(code(&year.allot(&less, "a2", january()).await), "hours_gone", "{}", year.name);
        let mandate = Mandate { cap: None };
        year.divide(&Way::Kept(year.schools.iter().map(|school| (*school, mandate)).collect()), "d2", january()).await.expect("kept");
        year.allot(&less, "a3", january()).await.expect("counted");
        assert_eq!(year.handed_out().await, [636, 1177, 2193], "{}", year.name);
        year.is_sound().await;
    }
}
