//! What the start page shows, and the server function that loads it. Always true: everything is ready to read.

use crate::{
    AppError,
    hours::SumTable,
    months::{GivenCard, NoticeCard},
    session::Page,
    ui::{Fact, KeyItem, Part, Sentence, State, Supplier},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The start page, for whoever opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// For somebody who is not signed in.
    Welcome,
    /// For somebody who is.
    Home(Box<Home>),
}

/// What waits, runs and comes for one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// `Goedemiddag, Fenna`.
    pub greeting: String,
    /// `Dinsdag 17 november. Er wachten twee dingen op jou.`
    pub lede: String,
    /// Looking for an expert, for who books.
    pub search: Option<Search>,
    /// Hours that are about to perish, for a school.
    pub notice: Option<NoticeCard>,
    /// What was given with one click a short while ago.
    pub given: Option<GivenCard>,
    /// What waits for this person; none for a role for whom nothing ever does.
    pub tasks: Option<Vec<Task>>,
    /// What waits for somebody else.
    pub waiting: Vec<Waiting>,
    /// What happened this week that nobody has to answer.
    pub news: Vec<News>,
    /// The hours of this month.
    pub hours: Option<HoursCard>,
    /// What is coming.
    pub meetings: Option<Meetings>,
    /// The hours of many, with the way to all of them.
    pub table: Option<(SumTable, String)>,
    /// How things stand, in numbers.
    pub facts: Vec<Fact>,
    /// Where the house is run, for who runs it: words and address.
    pub house: Vec<(String, String)>,
}

/// The search box.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// `Vaak gevraagd in jouw wijk:`
    pub words: String,
    /// Words to look for, with their addresses.
    pub often: Vec<(String, String)>,
}

/// Something that waits for this person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// `Jij bent aan zet sinds gisteren`.
    pub since: String,
    /// `Gedrag, groep`.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// What happened.
    pub text: String,
    /// What to do, as a button: words and address.
    pub button: (String, String),
}

/// Something that waits for somebody else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// `Gedrag, groep`.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// `Samira El Idrissi antwoordt`.
    pub who: String,
    /// `ma 9 nov, 8 dagen`.
    pub since: String,
}

/// Something that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// `De Meerpaal gaf 2 u De Wissel aan Wijkpot Havenkwartier.`
    pub text: String,
    /// `gisteren`.
    pub when: String,
    /// Where it is.
    pub href: String,
}

/// The hours of this month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursCard {
    /// `Je uren in november`.
    pub title: String,
    /// `4 u 15`.
    pub amount: String,
    /// The postings behind it; empty when it is nothing.
    pub behind: Option<String>,
    /// `vrij van 14 u 15. Wat je niet gebruikt, vervalt na 30 november, over 13 dagen.`
    pub words: Sentence,
    /// One per supplier.
    pub meters: Vec<MeterData>,
    /// The whole year.
    pub href: String,
}

/// One supplier's hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterData {
    /// Whose.
    pub supplier: Supplier,
    /// `2 u`.
    pub left: String,
    /// The postings behind it; empty when it is nothing.
    pub behind: Option<String>,
    /// The blocks.
    pub parts: Vec<Part>,
    /// What they mean.
    pub keys: Vec<KeyItem>,
}

/// What is coming.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meetings {
    /// `Afspraken`.
    pub title: String,
    /// The first ones.
    pub list: Vec<Meeting>,
}

/// An appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// `do`, `19`, `nov`.
    pub day: [String; 3],
    /// `Gedrag, groep`.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// `2026-11-19T10:30`.
    pub moment: String,
    /// `10.30 tot 12.00 uur`.
    pub time: String,
    /// `Samira El Idrissi, Driesprong`.
    pub who: String,
    /// Where it stands.
    pub state: State,
    /// The same in words.
    pub status: String,
}

/// The start page of whoever asks.
#[server(name = ReadStart, prefix = "/api", endpoint = "start/lees")]
pub async fn read_start() -> Result<Page<Start>, AppError> {
    use crate::session::{current, db, now, page};
    let Some(me) = current().await? else { return page(Start::Welcome).await };
    let mut snapshot = db().snapshot();
    let home = super::kept_home(&mut snapshot, &me, now()).await?;
    drop(snapshot);
    page(Start::Home(Box::new((*home).clone()))).await
}
