//! Passwords: long rather than odd.
//!
//! Always true here: length and being one's own decide; no rule asks for capitals, digits or signs (NIST SP 800-63B §5.1.1.2).

use super::email::Email;
use crate::Refusal;

/// Short enough to be a sentence of three words, long enough not to be guessed.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Hashing a longer text costs time and adds nothing.
pub const PASSWORD_CHARS_MAX: usize = 128;
/// Fewer different characters than this make a pattern, not a password.
const DIFFERENT_CHARS_MIN: usize = 5;
/// What must remain beside one's own name or address.
const OWN_CHARS_MIN: usize = 8;

/// Words that most lists of stolen passwords open with, here and in Dutch schools; digits and signs around them do not help.
const COMMON: [&str; 40] = [
    "abc",
    "admin",
    "administrator",
    "azerty",
    "basisschool",
    "changeme",
    "dragon",
    "footballer",
    "geheim",
    "geheimwachtwoord",
    "hallo",
    "herfst",
    "iloveyou",
    "internbegeleider",
    "intern begeleider",
    "letmein",
    "lente",
    "meester",
    "monkey",
    "juf",
    "onderwijs",
    "passendonderwijs",
    "password",
    "passwort",
    "princess",
    "qwerty",
    "qwertyuiop",
    "samenwerkingsverband",
    "school",
    "sunshine",
    "superman",
    "test",
    "voetbal",
    "wachtwoord",
    "welkom",
    "welkomwelkom",
    "welcome",
    "wijkpot",
    "winter",
    "zomer",
];
/// Rows of a keyboard, the alphabet and the digits: a run along one of them is a pattern.
const ROWS: [&str; 4] = ["abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "01234567890123456789", "azertyuiopqsdfghjklmwxcvbn"];

/// Whether this may be the password of the person with this address and name.
///
/// # Errors
/// At field `wachtwoord`: `password_short`, `password_long`, `password_own` (the address or the name), `password_common`.
pub fn check_password(password: &str, email: &Email, name: &str) -> Result<(), Refusal> {
    let length = password.chars().count();
    let refuse = |code, heading: &'static str, advice: &'static str| Err(Refusal::new(code, heading, advice).at("wachtwoord"));
    if length < PASSWORD_CHARS_MIN {
        return refuse("password_short", "Dit wachtwoord is te kort", "Gebruik minstens 12 tekens. Een zin van vier woorden is goed.");
    }
    if length > PASSWORD_CHARS_MAX {
        return refuse("password_long", "Dit wachtwoord is te lang", "Gebruik hooguit 128 tekens.");
    }
    let bare = bare(password);
    if is_own(&bare, email, name) {
        return refuse("password_own", "Dit wachtwoord lijkt op je naam of e-mailadres", "Kies iets dat anderen niet van je weten.");
    }
    if is_common(password, &bare) {
        return refuse("password_common", "Dit wachtwoord is makkelijk te raden", "Kies een zin van vier woorden die alleen jij bedenkt.");
    }
    Ok(())
}

/// Lower-case letters and digits only, so that `T.Oldenkamp!` and `toldenkamp` compare equal.
fn bare(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The address or the name, with hardly anything beside it.
fn is_own(bare_password: &str, email: &Email, name: &str) -> bool {
    [bare(email.as_str()), bare(email.local()), bare(name)].iter().filter(|own| own.chars().count() >= 3).any(|own| {
        let rest = bare_password.replace(own.as_str(), "");
        rest.len() < bare_password.len() && rest.chars().count() < OWN_CHARS_MIN
    })
}

fn is_common(password: &str, bare: &str) -> bool {
    let mut different: Vec<char> = password.chars().collect();
    different.sort_unstable();
    different.dedup();
    let word: String = bare.chars().filter(|letter| letter.is_alphabetic()).collect();
    let unit = repeated_unit(&word);
    different.len() < DIFFERENT_CHARS_MIN || COMMON.contains(&unit) || is_run(bare) || is_run(&word)
}

/// `welkom` of `welkomwelkom`: the shortest piece that the text repeats, or the text itself.
fn repeated_unit(text: &str) -> &str {
    let ends = text.char_indices().map(|(place, _)| place).skip(1).filter(|place| text.len().is_multiple_of(*place));
    ends.map(|end| &text[..end]).find(|unit| unit.repeat(text.len() / unit.len()) == text).unwrap_or(text)
}

/// A walk along one row, forwards or backwards, of at least eight steps.
fn is_run(text: &str) -> bool {
    let backwards: String = text.chars().rev().collect();
    text.len() >= 8 && ROWS.iter().any(|row| row.contains(text) || row.contains(&backwards))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn check(password: &str) -> Result<(), String> {
        let email = Email::parse("t.oldenkamp@dewissel.example").expect("an address");
        check_password(password, &email, "Thijs Oldenkamp").map_err(|refusal| {
            assert_eq!(refusal.field.as_deref(), Some("wachtwoord"));
            refusal.code.into_owned()
        })
    }

    #[rstest]
    #[case("kort", "password_short")]
    #[case("elf tekens!", "password_short")]
    #[case("t.oldenkamp@dewissel.example", "password_own")]
    #[case("Thijs Oldenkamp", "password_own")]
    #[case("ThijsOldenkamp2026", "password_own")]
    #[case("toldenkamp12", "password_own")]
    #[case("wachtwoord123", "password_common")]
    #[case("Welkom2026!!", "password_common")]
    #[case("WelkomWelkom1", "password_common")]
    #[case("123456789012", "password_common")]
    #[case("qwertyuiop12", "password_common")]
    #[case("abcdefghijkl", "password_common")]
    #[case("lkjihgfedcba", "password_common")]
    #[case("aaaaaaaaaaaa", "password_common")]
    #[case("ababababcbab", "password_common")]
    #[case("Samenwerkingsverband", "password_common")]
    fn a_password_that_others_guess_is_refused_at_its_field(#[case] password: &str, #[case] code: &str) {
        assert_eq!(check(password), Err(code.to_owned()));
    }

    #[rstest]
    #[case("vier kippen en fiets")]
    #[case("paarse regen op dinsdag")]
    #[case("thijs fietst graag door regen")]
    #[case("ŝanĝiĝema ĉielo")]
    fn a_sentence_without_capitals_digits_or_signs_will_do(#[case] password: &str) {
        assert_eq!(check(password), Ok(()));
    }

    #[test]
    fn twelve_and_a_hundred_and_twenty_eight_characters_fit_and_one_less_or_more_does_not() {
        let text = |length: usize| "kw9 zomp~éx".chars().cycle().take(length).collect::<String>();
        assert_eq!(check(&text(11)), Err("password_short".to_owned()));
        assert_eq!(check(&text(12)), Ok(()));
        assert_eq!(check(&text(128)), Ok(()));
        assert_eq!(check(&text(129)), Err("password_long".to_owned()));
    }

    proptest! {
        #[test]
        fn checking_never_panics(password in ".{0,140}", name in ".{0,40}") {
            let email = Email::parse("a@b.nl").expect("an address");
            let _ = check_password(&password, &email, &name);
        }
    }
}
