//! A reason in somebody's own words. Always true here: what leaves this module is a line of text that fits its column.

use super::REASON_CHARACTERS_MAX;
use crate::{
    Refusal,
    text::{one_line, pupils::without_bsn},
};

/// The reason as it is kept: without spaces around it, on one line.
///
/// # Errors
/// `reason_missing` or `reason_too_long`, at the field `reden`.
pub fn read_reason(text: &str) -> Result<String, Refusal> {
    let reason = one_line(text);
    if reason.is_empty() {
        return Err(Refusal::new("reason_missing", "De reden ontbreekt", "Schrijf in een zin waarom. Wie dit later leest, snapt het dan.")
            .at("reden"));
    }
    if reason.chars().count() > REASON_CHARACTERS_MAX {
        let advice = format!("Schrijf de reden in hoogstens {REASON_CHARACTERS_MAX} tekens.");
        return Err(Refusal::new("reason_too_long", "De reden is te lang", advice).at("reden"));
    }
    without_bsn(&reason, "reden")?;
    Ok(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_that_fits() {
        assert_eq!(read_reason("  groeit \n\0 hard "), Ok("groeit hard".to_owned()));
        assert!(read_reason(" \t ").is_err_and(|refusal| refusal.code == "reason_missing"));
        assert!(read_reason(&"é".repeat(REASON_CHARACTERS_MAX)).is_ok());
        assert!(read_reason(&"é".repeat(REASON_CHARACTERS_MAX + 1)).is_err_and(|refusal| refusal.code == "reason_too_long"));
        assert!(read_reason("leerling 111222333 erbij").is_err_and(|refusal| refusal.code == "text_has_bsn"));
    }
}
