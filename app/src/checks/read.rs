//! The last result as its page shows it. Always true here: every rule is named, also those that hold.

use super::{
    api::{ChecksPage, RuleLine},
    sql::ResultRow,
};
use domain::{
    hours::checks::{RULES, words},
    time,
};

/// The page for a result, or for none yet.
pub(super) fn checks_page(last: Option<ResultRow>) -> ChecksPage {
    let Some(last) = last else {
        return ChecksPage {
            heading: "Er is nog niet gekeken".to_owned(),
            text: "De server kijkt elke nacht na twee uur, en kort nadat hij is gestart.".to_owned(),
            ..ChecksPage::default()
        };
    };
    let at = time::local(last.checked_at);
    let when = format!("Nagekeken op {} om {} uur.", time::date_long(at.date()), time::clock(at.time()));
    let (heading, text) = if last.wrong == 0 {
        ("Alles klopt".to_owned(), when)
    } else {
        let advice = "Doe niets met de hand. Bewaar een kopie van de database en vraag wie Wijkpot beheert om te kijken.";
        (format!("Er klopt iets niet: {} keer", last.wrong), format!("{when} {advice}"))
    };
    let found: Vec<(&str, &str)> = last.violations.lines().filter_map(|line| line.split_once('\t')).collect();
    let line = |rule: &str| RuleLine {
        words: capital(words(rule)),
        wrong: found.iter().filter(|(broken, _)| *broken == rule).map(|(_, what)| (*what).to_owned()).collect(),
    };
    let unnamed = found.iter().map(|(rule, _)| *rule).filter(|rule| RULES.iter().all(|(known, _)| known != rule));
    let mut rules: Vec<RuleLine> = RULES.iter().map(|(rule, _)| line(rule)).chain(unnamed.map(line)).collect();
    rules.dedup();
    let count = |part: &str| part.split_once(' ').map(|(count, what)| (capital(what), count.to_owned()));
    ChecksPage { heading, text, is_sound: Some(last.wrong == 0), counts: last.counts.split(", ").filter_map(count).collect(), rules }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(wrong: i64, violations: &str) -> ResultRow {
        ResultRow {
            night: "2026-11-17".parse().expect("a night"),
            checked_at: "2026-11-17T01:10:00Z".parse().expect("an instant"),
            counts: "1.234 rekeningen, 5.678 boekingen".to_owned(),
            wrong,
            violations: violations.to_owned(),
        }
    }

    #[test]
    fn a_sound_night_names_every_rule_and_what_was_counted() {
        let page = checks_page(Some(row(0, "")));
        assert_eq!((page.heading.as_str(), page.is_sound, page.rules.len()), ("Alles klopt", Some(true), RULES.len()));
        assert_eq!(page.text, "Nagekeken op dinsdag 17 november om 2.10 uur.");
        assert_eq!(page.counts[1], ("Boekingen".to_owned(), "5.678".to_owned()));
    }

    #[test]
    fn what_is_wrong_stands_under_its_rule() {
        let page = checks_page(Some(row(3, "chain_holds\tposting 3 was changed\nchain_holds\tposting 4 was changed\nnew_rule\tsomething")));
        assert_eq!((page.heading.as_str(), page.is_sound), ("Er klopt iets niet: 3 keer", Some(false)));
        let chain = page.rules.iter().find(|rule| rule.words.contains("ketting")).expect("the chain");
        assert_eq!(chain.wrong, ["posting 3 was changed", "posting 4 was changed"]);
        assert!(page.rules.iter().any(|rule| rule.words == "New_rule" && rule.wrong == ["something"]));
    }

    #[test]
    fn before_the_first_night_the_page_says_so() {
        assert_eq!(checks_page(None).is_sound, None);
    }
}
