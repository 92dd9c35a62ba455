//! People's names, as they are shown.
//!
//! Always true here: a name is kept as its owner writes it; only what surrounds and separates the words is tidied.

use crate::{Refusal, text::one_line};

/// Longer than any name in use, short enough for every table and badge.
pub const NAME_CHARS_MAX: usize = 120;

/// Words between a first and a last name that give no initial: `Ilse van Grootheest` is IG.
const BETWEEN: [&str; 44] = [
    "aan", "af", "al", "am", "auf", "bij", "da", "de", "dei", "del", "den", "der", "des", "di", "do", "dos", "du", "el", "en", "het", "in",
    "la", "las", "le", "les", "los", "onder", "op", "over", "te", "ten", "ter", "tot", "uijt", "uit", "van", "ver", "vom", "von", "voor",
    "zu", "zum", "zur", "und",
];

/// A person's name with single spaces, or what is wrong with it (field `name`).
///
/// # Errors
/// `name_missing` when nothing is left, `name_too_long` above 120 characters.
pub fn check_name(text: &str) -> Result<String, Refusal> {
    let name = one_line(text);
    if !name.chars().any(char::is_alphabetic) {
        return Err(Refusal::new("name_missing", "Er staat nog geen naam", "Vul een voornaam en achternaam in.").at("name"));
    }
    if name.chars().count() > NAME_CHARS_MAX {
        return Err(Refusal::new("name_too_long", "Deze naam is te lang", "Gebruik hooguit 120 tekens.").at("name"));
    }
    Ok(name)
}

/// `Thijs`, of `Thijs Oldenkamp`.
#[must_use]
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}

/// `TO` for `Thijs Oldenkamp`, `IG` for `Ilse van Grootheest`: first and last name, without what stands between. At most two letters.
#[must_use]
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some(first) = words.iter().position(|word| !is_between(word)) else { return String::new() };
    let rest = &words[first + 1..];
    // The name that follows the first `van den` is the last name; what comes after it is a partner's (`Berg-de Wit`).
    let between = rest.iter().position(|word| is_between(word)).unwrap_or(rest.len());
    let last = rest[between..].iter().find(|word| !is_between(word)).or_else(|| rest[..between].last());
    initial(words[first]).into_iter().chain(last.and_then(|word| initial(word))).collect()
}

/// Words such as `van` and `'t`; written with a capital (`De Vries`) they still stand between, unless they open the name.
fn is_between(word: &str) -> bool {
    let lower = word.to_lowercase();
    let bare = lower.trim_matches(['\'', '’', '‘', '`', '.']);
    bare.chars().count() == 1 && lower != bare && !word.ends_with('.') || BETWEEN.contains(&bare)
}

/// The letter that stands for a word: `A` for `d’Arbois` and `’Abdi`.
fn initial(word: &str) -> Option<char> {
    let lower = word.to_lowercase();
    let own = ["d'", "d’", "l'", "l’"].iter().find(|prefix| lower.starts_with(**prefix)).map_or(word, |prefix| &word[prefix.len()..]);
    own.chars().find(|letter| letter.is_alphabetic()).and_then(|letter| letter.to_uppercase().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("Thijs Oldenkamp", "TO")]
    #[case("Ilse van Grootheest", "IG")]
    #[case("Aylin Demirkan", "AD")]
    #[case("Marijke van den Berg-de Wit", "MB")]
    #[case("Jan De Vries", "JV")]
    #[case("Anne Marie van den Berg", "AB")]
    #[case("Jan Peter Smit", "JS")]
    #[case("de Vries", "V")]
    #[case("Ans van 't Hof", "AH")]
    #[case("Ans van ’t Hof", "AH")]
    #[case("Charlotte d’Arbois", "CA")]
    #[case("Fatima el Amrani", "FA")]
    #[case("élise ümit", "ÉÜ")]
    #[case("J. P. Smit", "JS")]
    #[case("Madonna", "M")]
    #[case("", "")]
    fn initials_skip_what_stands_between(#[case] name: &str, #[case] expected: &str) {
        assert_eq!(initials(name), expected);
    }

    #[test]
    fn the_first_name_is_the_first_word() {
        assert_eq!(first_name("Ilse van Grootheest"), "Ilse");
        assert_eq!(first_name("  "), "");
    }

    #[test]
    fn a_name_is_tidied_and_an_empty_or_endless_one_is_refused_at_its_field() {
        assert_eq!(check_name("  Ilse\tvan  Grootheest\n").as_deref(), Ok("Ilse van Grootheest"));
        for (text, code) in [("  ", "name_missing"), ("123", "name_missing"), (&"a".repeat(121), "name_too_long")] {
            let refusal = check_name(text).expect_err("refused");
            assert_eq!((refusal.code.as_ref(), refusal.field.as_deref()), (code, Some("name")));
        }
    }

    proptest! {
        #[test]
        fn initials_are_at_most_two_letters_for_any_text(name in ".{0,60}") {
            prop_assert!(initials(&name).chars().count() <= 2);
        }
    }
}
