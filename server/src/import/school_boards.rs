//! Which school belongs to which board. Always true here: both are there already; a word that names neither is a mistake in the file.

use super::{
    FileReport, fields,
    known::Known,
    read::{Column, Row, Sheet},
    report::{Became, Seen},
};
use app::{db::Tx, organisations::sql};
use domain::BoardId;

/// The columns of the file.
pub const COLUMNS: &[Column] = &[
    Column::must("brin", "brin", &["vestigingscode", "vestigingsnummer", "brincode", "school"]),
    Column::must("board", "board", &["bestuur", "schoolbestuur", "bevoegdgezagnaam"]),
];

/// Puts each school under its board.
pub async fn import(tx: &mut Tx, known: &mut Known, sheet: &Sheet) -> anyhow::Result<FileReport> {
    let mut file = FileReport::new("scholen bij besturen", sheet);
    let mut seen = Seen::default();
    for row in sheet.rows() {
        let Some((brin, board)) = file.sift(row.line, line(row, known, &mut seen)) else { continue };
        let Some(school) = known.schools.get_mut(&brin) else { continue };
        let before = school.board_id.replace(board.0);
        if before != Some(board.0) {
            sql::set_board(tx, known.partnership, school.id.into(), board).await?;
        }
        file.count(Became::of(before.is_none(), before != Some(board.0)));
    }
    Ok(file)
}

fn line(row: Row<'_>, known: &Known, seen: &mut Seen) -> Result<(String, BoardId), String> {
    let brin = fields::brin(row.text("brin"), "")?;
    seen.first(&brin, &format!("De school {brin}"), row.line)?;
    if !known.schools.contains_key(&brin) {
        return Err(format!("De school {brin} is niet bekend. Lees eerst de scholen in met --schools."));
    }
    let name = fields::filled(row.text("board"), "Het bestuur", fields::NAME_MAX)?;
    let board = known.boards.find(&name);
    let board = board.ok_or_else(|| format!("Het bestuur ‘{name}’ is niet bekend. Lees eerst de besturen in met --boards."))?;
    Ok((brin, BoardId(board)))
}
