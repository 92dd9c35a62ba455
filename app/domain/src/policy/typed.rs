//! What somebody typed for a setting, made a value or refused. Always true here: a refused value changes nothing.

use super::{BoardConsent, Choices, DrawDecision, Policy, Setting};
use crate::{Minutes, Refusal};

impl Policy {
    /// Chooses a value for a setting, as a form or a row gives it.
    ///
    /// # Errors
    /// `setting_unknown` for what is no choice, `setting_out_of_bounds` with the bounds, `setting_empty` without a month; at the field
    /// `waarde`.
    pub fn set(&mut self, setting: Setting, typed: &str) -> Result<(), Refusal> {
        let typed = typed.trim();
        match (setting, setting.choices()) {
            (Setting::BoardMandate, _) => self.board_mandate = yes(typed).ok_or_else(unknown)?,
            (Setting::BoardConsent, _) => self.board_consent = BoardConsent::from_code(typed).ok_or_else(unknown)?,
            (Setting::DrawDecision, _) => self.draw_decision = DrawDecision::from_code(typed).ok_or_else(unknown)?,
            (Setting::DrawCap, Choices::Hours(most, _)) => self.draw_cap = minutes(typed, most)?,
            (Setting::RecordWaitDays, Choices::Number(least, most, _)) => self.record_wait_days = number(typed, least, most)?,
            (Setting::NoticeDay, Choices::Number(least, most, _)) => self.notice_day = number(typed, least, most)?,
            (Setting::AutoDonateDays, Choices::Number(least, most, _)) => self.auto_donate_days = number(typed, least, most)?,
            (_, choices) => self.months = months(typed, &choices)?,
        }
        Ok(())
    }
}

fn yes(typed: &str) -> Option<bool> {
    match typed {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn number(typed: &str, least: u32, most: u32) -> Result<u32, Refusal> {
    let number = typed.parse().ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| {
        let advice = format!("Er is niets veranderd. Kies een heel getal van {least} tot en met {most}.");
        refused("setting_out_of_bounds", "Dit getal kan hier niet", advice)
    })
}

fn minutes(typed: &str, most: Minutes) -> Result<Minutes, Refusal> {
    let minutes = typed.parse().ok().map(Minutes).filter(|minutes| (Minutes::ZERO..=most).contains(minutes) && minutes.is_on_grid());
    minutes.ok_or_else(|| {
        let advice = format!("Er is niets veranderd. Kies een tijd van 0 tot en met {most}, per kwartier.");
        refused("setting_out_of_bounds", "Zoveel uren kan hier niet", advice)
    })
}

/// The chosen months in the order of the school year, each once, whatever the order in which they were named.
fn months(typed: &str, choices: &Choices) -> Result<Vec<u32>, Refusal> {
    let Choices::Several(possible) = choices else { return Err(unknown()) };
    let named: Vec<&str> = typed.split(',').map(str::trim).filter(|month| !month.is_empty()).collect();
    if named.is_empty() {
        let advice = "Er is niets veranderd. Zonder een maand zijn er geen uren te verdelen.";
        return Err(refused("setting_empty", "Kies minstens één maand", advice));
    }
    if named.iter().any(|month| possible.iter().all(|(value, _)| value != month)) {
        return Err(unknown());
    }
    Ok(possible.iter().filter(|(value, _)| named.contains(&value.as_str())).filter_map(|(value, _)| value.parse().ok()).collect())
}

fn unknown() -> Refusal {
    refused("setting_unknown", "Dit is geen van de keuzes", "Er is niets veranderd. Kies er een die op de pagina staat.")
}

fn refused(code: &'static str, heading: &'static str, advice: impl Into<std::borrow::Cow<'static, str>>) -> Refusal {
    Refusal::new(code, heading, advice).at("waarde")
}
