//! The settings one by one: what each does and where it comes from, in words for whoever chooses.

use super::{BoardConsent, DrawDecision, Policy};
use crate::{Minutes, hours::kinds::words, time::month_name};
use serde::{Deserialize, Serialize};

/// Two working weeks: who draws more in a month by itself has no pot but a contract.
const DRAW_CAP_MAX: Minutes = Minutes::hours(80);
/// Caps that are offered: by the hour up to a working day, then by days.
const DRAW_CAPS: [Minutes; 13] = [
    Minutes::ZERO,
    Minutes::hours(1),
    Minutes::hours(2),
    Minutes::hours(3),
    Minutes::hours(4),
    Minutes::hours(5),
    Minutes::hours(6),
    Minutes::hours(8),
    Minutes::hours(12),
    Minutes::hours(16),
    Minutes::hours(24),
    Minutes::hours(40),
    DRAW_CAP_MAX,
];
/// Four weeks: a month is settled before the next one ends.
const RECORD_WAIT_DAYS_MAX: u32 = 28;
/// Every month has a day 28.
const NOTICE_DAY_MAX: u32 = 28;
/// Two weeks: earlier than that a school may still need its hours.
const AUTO_DONATE_DAYS_MAX: u32 = 14;

words! {
    /// One choice of a partnership; its Dutch word is its title.
    Setting:
    /// [`Policy::months`].
    Months = "months", "Maanden met uren";
    /// [`Policy::board_mandate`].
    BoardMandate = "board_mandate", "Boeken uit uren van het bestuur";
    /// [`Policy::board_consent`].
    BoardConsent = "board_consent", "Akkoord van het bestuur bij doneren";
    /// [`Policy::draw_decision`].
    DrawDecision = "draw_decision", "Wie beslist over een opname";
    /// [`Policy::draw_cap`].
    DrawCap = "draw_cap", "Grens voor een opname";
    /// [`Policy::record_wait_days`].
    RecordWaitDays = "record_wait_days", "Wachten op verantwoording";
    /// [`Policy::notice_day`].
    NoticeDay = "notice_day", "Dag van het bericht";
    /// [`Policy::auto_donate_days`].
    AutoDonateDays = "auto_donate_days", "Automatisch doneren";
}

/// What can be chosen, for the field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choices {
    /// Some of these, by value and label.
    Several(Vec<(String, &'static str)>),
    /// One of these, by value and label.
    One(Vec<(&'static str, &'static str)>),
    /// A number of hours, in quarters, up to this; with some that are offered.
    Hours(Minutes, &'static [Minutes]),
    /// A whole number from the first to the second, with what it counts after it.
    Number(u32, u32, &'static str),
}

impl Setting {
    /// What it does, for somebody who is about to change it.
    #[must_use]
    pub const fn what(self) -> &'static str {
        match self {
            Self::Months => "De uren van een contract worden verdeeld over deze maanden. Wat al verdeeld is, verandert niet.",
            Self::BoardMandate => {
                "Zijn de eigen uren van een school op, dan boekt ze verder uit de uren die haar bestuur zelf houdt. Dit geldt voor besturen die niets kozen: koos een bestuur per school wie mag boeken, dan geldt die keuze."
            }
            Self::BoardConsent => "Wat er van het bestuur nodig is als een school uren aan de wijkpot geeft.",
            Self::DrawDecision => "Wie ja zegt als een school uren uit de wijkpot vraagt. Eigen uren gaan altijd voor.",
            Self::DrawCap => "Zoveel neemt een school per maand op zonder dat iemand beslist. Bij 0 beslist het stadsdeelteam altijd.",
            Self::RecordWaitDays => {
                "Zoveel dagen na het einde van de maand kan een expert nog opschrijven hoe lang het duurde. Daarna vervallen de vastgezette uren."
            }
            Self::NoticeDay => "Op deze dag van de maand leest een school hoeveel uren er nog liggen, en kan ze die met één klik doneren.",
            Self::AutoDonateDays => {
                "Zoveel dagen voor het einde van de maand gaan ongebruikte uren naar de wijkpot. Alleen bij scholen die dat zelf aanzetten."
            }
        }
    }

    /// Where it comes from.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Months => "De tabel van 2016 deelt door elf maanden. Welke elf, staat er niet bij; wij beginnen in september.",
            Self::BoardMandate => "Spelregel 2: het bestuur spreekt de hulp af, of de school namens het bestuur.",
            Self::BoardConsent => {
                "Het ondersteuningsplan noemt doneren aan een wijkpot en zegt niet wie akkoord geeft. Een keuze van Wijkpot."
            }
            Self::DrawDecision => "De solidariteitsgedachte zegt dat scholen elkaar helpen, niet wie beslist. Een keuze van Wijkpot.",
            Self::DrawCap => "Een keuze van Wijkpot: een dagdeel is genoeg voor een eerste bezoek en te weinig om een pot te legen.",
            Self::RecordWaitDays => {
                "Uren die niet zijn gebruikt, gaan niet mee naar een volgende maand. Hoelang opschrijven mag, is een keuze van Wijkpot."
            }
            Self::NoticeDay => "Een keuze van Wijkpot: halverwege de maand is er nog tijd om te boeken of te doneren.",
            Self::AutoDonateDays => {
                "Een keuze van Wijkpot: de school houdt haar uren zo lang mogelijk, en een andere school kan ze nog gebruiken."
            }
        }
    }

    /// What the button that chooses it says.
    #[must_use]
    pub const fn choose(self) -> &'static str {
        match self {
            Self::Months => "Kies deze maanden",
            Self::BoardMandate => "Kies wie er mag boeken",
            Self::BoardConsent => "Kies dit akkoord",
            Self::DrawDecision => "Kies wie er beslist",
            Self::DrawCap => "Zet de grens",
            Self::RecordWaitDays => "Zet de wachttijd",
            Self::NoticeDay => "Kies deze dag",
            Self::AutoDonateDays => "Zet dit aantal dagen",
        }
    }

    /// What can be chosen.
    #[must_use]
    pub fn choices(self) -> Choices {
        match self {
            Self::Months => Choices::Several((8..=12).chain(1..=7).map(|month| (month.to_string(), month_name(month))).collect()),
            Self::BoardMandate => Choices::One(vec![("yes", "Ja, scholen boeken namens hun bestuur"), ("no", "Nee")]),
            Self::BoardConsent => Choices::One(BoardConsent::ALL.iter().map(|word| (word.code(), word.dutch())).collect()),
            Self::DrawDecision => Choices::One(DrawDecision::ALL.iter().map(|word| (word.code(), word.dutch())).collect()),
            Self::DrawCap => Choices::Hours(DRAW_CAP_MAX, &DRAW_CAPS),
            Self::RecordWaitDays => Choices::Number(0, RECORD_WAIT_DAYS_MAX, "dagen"),
            Self::NoticeDay => Choices::Number(1, NOTICE_DAY_MAX, "van de maand"),
            Self::AutoDonateDays => Choices::Number(1, AUTO_DONATE_DAYS_MAX, "dagen voor het einde van de maand"),
        }
    }
}

impl Policy {
    /// The value of a setting as it is kept, and as a form sends it: `9,10,11`, `yes`, `240`.
    #[must_use]
    pub fn value(&self, setting: Setting) -> String {
        match setting {
            Setting::Months => self.months.iter().map(u32::to_string).collect::<Vec<_>>().join(","),
            Setting::BoardMandate => (if self.board_mandate { "yes" } else { "no" }).to_owned(),
            Setting::BoardConsent => self.board_consent.code().to_owned(),
            Setting::DrawDecision => self.draw_decision.code().to_owned(),
            Setting::DrawCap => self.draw_cap.0.to_string(),
            Setting::RecordWaitDays => self.record_wait_days.to_string(),
            Setting::NoticeDay => self.notice_day.to_string(),
            Setting::AutoDonateDays => self.auto_donate_days.to_string(),
        }
    }

    /// The value of a setting as people read it: `september tot en met juli`, `4 u`.
    #[must_use]
    pub fn shown(&self, setting: Setting) -> String {
        match setting.choices() {
            Choices::Several(_) => self.months.iter().map(|month| month_name(*month)).collect::<Vec<_>>().join(", "),
            Choices::One(choices) => {
                let value = self.value(setting);
                choices.iter().find(|(code, _)| *code == value).map_or(value.clone(), |(_, label)| (*label).to_owned())
            }
            Choices::Hours(..) => self.draw_cap.to_string(),
            Choices::Number(_, _, unit) => format!("{} {unit}", self.value(setting)),
        }
    }
}
