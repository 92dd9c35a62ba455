//! E-mail addresses: what somebody signs in with.
//!
//! Always true here: an `Email` is trimmed, lower case, and can be mailed to.

use crate::Refusal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest address that mail can carry (RFC 5321 §4.5.3.1.3, less the angle brackets).
pub const EMAIL_CHARS_MAX: usize = 254;
/// The longest part before the `@` (RFC 5321 §4.5.3.1.1).
const LOCAL_CHARS_MAX: usize = 64;
/// The longest label of a domain name (RFC 1035 §2.3.4).
const LABEL_CHARS_MAX: usize = 63;

/// An e-mail address in the one spelling under which it is kept and looked up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Email(String);

impl Email {
    /// The address that somebody typed, trimmed and in lower case.
    ///
    /// # Errors
    /// `email_invalid` at field `email`, with what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let email = text.trim().to_lowercase();
        match fault(&email) {
            None => Ok(Self(email)),
            Some(advice) => Err(Refusal::new("email_invalid", "Dit is geen e-mailadres", advice).at("email")),
        }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.split_once('@').map_or(&self.0, |(local, _)| local)
    }
}

/// What is wrong with a lower-case address, as advice.
fn fault(email: &str) -> Option<&'static str> {
    const EXAMPLE: &str = "Schrijf het zoals naam@school.nl.";
    if email.is_empty() {
        return Some("Vul je e-mailadres in.");
    }
    if email.chars().count() > EMAIL_CHARS_MAX {
        return Some("Gebruik een adres van hooguit 254 tekens.");
    }
    let Some((local, domain)) = email.split_once('@') else { return Some("Er mist een @. Schrijf het zoals naam@school.nl.") };
    let labels: Vec<&str> = domain.split('.').collect();
    let local_holds = (1..=LOCAL_CHARS_MAX).contains(&local.len())
        && local.split('.').all(|part| !part.is_empty())
        && local.chars().all(|letter| letter.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(letter));
    let domain_holds = labels.len() >= 2
        && labels.iter().all(|label| is_label(label))
        && labels.last().is_some_and(|top| !top.bytes().all(|b| b.is_ascii_digit()));
    (!local_holds || !domain_holds).then_some(EXAMPLE)
}

fn is_label(label: &str) -> bool {
    (1..=LABEL_CHARS_MAX).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl TryFrom<String> for Email {
    type Error = Refusal;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("  IB.00CU00@Scholen.Example ", "ib.00cu00@scholen.example")]
    #[case("t.oldenkamp+wijkpot@dewissel.example", "t.oldenkamp+wijkpot@dewissel.example")]
    #[case("o'neil@a-b.nl", "o'neil@a-b.nl")]
    fn an_address_is_kept_in_one_spelling(#[case] typed: &str, #[case] kept: &str) {
        assert_eq!(Email::parse(typed).expect("an address").as_str(), kept);
    }

    #[rstest]
    #[case("")]
    #[case("naam")]
    #[case("@school.nl")]
    #[case("naam@school")]
    #[case("naam@school..nl")]
    #[case("naam@-school.nl")]
    #[case("naam@10.0.0.1")]
    #[case("twee@adressen@school.nl")]
    #[case("na am@school.nl")]
    #[case(".naam@school.nl")]
    #[case("na..am@school.nl")]
    #[case("naam@school.nl\r\nBcc: iedereen@school.nl")]
    #[case("<naam@school.nl>")]
    #[case("josé@school.nl")]
    fn what_can_not_be_mailed_to_is_refused_at_its_field(#[case] typed: &str) {
        let refusal = Email::parse(typed).expect_err("refused");
        assert_eq!((refusal.code.as_ref(), refusal.field.as_deref()), ("email_invalid", Some("email")));
    }

    #[test]
    fn the_longest_address_fits_and_one_character_more_does_not() {
        let address = |extra: usize| format!("{}@{}.{}.{}.nl", "a".repeat(64), "b".repeat(63), "c".repeat(63), "d".repeat(58 + extra));
        assert_eq!(address(0).len(), EMAIL_CHARS_MAX);
        assert!(Email::parse(&address(0)).is_ok());
        assert!(Email::parse(&address(1)).is_err());
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_what_it_keeps_it_keeps_again(text in ".{0,80}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email));
            }
        }

        #[test]
        fn letters_at_a_domain_are_an_address(local in "[a-z]{1,20}", domain in "[a-z]{1,20}", top in "[a-z]{2,6}") {
            let typed = format!("{local}@{domain}.{top}");
            prop_assert_eq!(Email::parse(&typed.to_uppercase()).map(String::from), Ok(typed));
        }
    }
}
