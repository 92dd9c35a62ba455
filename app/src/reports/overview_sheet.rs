//! The overview as a file: a line per board, supplier and month, with the pots and the reserves.

use super::figures::{Figure, OverviewAsk, figures};
use crate::{
    AppError,
    db::Tx,
    files::{Sheet, SheetCell},
};
use domain::{Minutes, PartnershipId};

/// The figures of a period.
///
/// # Errors
/// When the database does not answer.
pub async fn overview_sheet(tx: &mut Tx, partnership: PartnershipId, ask: &OverviewAsk) -> Result<Sheet, AppError> {
    let rows = figures(tx, partnership, ask).await?;
    Ok(Sheet {
        name: format!("alv-{}", ask.period.code()),
        heads: vec![
            "Van wie",
            "Leverancier",
            "Maand",
            "Toegedeeld",
            "Uit de wijkpot",
            "Uit de reserve",
            "Gebruikt",
            "Gepland",
            "Naar de wijkpot",
            "Vervallen",
            "Vrij",
        ],
        rows: rows.iter().map(cells).collect(),
    })
}

fn cells(figure: &Figure) -> Vec<SheetCell> {
    let row = &figure.row;
    let words = [&figure.name, &figure.supplier, &row.month].into_iter().map(SheetCell::text);
    let numbers = [row.allotted - row.moved, row.received, row.released, row.used, row.set_aside, row.donated, row.expired, row.idle];
    words.chain(numbers.into_iter().map(|minutes| SheetCell::Hours(Minutes(minutes)))).collect()
}
