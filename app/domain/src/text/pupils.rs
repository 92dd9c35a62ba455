//! What of a pupil never comes into a text that is kept, and what its writer looks at once more first (domain.md §5, §11).
//!
//! Always true here: a citizen service number is refused everywhere and by everybody; anything else that may point at a person is the
//! writer's to judge, once they were shown it.

use super::{TextWarning, is_bsn, warnings_except};
use crate::refusal::{Choice, Refusal};

/// The field in which somebody says to have looked, and what it then holds.
const LOOKED: (&str, &str) = ("nagekeken", "ja");

/// The groups in which people write the nine digits of a burgerservicenummer.
const GROUPS: [&[usize]; 3] = [&[9], &[3, 3, 3], &[4, 2, 3]];

/// Refuses a text with a burgerservicenummer in it, at the field with this name.
///
/// # Errors
/// `text_has_bsn`.
pub fn without_bsn(text: &str, field: &'static str) -> Result<(), Refusal> {
    if !holds_bsn(text) {
        return Ok(());
    }
    let advice = "Er is niets vastgelegd. Haal het nummer uit je tekst. Wij hebben het nooit nodig.";
    Err(Refusal::new("text_has_bsn", "Hier staat een burgerservicenummer", advice).at(field))
}

/// Refuses, once, texts that may point at a person; who says in the field `nagekeken` to have looked, goes on. `known` are names that
/// everybody may read.
///
/// # Errors
/// `text_to_look_at` with what was seen, and the answer that lets the form through.
pub fn looked_at(texts: &[&str], known: &[&str], answer: &str) -> Result<(), Refusal> {
    let (field, yes) = LOOKED;
    let mut seen: Vec<String> = Vec::new();
    for sentence in
        texts.iter().flat_map(|text| warnings_except(text, known.iter().copied())).map(|warning: TextWarning| warning.sentence())
    {
        if !seen.contains(&sentence) {
            seen.push(sentence);
        }
    }
    if seen.is_empty() || answer == yes {
        return Ok(());
    }
    let advice =
        format!("{} Er is nog niets vastgezet. Pas je tekst aan, of zeg dat het geen gegeven van een leerling is.", seen.join(" "));
    let choice = Choice { value: yes.to_owned(), label: "Dit is geen gegeven van een leerling".to_owned() };
    Err(Refusal::new("text_to_look_at", "Kijk je tekst nog een keer na", advice).at(field).or(vec![choice]))
}

/// Whether nine digits that pass the elfproef stand anywhere, together or in the usual groups, also right behind a word.
fn holds_bsn(text: &str) -> bool {
    let mut groups: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|sign: char| sign.is_ascii_digit()) {
        let between = &rest[..start];
        // Groups of one number stand one sign apart.
        if !matches!(between, " " | "." | "-" | "\u{a0}" | "/") {
            groups.clear();
        }
        let digits = &rest[start..];
        let end = digits.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(digits.len());
        groups.push(&digits[..end]);
        rest = &digits[end..];
        if GROUPS.iter().any(|lengths| ends_with(&groups, lengths)) {
            return true;
        }
    }
    false
}

fn ends_with(groups: &[&str], lengths: &[usize]) -> bool {
    let Some(from) = groups.len().checked_sub(lengths.len()) else { return false };
    let last = &groups[from..];
    last.iter().map(|group| group.len()).eq(lengths.iter().copied()) && is_bsn(&last.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bsn_is_refused_however_it_is_written() {
        for text in
            ["111222333", "BSN:111222333.", "bsn111222333", "nr 111 222 333", "1112.22.333", "06 12345678, 111-222-333", "12 111222333"]
        {
            assert!(without_bsn(text, "vraag").is_err_and(|refusal| refusal.code == "text_has_bsn"), "{text}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in ["111222334", "1112223330", "0612345678", "12-05-2015", "groep 6, 111 leerlingen, 222 ouders, 333", "000000000", ""] {
            assert_eq!(without_bsn(text, "vraag"), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_may_point_at_a_person_is_asked_about_once() {
        let texts = ["Daan, geboren 12-05-2015, bel 0612345678.", "Rust op De Wissel"];
        let refusal = looked_at(&texts, &["De Wissel"], "").expect_err("it is shown first");
        assert_eq!((refusal.code.as_ref(), refusal.field.as_deref(), refusal.choices.len()), ("text_to_look_at", Some("nagekeken"), 1));
        for seen in ["Daan", "12-05-2015", "0612345678"] {
            assert!(refusal.advice.contains(seen), "{}", refusal.advice);
        }
        assert_eq!(looked_at(&texts, &["De Wissel"], &refusal.choices[0].value), Ok(()));
        assert_eq!(looked_at(&["Hoe komt er rust in de groep?"], &[], ""), Ok(()));
    }

    proptest! {
        #[test]
        fn no_text_breaks_it_and_every_bsn_is_found(before in "\\PC{0,20}", digits in 10_000_000_u64..99_999_999, after in "\\PC{0,20}") {
            let _ = without_bsn(&format!("{before}{digits}{after}"), "vraag");
            let sum: u64 = digits.to_string().bytes().zip([9, 8, 7, 6, 5, 4, 3, 2]).map(|(byte, weight)| u64::from(byte - b'0') * weight).sum();
            prop_assume!(sum % 11 < 10);
            let text = format!("leerling {digits}{} komt", sum % 11);
            prop_assert!(without_bsn(&text, "vraag").is_err(), "{}", text);
        }
    }
}
