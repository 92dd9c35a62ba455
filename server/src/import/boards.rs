//! Boards and their shares of a school year: by pupils, fixed, or decided with a reason.
//!
//! Always true here: shares are kept in the order of the file, because ties in the division go to the board listed first.

use super::{
    FileReport, Report, fields,
    known::Known,
    read::{Column, Row, Sheet},
    report::{Became, Seen},
};
use anyhow::bail;
use app::{db::Tx, hours};
use domain::{
    BoardId,
    hours::{Claim, Decided, SchoolYear},
};

/// The columns of the file.
pub const COLUMNS: &[Column] = &[
    Column::must("board", "board", &["bestuur", "schoolbestuur", "naam", "name"]),
    Column::must("pupil_percent", "pupil_percent", &["leerlingpercentage", "leerlingen", "percentageleerlingen"]),
    Column::may("fixed_percent", "fixed_percent", &["vastpercentage", "vast", "vastdeel"]),
    Column::may("decided_percent", "decided_percent", &["beslotenpercentage", "besloten", "vastgesteld"]),
    Column::may("decided_because", "decided_because", &["reden", "beslotenomdat", "toelichting"]),
];

/// Reasons as the table checks them.
const BECAUSE_MAX: usize = 500;

struct Line {
    board: String,
    weight: i64,
    fixed_percent: Option<i64>,
    decided: Option<Decided>,
}

/// Keeps the boards and their shares. Boards of this year that the file does not name keep their share, after those it does.
///
/// # Errors
/// When the shares together are not 100 %; then nothing is kept.
pub async fn import(
    tx: &mut Tx,
    known: &mut Known,
    sheet: &Sheet,
    year: SchoolYear,
    skip_bad_lines: bool,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut file = FileReport::new("besturen", sheet);
    let mut seen = Seen::default();
    let before = hours::sql::claims(tx, known.partnership, year).await?;
    let mut claims = Vec::new();
    for row in sheet.rows() {
        let read = line(row).and_then(|line| seen.first(&line.board, &format!("Het bestuur {}", line.board), row.line).map(|()| line));
        let Some(line) = file.sift(row.line, read) else { continue };
        let (board, is_new) = known.board(tx, &line.board).await?;
        let (at, claim) = (claims.len(), claim(line, board));
        let same = before.get(at).is_some_and(|known| is_same(known, &claim));
        let was_there = !is_new && before.iter().any(|known| known.board == board);
        file.count(if was_there { Became::of(false, !same) } else { Became::New });
        claims.push(claim);
    }
    let (kept, others): (Vec<Claim>, Vec<Claim>) =
        before.clone().into_iter().partition(|claim| claims.iter().any(|new| new.board == claim.board));
    if !others.is_empty() && !claims.is_empty() {
        let names: Vec<&str> = others.iter().map(|claim| claim.name.as_str()).collect();
        report.notes.push(format!("Ook {} houdt een deel van {year}; dit bestand noemt dat niet.", super::read::listed(&names)));
    }
    let is_changed = kept.len() != claims.len() || !before.iter().zip(&claims).all(|(known, claim)| is_same(known, claim));
    claims.extend(others);
    // With lines that do not hold the sum says nothing; they are named instead.
    let is_whole = file.rejected.is_empty() || skip_bad_lines;
    if is_changed
        && is_whole
        && let Err(refusal) = domain::hours::shares(&claims)
    {
        bail!("{}: {refusal}", sheet.file);
    }
    if is_changed {
        hours::sql::put_claims(tx, known.partnership, year, &claims).await?;
    }
    report.files.push(file);
    Ok(())
}

fn line(row: Row<'_>) -> Result<Line, String> {
    let board = fields::filled(row.text("board"), "De naam van het bestuur", fields::NAME_MAX)?;
    let fixed_percent = fields::whole_percent(row.text("fixed_percent"), "fixed_percent")?;
    let weight = match (fields::percent(row.text("pupil_percent"), "pupil_percent")?, fixed_percent) {
        (Some(weight), _) => weight,
        (None, Some(_)) => 0,
        (None, None) => return Err("pupil_percent is leeg.".into()),
    };
    let because = fields::text(row.text("decided_because"), "decided_because", BECAUSE_MAX)?;
    let decided = match (fields::whole_percent(row.text("decided_percent"), "decided_percent")?, because.is_empty()) {
        (Some(_), true) => return Err("Een besloten percentage vraagt een reden in decided_because.".into()),
        (None, false) => return Err("Er staat een reden in decided_because, en geen decided_percent.".into()),
        (Some(percent), false) => Some(Decided { percent, because }),
        (None, true) => None,
    };
    Ok(Line { board, weight, fixed_percent, decided })
}

fn claim(line: Line, board: BoardId) -> Claim {
    Claim { board, name: line.board, weight: line.weight, fixed_percent: line.fixed_percent, decided: line.decided }
}

/// Whether two claims are the same but for the spelling of the name.
fn is_same(a: &Claim, b: &Claim) -> bool {
    (a.board, a.weight, a.fixed_percent, &a.decided) == (b.board, b.weight, b.fixed_percent, &b.decided)
}
