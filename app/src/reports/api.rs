//! What the overview shows, and the server function that loads it. Always true: every amount is ready to read.

use crate::{
    AppError,
    hours::{Pick, Street, SumTable},
    session::Page,
    ui::{MonthCell, Sentence},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The overview for the general meeting of members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverviewPage {
    /// `Waar gingen de uren heen?`
    pub title: String,
    /// The period, in words, and what it adds up to.
    pub lede: Sentence,
    /// Period and supplier.
    pub picks: Vec<Pick>,
    /// What became of each board's hours, as bars.
    pub bars: Vec<Bar>,
    /// The same, in numbers; then per supplier.
    pub tables: Vec<SumTable>,
    /// What each board gave to the pots and got from them.
    pub pots: Vec<PotRow>,
    /// The months, as houses with their numbers; none when there is nothing.
    pub street: Option<Street>,
    /// The numbers as a file.
    pub csv: String,
    /// As a workbook.
    pub xlsx: String,
    /// Why there is nothing to see, when there is nothing.
    pub empty: Option<String>,
}

/// A board's hours as one bar, in minutes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// `Klaverblad`.
    pub name: String,
    /// All of it in words: `Klaverblad: 51 u gebruikt, 4 u gepland`.
    pub words: String,
    /// Used, to the pot, planned, free and expired.
    pub parts: [i64; 5],
}

/// What one board gave to the pots and got from them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PotRow {
    /// `Klaverblad`, or `Samen`.
    pub name: String,
    /// Given.
    pub given: MonthCell,
    /// Drawn, or paid from a pot.
    pub got: MonthCell,
    /// Got less given.
    pub net: MonthCell,
}

/// The overview of a school year (`2026-2027`) or a calendar year (`2026`), of one supplier or all.
#[server(name = ReadOverview, prefix = "/api", endpoint = "rapportage/alv")]
pub async fn read_overview(
    #[server(default)] periode: String,
    #[server(default)] leverancier: String,
) -> Result<Page<OverviewPage>, AppError> {
    use crate::{
        reports::{OverviewAsk, overview},
        session::{allow, db, now, page, signed_in},
    };
    use domain::people::{Action, Object};
    let me = signed_in().await?;
    allow(&me, Action::SeeReports, &Object::of(me.partnership()))?;
    let ask = OverviewAsk::parse(&periode, &leverancier, now())?;
    let mut tx = db().read().await?;
    let data = overview(&mut tx, &me, &ask, now()).await?;
    drop(tx);
    page(data).await
}
