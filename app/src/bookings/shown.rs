//! What the pages show, ready to be read. Always true: every date and amount is a string that the server wrote, so that server and
//! browser show the same, and what somebody may not read is not in it.

use crate::{
    experts::Profile,
    ui::{Fact, Part, SlotWeek, State},
};
use serde::{Deserialize, Serialize};

/// A specialist's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpertShown {
    /// Who.
    pub profile: Profile,
    /// The question one came from, as in the address of the search page.
    pub search: String,
    /// The form, or why there is none and what one can do.
    pub form: Result<Asking, WhyNot>,
}

/// Why somebody can not book here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyNot {
    /// What, without a full stop.
    pub heading: String,
    /// What one can do.
    pub text: String,
}

/// The form that asks a specialist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// The specialist's id.
    pub expert: String,
    /// `Thijs`.
    pub first_name: String,
    /// The school's id.
    pub school: String,
    /// The schools one can ask for, when there are several.
    pub schools: Vec<Way>,
    /// When.
    pub picker: Picker,
    /// The levels this specialist offers: code and word.
    pub levels: Vec<(String, String)>,
    /// The expertise it is about, as slug and name, when the address names one.
    pub expertise: Option<(String, String)>,
    /// What one chooses from when the address names no expertise: slug and name.
    pub subjects: Vec<(String, String)>,
    /// Names that may stand in a text: the school, the supplier.
    pub known: Vec<String>,
    /// What it costs, for each month in view.
    pub pay: Vec<PayShown>,
    /// What happens after it was asked.
    pub then: String,
}

/// A link of a row of which one is current.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// The words.
    pub label: String,
    /// Where to.
    pub href: String,
    /// Whether this is where we are.
    pub current: bool,
}

/// How long and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picker {
    /// Minutes, as the form sends them.
    pub minutes: i64,
    /// `3 uur`, `1 u 30`.
    pub length: String,
    /// Other durations are other pages.
    pub durations: Vec<Way>,
    /// What may be chosen.
    pub help: String,
    /// Two weeks.
    pub weeks: Vec<SlotWeek>,
    /// The moment that is chosen beforehand.
    pub chosen: Option<String>,
    /// Earlier weeks, later weeks, the first free moment when these weeks have none.
    pub ways: Vec<(String, String)>,
    /// What each moment is in a sentence, for the card beside it: value and day and hours.
    pub spoken: Vec<(String, String, String)>,
}

/// Who would pay in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayShown {
    /// `Voor een moment in november`; empty when there is one month in view.
    pub month: String,
    /// `2026-11`.
    pub code: String,
    /// The blocks.
    pub blocks: Vec<Part>,
    /// Who pays what.
    pub lines: Vec<PayLine>,
    /// `3 u`.
    pub total: String,
    /// What to do when there is not enough.
    pub missing: Option<String>,
}

/// One source of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayLine {
    /// `Eigen uren`.
    pub name: String,
    /// `2 u`.
    pub amount: String,
    /// `Daarna is er 0 u over bij De Wissel in november.`
    pub note: String,
    /// Whether it comes from a pot.
    pub pot: bool,
}

/// The list of bookings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListShown {
    /// Whose they are, in a sentence.
    pub lede: String,
    /// Whether one can ask for more.
    pub can_ask: bool,
    /// Those that wait on whoever reads.
    pub mine: Vec<LineShown>,
    /// Those ahead.
    pub ahead: ListPart,
    /// Those behind.
    pub behind: ListPart,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPart {
    /// What is on it.
    pub lines: Vec<LineShown>,
    /// This page, from 1.
    pub page: u32,
    /// How many.
    pub pages: u32,
    /// The page before.
    pub before: Option<String>,
    /// The page after.
    pub after: Option<String>,
}

/// A booking in a list: wat, waar, wanneer, hoeveel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineShown {
    /// Its page.
    pub href: String,
    /// `Leerling, hoogbegaafdheid`.
    pub what: String,
    /// `De Meerpaal`, or a wijk.
    pub place: String,
    /// `Thijs Oldenkamp`.
    pub who: String,
    /// `do 19 nov`.
    pub day: String,
    /// `9.00–12.00`.
    pub time: String,
    /// `3 u`.
    pub amount: String,
    /// Where it stands.
    pub chip: (State, String),
}

/// A booking's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingShown {
    /// Its id.
    pub id: String,
    /// `Hoogbegaafdheid`.
    pub title: String,
    /// Level, place, number.
    pub tags: Vec<String>,
    /// Where it stands.
    pub chip: (State, String),
    /// Who is on turn and what they do.
    pub turn: Option<TurnShown>,
    /// Wat, waar, wanneer, hoeveel.
    pub facts: Vec<Fact>,
    /// Question and goal, for those who may read them.
    pub text: Option<TextShown>,
    /// Who can read the text.
    pub readers: String,
    /// What was said when it ended.
    pub ended: Option<String>,
    /// The booking it came from or went to: words and address.
    pub others: Vec<(String, String)>,
    /// Who paid.
    pub paid: Vec<PayLine>,
    /// The blocks of what was paid.
    pub blocks: Vec<Part>,
    /// What is said about the payment.
    pub paid_note: String,
    /// The postings behind it.
    pub postings: Option<String>,
    /// What the school is asked to give on top, for whoever may give it: how much, and who would pay.
    pub extra: Option<(String, PayShown)>,
    /// What one can do.
    pub may: May,
    /// The minutes that were set aside.
    pub minutes: i64,
    /// What cancelling now would mean.
    pub cancel_note: String,
}

/// Who is on turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnShown {
    /// `Zeg ja of nee`.
    pub heading: String,
    /// Why, in a sentence.
    pub words: String,
}

/// The text of a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextShown {
    /// The question.
    pub question: String,
    /// The goal.
    pub goal: String,
    /// Whether the parents know; none when that is not asked at its level.
    pub parents: Option<bool>,
}

/// What somebody may do with a booking now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct May {
    /// Say yes or no.
    pub answer: bool,
    /// Record what was done.
    pub done: bool,
    /// Call it off.
    pub cancel: bool,
    /// Move it.
    pub moving: bool,
}

/// The page that moves a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveShown {
    /// Its id.
    pub id: String,
    /// `donderdag 19 november, 9.00–12.00`.
    pub now: String,
    /// `Thijs`.
    pub first_name: String,
    /// When instead.
    pub picker: Picker,
    /// What it costs, for each month in view; for whoever spends the school's hours.
    pub pay: Vec<PayShown>,
    /// What happens then.
    pub then: String,
    /// The words on the button.
    pub button: String,
}
