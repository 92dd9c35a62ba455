//! `wijkpot check`: proves the ledger and the calendar, one partnership after another. Always true: it changes nothing.

use app::{checks::prove, db::Db, organisations};
use domain::{
    PartnershipId,
    hours::checks::{RULES, Violation, words},
    minutes::thousands,
};
use std::collections::BTreeMap;

/// How many violations of a rule are named; one slip in an import can cause thousands.
const NAMED_MAX: usize = 20;

/// Checks every partnership and says line by line what was found; answers whether all is well.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &Db, mut say: impl FnMut(&str)) -> anyhow::Result<bool> {
    let partnerships = organisations::sql::partnerships(&mut db.read().await?).await?;
    if partnerships.is_empty() {
        say("Er is nog geen samenwerkingsverband om na te kijken.");
        return Ok(true);
    }
    let mut wrong = 0;
    for partnership in &partnerships {
        // A snapshot each: the largest ledger holds up no other.
        let report = prove(&mut db.read().await?, PartnershipId(partnership.id)).await?;
        say(&format!("{} {}: {}.", partnership.code, partnership.name, report.counted()));
        wrong += report.violations.len();
        tell(&report.violations, &mut say);
    }
    let count = partnerships.len();
    let looked = if count == 1 { "1 samenwerkingsverband".to_owned() } else { format!("{count} samenwerkingsverbanden") };
    if wrong == 0 {
        say(&format!("Alles klopt: {looked}, {} regels nagekeken.", RULES.len()));
    } else {
        say(&format!("Er klopt iets niet: {} keer, in {looked}.", number(wrong)));
    }
    Ok(wrong == 0)
}

fn tell(violations: &[Violation], say: &mut impl FnMut(&str)) {
    let mut by_rule: BTreeMap<&str, Vec<&Violation>> = BTreeMap::new();
    for violation in violations {
        by_rule.entry(violation.rule).or_default().push(violation);
    }
    for (rule, found) in by_rule {
        say(&format!("  Klopt niet: {} ({rule}), {} keer.", words(rule), number(found.len())));
        for violation in found.iter().take(NAMED_MAX) {
            say(&format!("    {}", violation.what));
        }
        if found.len() > NAMED_MAX {
            say(&format!("    … en nog {}.", number(found.len() - NAMED_MAX)));
        }
    }
}

fn number(count: usize) -> String {
    thousands(u64::try_from(count).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_violations_the_first_twenty_are_named_and_the_rest_counted() {
        let mut lines = Vec::new();
        let violation = |n: i64| Violation { rule: "chain_holds", what: format!("posting {n} was changed") };
        tell(&(1..=1022).map(violation).collect::<Vec<_>>(), &mut |line: &str| lines.push(line.to_owned()));
        assert_eq!(lines.len(), 22);
        assert_eq!(lines[0], "  Klopt niet: geen schakel in de ketting is veranderd (chain_holds), 1.022 keer.");
        assert_eq!(lines[20], "    posting 20 was changed");
        assert_eq!(lines[21], "    … en nog 1.002.");
    }
}
