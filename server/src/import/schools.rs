//! Schools, in the layout of DUO's file of sites. The BRIN is the key.
//!
//! Always true here: what a register leaves empty never erases what is known, and no school is without a wijk.

use super::{
    FileReport, fields,
    known::Known,
    read::{Column, Row, Sheet},
    report::{Became, Seen},
};
use app::{
    db::Tx,
    organisations::{
        facts::{self, KnownSchool},
        sql::{self, SCHOOLS_MAX, SchoolFacts},
    },
};
use domain::{BoardId, SchoolId};
use std::collections::HashMap;

/// DUO's headings, and those of its older files and of spreadsheets made from them.
pub const COLUMNS: &[Column] = &[
    Column::must(
        "site",
        "VESTIGINGSCODE",
        &["vestigingsnummer", "brinvestiging", "brincode", "brin", "brin6", "instellingscode", "brinnummer"],
    ),
    Column::may("institution", "INSTELLINGSCODE", &["brinnummer", "instellingsnummer"]),
    Column::must("name", "VESTIGINGSNAAM", &["vestigingsnaamvolledig", "instellingsnaam", "schoolnaam", "naam", "naamvestiging"]),
    Column::may("street", "STRAATNAAM", &["straat", "adres"]),
    Column::may("house", "HUISNUMMER-TOEVOEGING", &["huisnummer", "huisnr"]),
    Column::may("postcode", "POSTCODE", &["postcodevestiging"]),
    Column::may("town", "PLAATSNAAM", &["plaats", "woonplaats"]),
    Column::may("municipality", "GEMEENTENAAM", &["gemeente", "municipality"]),
    Column::may("denomination", "DENOMINATIE", &["richting"]),
    Column::may("board", "BEVOEGD GEZAG NAAM", &["naambevoegdgezag", "bestuur", "bestuursnaam", "schoolbestuur"]),
    Column::may("board_number", "BEVOEGD GEZAG NUMMER", &["bevoegdgezagcode", "bestuursnummer"]),
    Column::may("partnership", "SAMENWERKINGSVERBAND", &["samenwerkingsverbandcode", "codesamenwerkingsverband", "swv", "swvcode"]),
    Column::may("wijk", "WIJK", &["wijknaam"]),
    Column::may("district", "STADSDEEL", &["stadsdeelnaam"]),
    Column::may("pupils", "AANTAL LEERLINGEN", &["leerlingen", "leerlingaantal", "aantalleerlingentotaal"]),
];

/// A line that holds.
#[derive(Clone, Debug)]
pub struct SchoolLine {
    /// The physical line.
    pub line: usize,
    /// The partnership it names, as written; empty when it names none.
    pub partnership: String,
    /// What it says of the school.
    pub facts: SchoolFacts,
    /// The wijk it names, or the one that its municipality gives.
    wijk: String,
    /// Whether the wijk is named, and not one of a stadsdeel or municipality; only then a known school moves.
    wijk_is_named: bool,
    district_is_named: bool,
    district: String,
    board: String,
    board_number: String,
}

/// Every line that holds by itself; the others are written off.
///
/// # Errors
/// When the file has no column that could give a school a wijk.
pub fn parse(sheet: &Sheet, file: &mut FileReport) -> anyhow::Result<Vec<SchoolLine>> {
    let has_place = ["municipality", "wijk", "district", "town"].iter().any(|key| sheet.has(key));
    anyhow::ensure!(has_place, "In {} ontbreekt de kolom GEMEENTENAAM. Zonder gemeente krijgt een school geen wijk.", sheet.file);
    let mut seen = Seen::default();
    let lines = sheet.rows().filter_map(|row| {
        let read = line(row).and_then(|read| {
            let brin = &read.facts.brin;
            seen.first(brin, &format!("Het BRIN {brin}"), row.line).map(|()| read)
        });
        file.sift(row.line, read)
    });
    Ok(lines.collect())
}

fn line(row: Row<'_>) -> Result<SchoolLine, String> {
    let place = |key, shown| fields::text(row.text(key), shown, fields::PLACE_MAX);
    let street = [row.text("street"), row.text("house")].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let facts = SchoolFacts {
        brin: fields::brin(row.text("site"), row.text("institution"))?,
        name: fields::filled(row.text("name"), "De naam van de school", fields::NAME_MAX)?,
        street: fields::text(&street, "Het adres", fields::PLACE_MAX)?,
        postcode: fields::postcode(row.text("postcode"))?,
        town: fields::place_name(&place("town", "De plaats")?),
        municipality: fields::place_name(&place("municipality", "De gemeente")?),
        denomination: place("denomination", "De denominatie")?,
        pupils: fields::pupils(row.text("pupils"))?,
    };
    let (wijk, district) = (place("wijk", "De wijk")?, place("district", "Het stadsdeel")?);
    // Without a wijk a school goes to one named after its stadsdeel, municipality or town, so that nothing is lost.
    let homes = [&wijk, &district, &facts.municipality, &facts.town];
    let Some(home) = homes.into_iter().find(|home| !home.is_empty()).cloned() else {
        return Err("De gemeente is leeg, en er is geen wijk of plaats. De school krijgt zo geen wijk.".into());
    };
    let districts = [&district, &facts.municipality, &facts.town, &home];
    let district = districts.into_iter().find(|home| !home.is_empty()).cloned().unwrap_or_default();
    Ok(SchoolLine {
        line: row.line,
        partnership: row.text("partnership").to_owned(),
        wijk: home,
        wijk_is_named: !row.text("wijk").is_empty(),
        district_is_named: !row.text("district").is_empty(),
        district,
        board: fields::text(row.text("board"), "De naam van het bestuur", fields::NAME_MAX)?,
        board_number: fields::text(row.text("board_number"), "Het nummer van het bestuur", 20)?,
        facts,
    })
}

/// The lines of one partnership. A line that names none is taken to be its own; one that names another does not belong here.
#[must_use]
pub fn of_partnership(lines: Vec<SchoolLine>, code: &str, file: &mut FileReport) -> Vec<SchoolLine> {
    let own = |line: &SchoolLine| line.partnership.is_empty() || line.partnership.eq_ignore_ascii_case(code);
    let (own, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(own);
    for line in others {
        file.reject(line.line, format!("{} hoort bij {} en niet bij {code}.", line.facts.brin, line.partnership));
    }
    own
}

/// Writes what is new or different.
pub async fn put(tx: &mut Tx, known: &mut Known, lines: Vec<SchoolLine>, file: &mut FileReport) -> anyhow::Result<()> {
    let mut districts: HashMap<String, (String, usize)> = HashMap::new();
    for line in lines {
        if line.wijk_is_named && line.district_is_named {
            let (first, at) = districts.entry(line.wijk.to_lowercase()).or_insert_with(|| (line.district.clone(), line.line)).clone();
            if !first.eq_ignore_ascii_case(&line.district) {
                file.reject(line.line, format!("De wijk {} ligt op regel {at} in {first} en hier in {}.", line.wijk, line.district));
                continue;
            }
            if at == line.line {
                known.place_wijk(tx, &line.wijk, &line.district).await?;
            }
        }
        let before = known.schools.get(&line.facts.brin).cloned();
        if before.is_none() && i64::try_from(known.schools.len()).is_ok_and(|schools| schools >= SCHOOLS_MAX) {
            file.reject(line.line, format!("Een samenwerkingsverband heeft hooguit {SCHOOLS_MAX} scholen."));
            continue;
        }
        let became = put_one(tx, known, &line, before.as_ref()).await?;
        file.count(became);
    }
    Ok(())
}

async fn put_one(tx: &mut Tx, known: &mut Known, line: &SchoolLine, before: Option<&KnownSchool>) -> anyhow::Result<Became> {
    let partnership = known.partnership;
    let board = match before.and_then(|before| before.board_id) {
        Some(_) => None,
        None => board_of(tx, known, line).await?,
    };
    let place = match before {
        Some(before) if !line.wijk_is_named => before.wijk_id,
        _ => known.wijk(tx, &line.wijk, &line.district).await?.0,
    };
    let after = merged(line, before, place, board);
    let mut after = match before {
        Some(before) => KnownSchool { id: before.id, ..after },
        None => after,
    };
    let is_changed = before.is_none_or(|before| differs(before, &after));
    if is_changed {
        let school: SchoolId = sql::put_school(tx, partnership, &line.facts, place.into()).await?;
        after.id = school.0;
        if before.is_some_and(|before| before.wijk_id != place) {
            sql::move_school(tx, partnership, school, place.into()).await?;
        }
        if let Some(board) = after.board_id.filter(|board| before.and_then(|before| before.board_id) != Some(*board)) {
            sql::set_board(tx, partnership, school, BoardId(board)).await?;
        }
        known.schools.insert(after.brin.clone(), after);
    }
    Ok(Became::of(before.is_none(), is_changed))
}

/// The school as it will be: a board that is known is decided here and not in a register.
fn merged(line: &SchoolLine, before: Option<&KnownSchool>, wijk: uuid::Uuid, board: Option<BoardId>) -> KnownSchool {
    let facts = &line.facts;
    let kept = |new: &str, old: fn(&KnownSchool) -> &str| match before {
        Some(before) if new.is_empty() => old(before).to_owned(),
        _ => new.to_owned(),
    };
    KnownSchool {
        id: uuid::Uuid::nil(),
        brin: facts.brin.clone(),
        name: facts.name.clone(),
        street: kept(&facts.street, |school| &school.street),
        postcode: kept(&facts.postcode, |school| &school.postcode),
        town: kept(&facts.town, |school| &school.town),
        municipality: kept(&facts.municipality, |school| &school.municipality),
        denomination: kept(&facts.denomination, |school| &school.denomination),
        board_id: before.and_then(|before| before.board_id).or(board.map(|board| board.0)),
        wijk_id: wijk,
        pupils: facts.pupils.or(before.and_then(|before| before.pupils)),
    }
}

fn differs(a: &KnownSchool, b: &KnownSchool) -> bool {
    let texts = |school: &KnownSchool| {
        [&school.name, &school.street, &school.postcode, &school.town, &school.municipality, &school.denomination].map(Clone::clone)
    };
    texts(a) != texts(b) || (a.board_id, a.wijk_id, a.pupils) != (b.board_id, b.wijk_id, b.pupils)
}

/// The board that a line names, by its number at DUO and otherwise by its name; made when it has a name and is new.
async fn board_of(tx: &mut Tx, known: &mut Known, line: &SchoolLine) -> anyhow::Result<Option<BoardId>> {
    if let Some(id) = known.board_numbers.get(&line.board_number) {
        return Ok(Some(BoardId(*id)));
    }
    if line.board.is_empty() {
        return Ok(None);
    }
    let (board, _) = known.board(tx, &line.board).await?;
    if !line.board_number.is_empty() {
        facts::number_board(tx, known.partnership, board, &line.board_number).await?;
        known.board_numbers.insert(line.board_number.clone(), board.0);
    }
    Ok(Some(board))
}
