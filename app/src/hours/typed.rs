//! Hours as somebody types them. Always true: what reads as hours lies on the grid of quarters, from zero up.

use domain::{Minutes, hours::hundredths};

/// `12`, `12,25`, `12.5`, and as Wijkpot writes it and a clock does: `12 u`, `12 u 15`, `12:15`. None for anything else.
#[must_use]
pub fn quarters(text: &str) -> Option<Minutes> {
    let (hours, minutes) = match text.split_once(':') {
        Some((hours, minutes)) => (hours, Some(minutes)),
        None => text.split_once('u').map_or((text, None), |(hours, minutes)| (hours, Some(minutes).filter(|rest| !rest.trim().is_empty()))),
    };
    let hundredths = hundredths(hours)?;
    let part = match minutes.map(str::trim) {
        None => 0,
        // Half an hour and a quarter is one thing too many.
        Some(_) if hundredths % 100 != 0 || hours.contains([',', '.']) => return None,
        Some("00") => 0,
        Some("15") => 25,
        Some("30") => 50,
        Some("45") => 75,
        Some(_) => return None,
    };
    (hundredths % 25 == 0).then(|| Minutes::quarters((hundredths + part) / 25))
}

/// Minutes as [`quarters`] reads them.
#[must_use]
pub fn hours_typed(minutes: Minutes) -> String {
    match (minutes.0 / 60, minutes.0 % 60) {
        (hours, 15) => format!("{hours},25"),
        (hours, 30) => format!("{hours},5"),
        (hours, 45) => format!("{hours},75"),
        (hours, _) => hours.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_typed_and_read_in_quarters() {
        for minutes in [0, 15, 30, 45, 60, 735, 120_000] {
            assert_eq!(quarters(&hours_typed(Minutes(minutes))), Some(Minutes(minutes)), "{minutes}");
        }
        for text in ["2.50", "2:30", "2 u 30", "2u30", " 2\u{a0}u\u{a0}30 "] {
            assert_eq!(quarters(text), Some(Minutes(150)), "{text}");
        }
        assert_eq!(
            (quarters("50 u"), quarters("50,5 u"), quarters("50:00")),
            (Some(Minutes(3_000)), Some(Minutes(3_030)), Some(Minutes(3_000)))
        );
        for minutes in [0, 60, 75, 3_030] {
            assert_eq!(quarters(&Minutes(minutes).to_string()), Some(Minutes(minutes)), "{minutes}");
        }
        for text in [
            "0,1",
            "-1",
            "veel",
            "",
            "1,255",
            "99999999999999999999",
            "2:",
            "2:5",
            "2:10",
            "2:60",
            "2,5:30",
            "2 u 3",
            "u 30",
            ":30",
            "2 uur",
            "1:00:00",
        ] {
            assert_eq!(quarters(text), None, "{text}");
        }
    }
}
