//! What the pages of hours show, and the two server functions that load them. Always true: every amount is ready to read.

use crate::{
    AppError,
    session::Page,
    ui::{MonthCell, MonthColumn, MonthRow, Sentence, Supplier},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The page of a year's hours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursPage {
    /// `Uren van De Meerpaal`.
    pub title: String,
    /// What it adds up to now.
    pub lede: Sentence,
    /// Where one came from: address and words.
    pub back: Option<(String, String)>,
    /// What one can choose: school, board, supplier, year.
    pub picks: Vec<Pick>,
    /// Many holders, a row each.
    pub tables: Vec<SumTable>,
    /// One holder's year, a street per supplier.
    pub streets: Vec<Street>,
    /// Why there is nothing to see, when there is nothing.
    pub empty: Option<String>,
    /// Whether the school gives by itself what is idle; for who decides that.
    pub automatic: Option<Automatic>,
    /// Where one goes from here: address and words.
    pub links: Vec<(String, String)>,
}

/// A choice: the name it sends, what it asks, its options (value and words) and what is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// `leverancier`.
    pub name: String,
    /// `Leverancier`.
    pub label: String,
    /// Values and words.
    pub options: Vec<(String, String)>,
    /// The value that is chosen.
    pub chosen: String,
}

/// Whether a school gives by itself what is idle shortly before the end of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Automatic {
    /// Its id.
    pub school: String,
    /// Whether it does.
    pub is_on: bool,
    /// What happens and when.
    pub words: String,
    /// Who switched it on, and when.
    pub by: Option<String>,
}

/// A year at one supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Street {
    /// The id of its heading.
    pub id: String,
    /// Whose.
    pub supplier: Supplier,
    /// `2 u vrij, vervalt na 30 november, over 5 dagen`; none when nothing is about to.
    pub left: Option<Sentence>,
    /// `Uren van De Meerpaal bij De Wissel per maand`.
    pub caption: String,
    /// The houses.
    pub columns: Vec<MonthColumn>,
    /// The amounts.
    pub rows: Vec<MonthRow>,
}

/// A table of sums.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SumTable {
    /// Its title.
    pub caption: String,
    /// A sentence under it.
    pub note: String,
    /// The head of the first column: `School`.
    pub first: String,
    /// The heads of the others.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<SumRow>,
    /// The sums under the columns.
    pub foot: Vec<MonthCell>,
}

/// A row of sums.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SumRow {
    /// `De Meerpaal`.
    pub name: String,
    /// Or a supplier, with its sign.
    pub supplier: Option<Supplier>,
    /// Where its name leads.
    pub href: Option<String>,
    /// The amounts.
    pub cells: Vec<MonthCell>,
}

/// The postings behind a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostingsPage {
    /// `Achter 2 u: vrij in november 2026`.
    pub title: String,
    /// `De Meerpaal, De Wissel`.
    pub whose: String,
    /// Back to the year.
    pub back: (String, String),
    /// This page of the postings.
    pub entries: Vec<Entry>,
    /// `Vrij`.
    pub label: String,
    /// The number.
    pub sum: String,
    /// How many postings stand behind it.
    pub count: usize,
    /// This page, from 1.
    pub page: u32,
    /// How many pages.
    pub pages: u32,
    /// The page before.
    pub before: Option<String>,
    /// The page after.
    pub after: Option<String>,
}

/// A posting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The id of its row: `post-9871`.
    pub id: String,
    /// `9.871`.
    pub number: String,
    /// The page of this posting.
    pub href: String,
    /// `ma 9 nov`.
    pub day: String,
    /// `2026-11-09`.
    pub date: String,
    /// `Vastgezet`.
    pub kind: String,
    /// `van De Meerpaal naar Afspraak 4502`.
    pub way: String,
    /// Why; may be empty.
    pub reason: String,
    /// `door Fenna Hoekema`.
    pub by: String,
    /// What it puts right, or what put it right: words and address.
    pub puts_right: Vec<(String, Option<String>)>,
    /// The booking it is about: words and address, for who may read it.
    pub booking: Option<(String, String)>,
    /// `+ 4 u 30`.
    pub amount: String,
    /// What it then was.
    pub balance: String,
}

/// The hours this person may see, of a school year.
#[server(name = ReadHours, prefix = "/api", endpoint = "uren/lees")]
pub async fn read_hours(
    #[server(default)] jaar: String,
    #[server(default)] leverancier: String,
    #[server(default)] school: String,
    #[server(default)] bestuur: String,
) -> Result<Page<HoursPage>, AppError> {
    use crate::{
        hours::{HoursAsk, hours},
        session::{db, now, page, signed_in},
    };
    let me = signed_in().await?;
    let ask = HoursAsk::parse(&jaar, &leverancier, &school, &bestuur)?;
    let mut tx = db().read().await?;
    let data = hours(&mut tx, &me, &ask, now()).await?;
    drop(tx);
    page(HoursPage { links: crate::hours::links::links(&me), ..data }).await
}

/// The postings behind a number: of an account, or of a holder's school year at a supplier, in a month, or over all.
#[server(name = ReadPostings, prefix = "/api", endpoint = "uren/boekingen")]
pub async fn read_postings(
    #[server(default)] rekening: String,
    #[server(default)] houder: String,
    #[server(default)] id: String,
    #[server(default)] jaar: String,
    #[server(default)] kalenderjaar: String,
    #[server(default)] bestuur: String,
    #[server(default)] zonder: String,
    #[server(default)] leverancier: String,
    #[server(default)] maand: String,
    #[server(default)] vanaf: String,
    #[server(default)] wat: String,
    #[server(default)] blad: String,
) -> Result<Page<PostingsPage>, AppError> {
    use crate::{
        hours::behind::{PostingsAsk, behind},
        session::{db, page, signed_in},
    };
    let me = signed_in().await?;
    let ask = PostingsAsk { rekening, houder, id, jaar, kalenderjaar, bestuur, zonder, leverancier, maand, vanaf, wat, blad };
    let mut tx = db().read().await?;
    let data = behind(&mut tx, &me, &ask).await?;
    drop(tx);
    page(data).await
}
