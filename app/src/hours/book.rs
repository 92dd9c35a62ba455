//! The book of hours: what its pages show, and their server functions. Always true: every amount is ready to read.

use super::api::{Entry, Pick};
use crate::{AppError, session::Page};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The book of hours as a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalPage {
    /// `Urenboek van Vlietland`.
    pub title: String,
    /// What it is.
    pub lede: String,
    /// What one can choose.
    pub filters: Filter,
    /// This page of the list, the last posting first.
    pub entries: Vec<Entry>,
    /// Whether this person may read a whole book.
    pub has_book: bool,
    /// How many there are, and of one kind what they come to; only where that can be counted.
    pub sum: Option<String>,
    /// The page with older ones.
    pub older: Option<String>,
    /// Back to the newest.
    pub newest: Option<String>,
    /// The whole list, for a spreadsheet.
    pub csv: String,
    /// The same, as a workbook.
    pub xlsx: String,
}

/// The filters above the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Choices.
    pub picks: Vec<Pick>,
    /// Posted from this day.
    pub van: String,
    /// Posted up to and including this day.
    pub tot: String,
}

/// One posting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostingPage {
    /// `Boeking 9.871`.
    pub title: String,
    /// `Donatie: 2 u van De Meerpaal naar Wijkpot`.
    pub lede: String,
    /// Its number, as a form sends it.
    pub number: i64,
    /// Term and answer, and where the answer leads.
    pub facts: Vec<(String, String, Option<String>)>,
    /// Both sides: what it was taken from and where it went.
    pub sides: Vec<Side>,
    /// Its place in the chain: term and answer.
    pub chain: Vec<(String, String)>,
    /// Whether this person may put it right here and now.
    pub may_reverse: bool,
    /// Why it can not be put right here, for who would be allowed to.
    pub why_not: Option<(String, String)>,
}

/// One side of a posting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// `Van`, `Naar`.
    pub way: String,
    /// `De Meerpaal`.
    pub holder: String,
    /// `De Wissel, november 2026`.
    pub bucket: String,
    /// What the account holds now; for who may read it.
    pub balance: Option<String>,
    /// The postings of the account; for who may read it.
    pub href: Option<String>,
}

/// The postings this person may see, by every filter.
#[server(name = ReadJournal, prefix = "/api", endpoint = "uren/boek")]
pub async fn read_journal(
    #[server(default)] jaar: String,
    #[server(default)] leverancier: String,
    #[server(default)] maand: String,
    #[server(default)] wie: String,
    #[server(default)] soort: String,
    #[server(default)] van: String,
    #[server(default)] tot: String,
    #[server(default)] over: String,
    #[server(default)] voor: String,
) -> Result<Page<JournalPage>, AppError> {
    use crate::{
        hours::{JournalAsk, journal},
        session::{db, now, page, signed_in},
    };
    let me = signed_in().await?;
    let ask = JournalAsk { jaar, leverancier, maand, wie, soort, van, tot, over, voor };
    let mut tx = db().read().await?;
    let data = journal(&mut tx, &me, &ask, now()).await?;
    drop(tx);
    page(data).await
}

/// One posting with everything that is known of it.
#[server(name = ReadPosting, prefix = "/api", endpoint = "uren/boeking")]
pub async fn read_posting(nummer: String) -> Result<Page<PostingPage>, AppError> {
    use crate::{
        hours::posting,
        session::{db, page, signed_in},
    };
    let me = signed_in().await?;
    let number = nummer.parse().map_err(|_| AppError::Malformed)?;
    let mut tx = db().read().await?;
    let data = posting(&mut tx, &me, number).await?;
    drop(tx);
    page(data).await
}

/// Puts a posting right: posts its mirror, for a reason.
#[server(name = ReversePosting, prefix = "/api", endpoint = "uren/draai-terug")]
pub async fn reverse_posting(nummer: String, #[server(default)] reden: String, key: String) -> Result<(), AppError> {
    use crate::{
        hours::{of_posting, sql, verbs},
        session::{Note, allow, db, form_key, go, note, now, signed_in},
    };
    use domain::{
        minutes::thousands,
        people::{Action, Object},
    };
    let me = signed_in().await?;
    let number: i64 = nummer.parse().map_err(|_| AppError::Malformed)?;
    let mut tx = db().write(me.partnership()).await?;
    sql::posting(&mut tx, me.partnership(), number).await?.ok_or(AppError::NotFound)?;
    allow(&me, Action::ReversePosting, &Object::of(me.partnership()))?;
    let mirror = verbs::reverse(&mut tx, me.partnership(), me.person(), number, &reden, &form_key(&key)?, now()).await?;
    tx.commit().await?;
    let told = format!("Boeking {} draait haar terug. Alle uren staan weer waar ze vandaan kwamen.", thousands(mirror.unsigned_abs()));
    note(Note::done(format!("Boeking {} is rechtgezet", thousands(number.unsigned_abs())), told)).await?;
    go(&of_posting(number));
    Ok(())
}
