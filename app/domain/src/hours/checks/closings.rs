//! Months were closed once and whole (domain.md §3.2). Always true here: what arrived after the last time a month was closed is not yet
//! wrong; it perishes with the next time.

use super::{Violation, violations};
use crate::{AccountId, Minutes, hours::Month, time::local_date};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A month that was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosingRow {
    /// Its row.
    pub id: Uuid,
    /// Which month.
    pub month: Month,
    /// When something perished last, or when it was closed if nothing ever was left.
    pub last_round_at: DateTime<Utc>,
}

/// The postings of one month that perished under one closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpiryRow {
    /// The closing they are about.
    pub closing: Option<Uuid>,
    /// The month of their accounts.
    pub month: Month,
    /// When the first of them was posted.
    pub first_at: DateTime<Utc>,
    /// How many there are.
    pub postings: i64,
}

/// What a board, school or pot has in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftRow {
    /// Its account.
    pub account: AccountId,
    /// The month.
    pub month: Month,
    /// How much.
    pub minutes: Minutes,
    /// When minutes arrived in it last.
    pub arrived_at: Option<DateTime<Utc>>,
}

/// Hours perish by a closing of their own month, and never before that month has ended.
#[must_use]
pub fn expiries_follow_closings(closings: &[ClosingRow], expiries: &[ExpiryRow]) -> Vec<Violation> {
    let known: BTreeMap<Uuid, Month> = closings.iter().map(|closing| (closing.id, closing.month)).collect();
    let wrong = expiries.iter().filter_map(|row| {
        let ExpiryRow { month, postings, .. } = row;
        match row.closing.and_then(|closing| known.get(&closing)) {
            None => Some(format!("{postings} postings of {month} perished without a closing")),
            Some(closed) if closed != month => Some(format!("{postings} postings of {month} perished with {closed}")),
            Some(_) if !month.has_ended(local_date(row.first_at)) => Some(format!("hours of {month} perished on {}", row.first_at)),
            Some(_) => None,
        }
    });
    violations("expiries_follow_closings", wrong)
}

/// What was there when a month was closed last is gone.
#[must_use]
pub fn closed_months_are_empty(closings: &[ClosingRow], left: &[LeftRow]) -> Vec<Violation> {
    let closed: BTreeMap<Month, DateTime<Utc>> = closings.iter().map(|closing| (closing.month, closing.last_round_at)).collect();
    let wrong = left.iter().filter_map(|row| {
        let at = closed.get(&row.month)?;
        let was_there = row.arrived_at.is_none_or(|arrived| arrived < *at);
        was_there.then(|| format!("account {} still holds {} of {}, which was closed on {at}", row.account, row.minutes.0, row.month))
    });
    violations("closed_months_are_empty", wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn november() -> ClosingRow {
        ClosingRow { id: Uuid::from_u128(1), month: "2026-11".parse().expect("a month"), last_round_at: at("2026-11-30T23:10:00Z") }
    }

    #[test]
    fn hours_perish_with_their_own_month_after_it_ended() {
        let sound = ExpiryRow { closing: Some(november().id), month: november().month, first_at: at("2026-11-30T23:10:00Z"), postings: 3 };
        assert_eq!(expiries_follow_closings(&[november()], &[sound]), [], "in the Netherlands it is December by then");
        let wrong = [
            ExpiryRow { closing: None, ..sound },
            ExpiryRow { closing: Some(Uuid::from_u128(2)), ..sound },
            ExpiryRow { month: "2026-10".parse().expect("a month"), ..sound },
            ExpiryRow { first_at: at("2026-11-30T22:50:00Z"), ..sound },
        ];
        for row in wrong {
            assert_eq!(expiries_follow_closings(&[november()], &[row]).len(), 1, "{row:?}");
        }
    }

    #[test]
    fn what_was_there_at_the_closing_is_gone_and_what_came_later_waits_for_the_next() {
        let left = LeftRow {
            account: AccountId(Uuid::from_u128(5)),
            month: november().month,
            minutes: Minutes(15),
            arrived_at: Some(at("2026-11-03T10:00:00Z")),
        };
        assert_eq!(closed_months_are_empty(&[november()], &[left]).len(), 1);
        let later = LeftRow { arrived_at: Some(at("2026-12-02T10:00:00Z")), ..left };
        let open = LeftRow { month: "2026-12".parse().expect("a month"), ..left };
        assert_eq!(closed_months_are_empty(&[november()], &[later, open]), []);
    }
}
