//! The data of a pot's page, ready to read. Always true: hours, levels and categories; never a question, and never who asked it.

use crate::ui::{MonthColumn, MonthRow, SelectOption, State, Supplier};
use domain::Minutes;

/// A pot's page.
#[derive(Clone, Debug, Default)]
pub struct PotShown {
    /// Its id.
    pub id: String,
    /// `Wijkpot Havenkwartier`.
    pub name: String,
    /// `2026-11`.
    pub month: String,
    /// `november`.
    pub month_name: String,
    /// `Wat blijft liggen, vervalt na 30 november, over 13 dagen.`
    pub expiry: String,
    /// The pot, per supplier, with the postings behind it.
    pub stock: Vec<((Supplier, Minutes), String)>,
    /// The postings behind their sum.
    pub sum_behind: String,
    /// What stands behind it: the city-wide pot's name, address and minutes.
    pub behind: Option<(String, String, Minutes)>,
    /// Other months: words, address, whether it is this one.
    pub months: Vec<(String, String, bool)>,
    /// The form to give.
    pub give: Option<GiveForm>,
    /// The form to ask, for whoever works at a school of the pot.
    pub ask: Option<AskForm>,
    /// The form to ask the reserve.
    pub reserve: Option<ReserveForm>,
    /// Where own hours, board and pots stand in the order; and the rule of who decides, in words.
    pub rule: String,
    /// Who waits, per supplier.
    pub queues: Vec<Queue>,
    /// What one's own school gave and asked.
    pub mine: Vec<Mine>,
    /// The street of the year.
    pub columns: Vec<MonthColumn>,
    /// Its rows.
    pub rows: Vec<MonthRow>,
    /// `2026–2027`.
    pub year: String,
    /// Given and taken by board.
    pub boards: Vec<BoardNet>,
    /// The sums under them.
    pub total: BoardNet,
    /// The newest movements.
    pub moves: Vec<Moved>,
    /// Which wijken it covers, in words.
    pub covers: String,
}

/// The form to give.
#[derive(Clone, Debug)]
pub struct GiveForm {
    /// `school` or `bestuur`, and whose id.
    pub who: (&'static str, String),
    /// `De Meerpaal`.
    pub name: String,
    /// Each supplier with what is idle.
    pub idle: Vec<(String, Supplier, Minutes)>,
    /// How much.
    pub amounts: Vec<SelectOption>,
    /// What the board has to do with it, and how long one can think again.
    pub note: String,
}

/// The form to ask.
#[derive(Clone, Debug)]
pub struct AskForm {
    /// Which school.
    pub school: String,
    /// Its name.
    pub name: String,
    /// Each supplier: id, sign, note, and whether own hours go first.
    pub suppliers: Vec<(String, Supplier, String, bool)>,
    /// How much.
    pub amounts: Vec<SelectOption>,
    /// For whom.
    pub levels: Vec<SelectOption>,
    /// In which field.
    pub categories: Vec<SelectOption>,
    /// `Je krijgt dit direct. Tot 4 u per maand hoeft niemand te beslissen.`
    pub note: String,
}

/// The form to ask the reserve.
#[derive(Clone, Debug)]
pub struct ReserveForm {
    /// Which school.
    pub school: String,
    /// Each supplier whose contract has a reserve left: id, sign, note, and whether other sources go first.
    pub suppliers: Vec<(String, Supplier, String, bool)>,
    /// How much.
    pub amounts: Vec<SelectOption>,
}

/// The draws that wait for one supplier's hours of the month.
#[derive(Clone, Debug)]
pub struct Queue {
    /// An id for its heading.
    pub id: String,
    /// Whose hours.
    pub supplier: Supplier,
    /// `10 u gevraagd, 3 u 15 in de pot`.
    pub sums: String,
    /// In the order of need.
    pub lines: Vec<QueueLine>,
}

/// A draw that waits.
#[derive(Clone, Debug)]
pub struct QueueLine {
    /// Its id.
    pub id: String,
    /// `1`.
    pub place: String,
    /// `De Vuurtoren`.
    pub school: String,
    /// Whether it is one's own school.
    pub own: bool,
    /// `Groep, gedrag`.
    pub what: String,
    /// `3 u`.
    pub amount: String,
    /// `hoog`.
    pub urgency: String,
    /// `2,1`, or `onbekend`.
    pub per_hundred: String,
    /// `6 dagen`.
    pub waits: String,
    /// Why it stands here, and what it waits for.
    pub reason: String,
    /// What this person can do about it.
    pub act: QueueAct,
}

/// What one can do about a draw that waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum QueueAct {
    /// Look.
    #[default]
    Nothing,
    /// Take back one's own.
    Withdraw,
    /// Decide: how much may be granted; nothing when only a no is left to say.
    Decide(Vec<SelectOption>),
    /// Say for this school what one thinks: its id and name.
    Vote(String, String),
}

/// Something of one's own school or board: a gift, a draw, a question for the reserve.
#[derive(Clone, Debug)]
pub struct Mine {
    /// Its id.
    pub id: String,
    /// `2 u 15 De Brink gedoneerd`.
    pub what: String,
    /// What was posted for it, when anything was.
    pub behind: Option<String>,
    /// `vandaag 11.20`.
    pub when: String,
    /// Where it stands.
    pub chip: (State, String),
    /// The answer's reason, or until when it can be taken back.
    pub note: String,
    /// What one can do.
    pub act: MineAct,
}

/// What one can do about something of one's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MineAct {
    /// Look.
    #[default]
    Nothing,
    /// Take a gift back.
    TakeBack,
    /// Consent to a gift, or refuse.
    Consent,
    /// Withdraw a question for the reserve.
    WithdrawReserve,
    /// Release from the reserve, or refuse.
    Release,
}

/// Given and taken by a board's schools.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardNet {
    /// `Klaverblad`.
    pub name: String,
    /// Given.
    pub given: Minutes,
    /// Taken.
    pub taken: Minutes,
    /// The postings behind given, taken and their difference, for who may read them.
    pub behind: [Option<String>; 3],
}

/// A movement.
#[derive(Clone, Debug)]
pub struct Moved {
    /// `2026-11-17T11:20`.
    pub at: String,
    /// `vandaag 11.20`.
    pub when: String,
    /// `De Vuurtoren`; empty where a correction did it.
    pub who: String,
    /// `doneerde`, `nam`.
    pub verb: &'static str,
    /// `1 u 30 De Brink`.
    pub amount: String,
    /// `terug`, `op, na besluit van het stadsdeelteam`, `van De Kade voor november is rechtgezet`.
    pub after: String,
    /// The postings behind it.
    pub href: String,
}
