//! Signing in: how often one may try, how long a session lasts, how long an invitation works.
//!
//! Always true here: a wait is at most a quarter of an hour, and where somebody signed in before no stranger can make them wait.

use crate::Refusal;
use crate::time::{clock, local};
use chrono::{DateTime, TimeDelta, Utc};

/// So many failures in a row an account may have before it has to wait: enough for honest typing errors.
pub const ACCOUNT_FAILURES_FREE: usize = 5;
/// Failures of an account older than this are forgotten. A sign-in that works forgets them at once.
pub const FAILURES_REMEMBERED: TimeDelta = TimeDelta::hours(24);
/// The wait after the fifth failure, the sixth, and so on; the last one stays.
const ACCOUNT_WAITS: [i64; 5] = [1, 2, 4, 8, 15];
/// So many failures from one network address in its window, over all accounts: a whole school may share one address.
pub const ADDRESS_FAILURES_MAX: usize = 30;
/// So many failures, newest first, are all that either rule looks at: the address counts to thirty, the account's waits end long before.
pub const FAILURES_LOOKED_AT: usize = ADDRESS_FAILURES_MAX;
/// An address that signed in to an account stays known to it for so long: a school holiday, and then some.
pub const ADDRESS_KNOWN: TimeDelta = TimeDelta::days(90);
/// The window of an address.
pub const ADDRESS_WINDOW: TimeDelta = TimeDelta::minutes(15);

/// A session ends after so long without a request (domain.md §11).
pub const SESSION_IDLE: TimeDelta = TimeDelta::minutes(30);
/// So long before it ends, the page warns and offers to extend (WCAG 2.2, 2.2.1).
pub const SESSION_WARNING: TimeDelta = TimeDelta::minutes(2);
/// A session ends at the latest so long after signing in, whatever happens (domain.md §11).
pub const SESSION_ABSOLUTE: TimeDelta = TimeDelta::hours(12);
/// An invitation works for so long.
pub const INVITATION_VALID: TimeDelta = TimeDelta::days(7);

/// How long an account must wait before its next try. `failures`: its failures since its last sign-in that worked, in any order.
#[must_use]
pub fn account_wait(failures: &[DateTime<Utc>], now: DateTime<Utc>) -> Option<TimeDelta> {
    let since = now - FAILURES_REMEMBERED;
    let count = failures.iter().filter(|at| **at > since).count();
    let step = count.checked_sub(ACCOUNT_FAILURES_FREE)?.min(ACCOUNT_WAITS.len() - 1);
    let wait = TimeDelta::minutes(ACCOUNT_WAITS[step]);
    // Another server's clock may run ahead: a failure in the future counts as one of now.
    let last = failures.iter().max().copied()?.min(now);
    remaining(last + wait, now)
}

/// How long a network address must wait before its next try. `failures`: those from this address, in any order.
#[must_use]
pub fn address_wait(failures: &[DateTime<Utc>], now: DateTime<Utc>) -> Option<TimeDelta> {
    let mut recent: Vec<_> = failures.iter().map(|at| (*at).min(now)).filter(|at| *at > now - ADDRESS_WINDOW).collect();
    recent.sort_unstable_by(|earlier, later| later.cmp(earlier));
    // Once the thirtieth from the end leaves the window, there are twenty-nine.
    recent.get(ADDRESS_FAILURES_MAX - 1).and_then(|at| remaining(*at + ADDRESS_WINDOW, now))
}

/// The longer of both waits, if there is one.
#[must_use]
pub fn throttle(account: &[DateTime<Utc>], address: &[DateTime<Utc>], now: DateTime<Utc>) -> Option<TimeDelta> {
    account_wait(account, now).max(address_wait(address, now))
}

/// Whether one may try to sign in now. Ask before the password is looked at, and answer the same for unknown accounts.
///
/// # Errors
/// `sign_in_wait`, with the minutes to wait.
pub fn check_throttle(account: &[DateTime<Utc>], address: &[DateTime<Utc>], now: DateTime<Utc>) -> Result<(), Refusal> {
    let Some(wait) = throttle(account, address, now) else { return Ok(()) };
    let minutes = (wait.num_seconds() + 59).div_euclid(60).max(1);
    let word = if minutes == 1 { "minuut" } else { "minuten" };
    Err(Refusal::new("sign_in_wait", "Je hebt te vaak geprobeerd", format!("Wacht {minutes} {word} en probeer het dan weer.")))
}

/// The one answer to a wrong address, a wrong password and a person without a password: it tells nobody who exists.
#[must_use]
pub fn sign_in_failed() -> Refusal {
    Refusal::new("sign_in_failed", "E-mailadres en wachtwoord horen niet bij elkaar", "Kijk ze allebei na en probeer het weer.")
}

fn remaining(until: DateTime<Utc>, now: DateTime<Utc>) -> Option<TimeDelta> {
    Some(until - now).filter(|wait| *wait > TimeDelta::zero())
}

/// When a session ends if nothing more happens.
#[must_use]
pub fn session_ends(started: DateTime<Utc>, last_seen: DateTime<Utc>) -> DateTime<Utc> {
    (last_seen + SESSION_IDLE).min(started + SESSION_ABSOLUTE)
}

/// When the page warns that the session ends.
#[must_use]
pub fn session_warns(started: DateTime<Utc>, last_seen: DateTime<Utc>) -> DateTime<Utc> {
    session_ends(started, last_seen) - SESSION_WARNING
}

/// Whether a session still counts. It no longer does at the very moment it ends.
#[must_use]
pub fn session_is_open(started: DateTime<Utc>, last_seen: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now < session_ends(started, last_seen)
}

/// Whether the link of an invitation still sets a password: once, within seven days.
///
/// # Errors
/// `invitation_used` or `invitation_ended`.
pub fn check_invitation(sent: DateTime<Utc>, used: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<(), Refusal> {
    if let Some(used) = used {
        let when = format!("Deze link is gebruikt op {}, {} uur.", crate::time::date_short(local(used).date()), clock(local(used).time()));
        return Err(Refusal::new("invitation_used", when.trim_end_matches('.').to_owned(), "Log in met het wachtwoord dat je toen koos."));
    }
    if now >= sent + INVITATION_VALID {
        let advice = "Een uitnodiging werkt 7 dagen. Vraag je samenwerkingsverband om een nieuwe.";
        return Err(Refusal::new("invitation_ended", "Deze uitnodiging is verlopen", advice));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000 + seconds, 0).expect("a moment")
    }

    fn failures(count: i64, last: i64) -> Vec<DateTime<Utc>> {
        (0..count).map(|back| at(last - back)).collect()
    }

    #[test]
    fn five_failures_make_an_account_wait_a_minute_and_each_one_more_makes_it_wait_longer() {
        for (count, minutes) in [(5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (10, 15), (500, 15)] {
            assert_eq!(account_wait(&failures(count, 0), at(0)), Some(TimeDelta::minutes(minutes)), "{count} failures");
            assert_eq!(account_wait(&failures(count, 0), at(minutes * 60 - 1)), Some(TimeDelta::seconds(1)));
            assert_eq!(account_wait(&failures(count, 0), at(minutes * 60)), None);
        }
        assert_eq!(account_wait(&failures(4, 0), at(0)), None);
        assert_eq!(account_wait(&[], at(0)), None);
    }

    #[test]
    fn yesterdays_failures_are_forgotten() {
        assert_eq!(account_wait(&[failures(4, -86_400), failures(4, 0)].concat(), at(0)), None);
    }

    #[test]
    fn thirty_failures_in_a_quarter_make_an_address_wait_until_one_is_a_quarter_old() {
        let spread: Vec<_> = (0..30).map(|number| at(number * 10)).collect();
        assert_eq!(address_wait(&spread[1..], at(290)), None);
        assert_eq!(address_wait(&spread, at(290)), Some(TimeDelta::seconds(610)));
        assert_eq!(address_wait(&spread, at(900)), None);
    }

    #[test]
    fn the_wait_is_said_in_whole_minutes_rounded_up() {
        let advice = |count, now| check_throttle(&failures(count, 0), &[], at(now)).expect_err("a wait");
        assert_eq!(advice(6, 0).advice, "Wacht 2 minuten en probeer het dan weer.");
        assert_eq!(advice(6, 59).advice, "Wacht 2 minuten en probeer het dan weer.");
        assert_eq!(advice(6, 60).advice, "Wacht 1 minuut en probeer het dan weer.");
        assert_eq!(advice(5, 0).code, "sign_in_wait");
        assert_eq!(check_throttle(&failures(4, 0), &failures(29, 0), at(0)), Ok(()));
    }

    #[test]
    fn a_failed_sign_in_does_not_tell_what_was_wrong() {
        assert_eq!(sign_in_failed().heading, "E-mailadres en wachtwoord horen niet bij elkaar");
        assert_eq!(sign_in_failed().field, None);
    }

    #[test]
    fn a_session_ends_half_an_hour_after_the_last_request_and_twelve_hours_after_the_first() {
        assert_eq!(session_ends(at(0), at(600)), at(2_400));
        assert_eq!(session_warns(at(0), at(600)), at(2_280));
        assert_eq!(session_ends(at(0), at(43_000)), at(43_200));
        assert!(session_is_open(at(0), at(0), at(1_799)) && !session_is_open(at(0), at(0), at(1_800)));
    }

    #[test]
    fn an_invitation_works_once_and_for_seven_days() {
        assert_eq!(check_invitation(at(0), None, at(604_799)), Ok(()));
        assert_eq!(check_invitation(at(0), None, at(604_800)).expect_err("ended").code, "invitation_ended");
        assert_eq!(check_invitation(at(0), Some(at(60)), at(120)).expect_err("used").code, "invitation_used");
    }

    proptest! {
        #[test]
        fn nobody_waits_longer_than_a_quarter_of_an_hour(
            account in proptest::collection::vec(-100_000..100_000_i64, 0..60),
            address in proptest::collection::vec(-100_000..100_000_i64, 0..60),
        ) {
            let moments = |seconds: Vec<i64>| seconds.into_iter().map(at).collect::<Vec<_>>();
            if let Some(wait) = throttle(&moments(account), &moments(address), at(0)) {
                prop_assert!(wait > TimeDelta::zero() && wait <= TimeDelta::minutes(15));
            }
        }

        #[test]
        fn one_failure_more_never_shortens_the_wait(seconds in proptest::collection::vec(-2_000..=0_i64, 0..40)) {
            let before: Vec<_> = seconds.into_iter().map(at).collect();
            let mut after = before.clone();
            after.push(at(0));
            prop_assert!(throttle(&after, &after, at(0)) >= throttle(&before, &before, at(0)));
        }
    }
}
