//! Tests of what texts may hold and what they warn of.
//!
//! Always true here: every person and number is invented.

use super::*;
use proptest::prelude::*;

fn seen(text: &str) -> Vec<(TextKind, String)> {
    warnings(text).into_iter().map(|warning| (warning.kind, warning.found)).collect()
}

fn found(text: &str) -> Vec<String> {
    warnings(text).into_iter().map(|warning| warning.found).collect()
}

#[test]
fn a_name_in_a_sentence_is_asked_about() {
    let warnings = warnings("Kun je meekijken bij Daan in groep 6?");
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].sentence(), "Staat hier een naam? We zien ‘Daan’. Schrijf liever ‘de leerling’.");
}

#[test]
fn what_is_found_is_quoted_no_longer_than_needed_to_find_it_back() {
    let sentence = warnings(&format!("de {}", "Vraag ".repeat(90)))[0].sentence();
    assert!(sentence.contains("Vraag Vraag") && sentence.contains("…’") && sentence.chars().count() < 120, "{sentence}");
}

#[test]
fn names_are_found_with_their_families_and_at_the_start() {
    assert_eq!(found("Daan kan niet stilzitten."), ["Daan"]);
    assert_eq!(found("De moeder van Daan de Vries belde."), ["Daan de Vries"]);
    assert_eq!(found("Overleg met juf Wilhelmina van den Berg, graag."), ["Wilhelmina van den Berg"]);
    assert_eq!(found("Het gaat om Anne-Fleur en Daan, en nog eens Daan."), ["Anne-Fleur", "Daan"]);
}

#[test]
fn words_of_the_field_are_no_names() {
    for text in [
        "Een leerling met syndroom van Down in groep 3. Hoe passen we de Cito-toets aan?",
        "De IB’er en het SWV vragen om TOS- en NT2-expertise. Nederlands is de tweede taal, thuis Pools.",
        "Wat helpt? Rust in de klas. Vraag: hoe lang duurt dit?",
        "We werken met Rots en Water en de Kanjertraining.\n- Kinderen leren veel.\n- Ouders doen mee.",
        "Zij zegt: ‘Kom maar.’ Een kind met Gilles de la Tourette.",
        "Groep 1/2 heeft 24 leerlingen, 3 met een OPP. In 2026 is er 1 u per week.",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn schools_and_suppliers_are_no_persons() {
    assert_eq!(found("De Wissel helpt ons, en Het Palet ook. Net als op De Ark."), Vec::<String>::new());
    let text = "Vorig jaar kwam iemand van de Kameleon bij Daan.";
    assert_eq!(warnings_except(text, ["De Kameleon", "Mytyl"]).into_iter().map(|one| one.found).collect::<Vec<_>>(), ["Daan"]);
}

#[test]
fn dates_with_a_year_are_asked_about() {
    for date in ["12-05-2015", "12/5/15", "12.05.2015", "2015-05-12", "12 mei 2015", "3 sep 2016"] {
        assert_eq!(seen(&format!("Geboren op {date}, groep 6.")), [(TextKind::BirthDate, date.to_owned())], "{date}");
    }
    for no_date in ["groep 3-4-5", "40-50-60 minuten", "versie 1.2.3", "om 9.30 uur", "12 mei is vrij", "in schooljaar 2026-2027"] {
        assert_eq!(found(no_date), Vec::<String>::new(), "{no_date}");
    }
}

#[test]
fn a_bsn_is_nine_digits_that_pass_the_elfproef_and_is_not_repeated() {
    assert_eq!(seen("Nummer 111222333."), [(TextKind::Bsn, "111222333".to_owned())]);
    assert_eq!(seen("Nummer 1112.22.333 dus")[0].0, TextKind::Bsn);
    assert_eq!(seen("Nummer 111 222 333 dus")[0].0, TextKind::Bsn);
    assert!(!warnings("BSN 111222333")[0].sentence().contains("111222333"));
    assert_eq!(found("111222334 en 000000000 en 12345678"), Vec::<String>::new());
}

#[test]
fn telephone_numbers_and_addresses_are_asked_about() {
    for number in ["06-12345678", "0612345678", "06 12 34 56 78", "0165-123456", "+31 6 12345678", "+31612345678", "0031612345678"] {
        assert_eq!(seen(&format!("Bel {number} even.")), [(TextKind::Phone, number.to_owned())], "{number}");
    }
    assert_eq!(seen("Mail ouder.jansen@example.nl, of niet."), [(TextKind::Email, "ouder.jansen@example.nl".to_owned())]);
    assert_eq!(found("@ of a@b telt niet"), Vec::<String>::new());
}

#[test]
fn at_most_five_warnings_are_given() {
    assert_eq!(warnings("bij Daan, Emma, Noah, Sem, Liv, Mila en Bram").len(), WARNINGS_MAX);
}

#[test]
fn text_is_kept_without_what_can_not_be_seen() {
    assert_eq!(clean(" Hoi\u{200b} daar \t\r\n\r\n\r\n\r\nTot\u{7}\u{202e} dan \r"), "Hoi daar\n\nTot dan");
    assert_eq!(clean("a\tb\u{ad}c"), "a bc");
    assert_eq!(clean("\u{feff}\n \n"), "");
    assert_eq!(clean("café – ‘goed’ 👍"), "café – ‘goed’ 👍");
}

#[test]
fn a_cell_that_begins_like_a_formula_is_text() {
    for formula in ["=1+1|cmd", "+31", "-2", "@sum", "\t=1", "\r=1"] {
        assert_eq!(cell(formula), format!("'{formula}"));
    }
    for plain in ["", "De Meerpaal", "2026-11", "a=b", "'t Vlot"] {
        assert_eq!(cell(plain), plain);
    }
}

#[test]
fn a_name_has_no_signs_that_can_not_be_seen() {
    assert_eq!(one_line(" Ali\u{202e}ce\u{200b}\tvan\n den\u{ad} Berg "), "Alice van den Berg");
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing(text in any::<String>()) {
        let once = clean(&text);
        prop_assert_eq!(clean(&once), once.clone());
        prop_assert!(!once.chars().any(|sign| sign != '\n' && (sign.is_control() || is_invisible(sign))));
        prop_assert!(once.chars().count() <= text.chars().count());
    }

    #[test]
    fn any_text_can_be_looked_over(text in any::<String>(), mixed in "[A-Za-z0-9@.+/ ’\n-]{0,80}") {
        prop_assert!(warnings(&text).len() <= WARNINGS_MAX);
        for warning in warnings(&mixed) {
            prop_assert!(!warning.found.is_empty() && warning.sentence().ends_with('.'));
        }
    }
}
