//! Hours as somebody types them. Always true: what reads as hours lies on the grid of quarters, from zero up.

use domain::{Minutes, hours::hundredths};

/// `12`, `12,25`, `12.5`: hours in quarters. None for anything else.
#[must_use]
pub fn quarters(text: &str) -> Option<Minutes> {
    let hundredths = hundredths(text)?;
    (hundredths % 25 == 0).then(|| Minutes::quarters(hundredths / 25))
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
        assert_eq!(quarters("2.50"), Some(Minutes(150)));
        for text in ["0,1", "-1", "veel", "", "1,255", "99999999999999999999"] {
            assert_eq!(quarters(text), None, "{text}");
        }
    }
}
