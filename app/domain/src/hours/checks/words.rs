//! What each rule of the check says, for people. Always true here: every rule that can be broken has its words.

/// Rule and words, in the order they are told.
pub const RULES: [(&str, &str); 13] = [
    ("accounts_are_possible", "elke rekening kan bestaan"),
    ("balances_match_postings", "elk saldo is de som van zijn boekingen"),
    ("lines_match_postings", "elk bedrag naast een saldo is de som van zijn boekingen"),
    ("parts_match_bookings", "elke afspraak weet wie haar betaalt"),
    ("supplier_years_sum_to_zero", "elke leverancier is per schooljaar samen nul"),
    ("never_negative", "alleen een contract staat onder nul"),
    ("contracts_match", "elk contract is precies verdeeld"),
    ("chain_holds", "geen schakel in de ketting is veranderd"),
    ("booking_accounts_hold", "elke afspraak houdt haar minuten vast"),
    ("quarters_match", "geen expert is dubbel geboekt"),
    ("agreements_match_postings", "elke donatie, opname, vrijgave en verplaatsing staat zo in het urenboek"),
    ("expiries_follow_closings", "uren vervallen alleen als hun maand voorbij is"),
    ("closed_months_are_empty", "in een afgesloten maand is niets blijven liggen"),
];

/// A rule in words; its name when nobody gave it words.
#[must_use]
pub fn words(rule: &str) -> &str {
    RULES.iter().find(|(code, _)| *code == rule).map_or(rule, |(_, words)| *words)
}

/// The night a check belongs to: from two o'clock on it is that of the day, before it that of the day before, so that a server that starts
/// in the daytime looks at once and one that runs looks when nobody works.
#[must_use]
pub fn night(now: chrono::DateTime<chrono::Utc>) -> chrono::NaiveDate {
    crate::time::local_date(now - chrono::TimeDelta::hours(2))
}
