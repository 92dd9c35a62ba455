//! The figures of a period with their names, the same for the page, the files and the command line. Always true here: their order does not
//! depend on the engine, because it is made here.

use super::{
    kept::sums,
    sql::{FigureRow, Span},
};
use crate::{
    AppError,
    db::Tx,
    hours::{ALL_POTS, BOARD_WITH_SCHOOLS, BOARDLESS, Behind},
    organisations,
};
use chrono::{DateTime, Utc};
use domain::{
    PartnershipId, SupplierId,
    hours::{Month, SchoolYear},
};
use std::collections::HashMap;
use uuid::Uuid;

/// What the overview is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// August to July.
    School(SchoolYear),
    /// January to December.
    Calendar(i32),
}

impl Period {
    /// As its address says it: `2026-2027`, `2026`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::School(year) => format!("{}-{}", year.0, year.0 + 1),
            Self::Calendar(year) => year.to_string(),
        }
    }

    /// From an address.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let year = |text: &str| text.parse::<i32>().ok().filter(|year| (2000..=2200).contains(year));
        match code.split_once('-') {
            Some((first, last)) => {
                let first = year(first)?;
                (year(last)? == first + 1).then_some(Self::School(SchoolYear(first)))
            }
            None => year(code).map(Self::Calendar),
        }
    }

    /// `schooljaar 2026–2027`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::School(year) => format!("schooljaar {year}"),
            Self::Calendar(year) => format!("kalenderjaar {year}"),
        }
    }

    /// The postings of a holder, or of those that a word names, in this period.
    pub(super) fn behind(self, (holder, id): (&str, Option<Uuid>)) -> Behind {
        match self {
            Self::School(year) => Behind::in_year(holder, id, year),
            Self::Calendar(year) => Behind::in_calendar_year(holder, id, year),
        }
    }

    /// Its months, in order.
    #[must_use]
    pub fn months(self) -> Vec<Month> {
        match self {
            Self::School(year) => year.calendar(),
            Self::Calendar(year) => (1..=12).filter_map(|month| Month::new(year, month)).collect(),
        }
    }

    fn span(self) -> Span {
        match self {
            Self::School(year) => Span { school_year: i64::from(year.0), first: String::new(), last: "9999-12".to_owned() },
            Self::Calendar(year) => Span { school_year: 0, first: format!("{year}-01"), last: format!("{year}-12") },
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverviewAsk {
    /// Of when.
    pub period: Period,
    /// Of one supplier; of all without it.
    pub supplier: Option<SupplierId>,
}

impl OverviewAsk {
    /// From the address: this school year without a period.
    ///
    /// # Errors
    /// `Malformed` for what is no period or id.
    pub fn parse(period: &str, supplier: &str, now: DateTime<Utc>) -> Result<Self, AppError> {
        let period = if period.is_empty() {
            Period::School(Month::at(now).school_year())
        } else {
            Period::from_code(period).ok_or(AppError::Malformed)?
        };
        let supplier = if supplier.is_empty() { None } else { Some(supplier.parse().map_err(|_| AppError::Malformed)?) };
        Ok(Self { period, supplier })
    }
}

/// Where postings are: the kind of holder and its id, as their list takes them.
pub(super) type Whose = (&'static str, Option<Uuid>);

/// One line of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// `Klaverblad`, `Scholen zonder bestuur`, `Wijkpotten` or `Reserve`.
    pub name: String,
    /// Where its postings are.
    pub holder: Whose,
    /// `De Wissel`.
    pub supplier: String,
    /// Its place among the suppliers, which chooses its sign.
    pub place: usize,
    /// The numbers.
    pub row: FigureRow,
}

/// The figures of a period: boards in their order, then the pots, then the reserves; each by supplier and month.
///
/// # Errors
/// When the database does not answer.
pub async fn figures(tx: &mut Tx, partnership: PartnershipId, ask: &OverviewAsk) -> Result<Vec<Figure>, AppError> {
    Ok(figures_and_paid(tx, partnership, ask).await?.0)
}

/// The minutes that pots paid for bookings, by board of the school that booked.
pub(super) type PaidByPots = HashMap<Option<Uuid>, i64>;

/// The figures of a period, with what the pots paid for at the schools of each board.
pub(super) async fn figures_and_paid(
    tx: &mut Tx,
    partnership: PartnershipId,
    ask: &OverviewAsk,
) -> Result<(Vec<Figure>, PaidByPots), AppError> {
    let sums = sums(tx, partnership, ask.period.span()).await?;
    let is_asked = |id: Uuid| ask.supplier.is_none_or(|supplier| supplier.0 == id);
    let mut paid = PaidByPots::new();
    for row in sums.paid.iter().filter(|row| is_asked(row.supplier_id)) {
        *paid.entry(row.board_id).or_default() += row.minutes;
    }
    let boards = organisations::sql::boards(tx, partnership).await?;
    let suppliers = organisations::sql::suppliers(tx, partnership).await?;
    let boards: HashMap<Uuid, (usize, String)> =
        boards.into_iter().enumerate().map(|(place, board)| (board.id, (place, board.name))).collect();
    let suppliers: HashMap<Uuid, (usize, String)> =
        suppliers.into_iter().enumerate().map(|(place, supplier)| (supplier.id, (place, supplier.name))).collect();
    let mut told: Vec<(usize, Figure)> = sums
        .figures
        .iter()
        .filter(|row| is_asked(row.supplier_id))
        .map(|row| {
            let (place, supplier) = suppliers.get(&row.supplier_id).cloned().unwrap_or_default();
            let last = boards.len();
            let board = row.board_id.and_then(|id| boards.get(&id).cloned());
            let (order, name, holder) = match (row.holders.as_str(), board) {
                ("board", Some((order, name))) => (order, name, (BOARD_WITH_SCHOOLS, row.board_id)),
                ("board", None) => (last, "Scholen zonder bestuur".to_owned(), (BOARDLESS, None)),
                ("wijkpot", _) => (last + 1, "Wijkpotten".to_owned(), (ALL_POTS, None)),
                _ => (last + 2, "Reserve".to_owned(), ("reserve", Some(row.supplier_id))),
            };
            (order, Figure { name, holder, supplier, place, row: row.clone() })
        })
        .collect();
    told.sort_by(|(a, one), (b, other)| (a, one.place, &one.row.month).cmp(&(b, other.place, &other.row.month)));
    Ok((told.into_iter().map(|(_, figure)| figure).collect(), paid))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_comes_back_from_its_address_and_nonsense_is_none() {
        for period in [Period::School(SchoolYear(2026)), Period::Calendar(2026)] {
            assert_eq!(Period::from_code(&period.code()), Some(period));
            assert_eq!(period.months().len(), 12);
        }
        for wrong in ["", "2026-2028", "2026-", "26", "1999", "2026-11", "x"] {
            assert_eq!(Period::from_code(wrong), None, "{wrong}");
        }
    }
}
