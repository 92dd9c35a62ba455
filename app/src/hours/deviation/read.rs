//! The data of the page, and on which side somebody stands. Always true: sides are decided by `allow`, on the row itself.

use super::{DeviationPage, DeviationShown};
use crate::{
    AppError,
    db::Tx,
    hours::{
        Behind,
        sql::{self, DeviationRow},
        typed::quarters,
        verbs::Wanted,
    },
    organisations,
    session::{Me, allow},
    ui::State,
};
use chrono::{DateTime, Utc};
use domain::{
    BoardId, DeviationId, Minutes, PartnershipId, Refusal, SchoolId, SupplierId,
    hours::{AboutKind, DeviationState, Holder, Month, Party},
    people::{Action, Object, Role, may},
    time,
};
use std::collections::BTreeMap;
use uuid::Uuid;

fn of_board(me: &Me, board: BoardId) -> Object {
    Object::of(me.partnership()).of_board(board)
}

fn of_supplier(me: &Me, supplier: SupplierId) -> Object {
    Object { supplier: Some(supplier), ..Object::of(me.partnership()) }
}

/// The side somebody stands on for this supplier and board; a board contact who plans for the supplier as well stands with the board.
fn party(me: &Me, supplier: SupplierId, board: BoardId) -> Option<Party> {
    if may(&me.actor, Action::Deviate, &of_board(me, board)) {
        return Some(Party::Board);
    }
    may(&me.actor, Action::Deviate, &of_supplier(me, supplier)).then_some(Party::Supplier)
}

/// The side that answers an agreement, or takes it back: the person stands there, or may not.
pub(super) async fn party_in(tx: &mut Tx, me: &Me, id: DeviationId, takes_back: bool) -> Result<Party, AppError> {
    let deviation = sql::deviation(tx, me.partnership(), id).await?.ok_or(AppError::NotFound)?.deviation()?;
    let party = if takes_back { deviation.party } else { deviation.party.other() };
    let object = match party {
        Party::Board => of_board(me, deviation.board),
        Party::Supplier => of_supplier(me, deviation.supplier),
    };
    allow(me, Action::Deviate, &object)?;
    Ok(party)
}

/// What was asked, and from which side.
pub(super) async fn wanted(
    tx: &mut Tx,
    me: &Me,
    supplier: &str,
    holder: &str,
    months: [&str; 2],
    hours: &str,
    reason: String,
) -> Result<(Party, Wanted), AppError> {
    let supplier: SupplierId = supplier.parse().map_err(|_| AppError::Malformed)?;
    let (board, school) = match holder.split_once(':') {
        Some(("bestuur", id)) => (id.parse().map_err(|_| AppError::Malformed)?, None),
        Some(("school", id)) => {
            let school: SchoolId = id.parse().map_err(|_| AppError::Malformed)?;
            let row = organisations::sql::school(tx, me.partnership(), school).await?.ok_or(AppError::NotFound)?;
            (row.board_id.ok_or(AppError::NotFound)?.into(), Some(school))
        }
        _ => return Err(AppError::Malformed),
    };
    known(tx, me.partnership(), supplier, board).await?;
    let party = party(me, supplier, board).ok_or(AppError::NotAllowed)?;
    let month = |text: &str, field| {
        text.parse::<Month>()
            .map_err(|_| Refusal::new("month_missing", "Er staat nog geen maand", "Kies een maand die nog loopt.").at(field))
    };
    let minutes = quarters(hours).ok_or_else(|| {
        let advice = "Schrijf uren in kwartieren: 6 of 6,25 of 6,5 of 6,75.";
        Refusal::new("hours_unreadable", "Dit zijn geen uren in kwartieren", advice).at("uren")
    })?;
    let (from, to) = (month(months[0], "van")?, month(months[1], "naar")?);
    Ok((party, Wanted { supplier, board, school, from, to, minutes, reason }))
}

async fn known(tx: &mut Tx, partnership: PartnershipId, supplier: SupplierId, board: BoardId) -> Result<(), AppError> {
    let suppliers = organisations::sql::suppliers(tx, partnership).await?;
    let boards = organisations::sql::boards(tx, partnership).await?;
    let both = suppliers.iter().any(|row| row.id == supplier.0) && boards.iter().any(|row| row.id == board.0);
    if both { Ok(()) } else { Err(AppError::NotFound) }
}

/// The page for whoever stands on a side, or reads for the office.
pub(super) async fn deviations(tx: &mut Tx, me: &Me, asked: (&str, &str), now: DateTime<Utc>) -> Result<DeviationPage, AppError> {
    let partnership = me.partnership();
    let reads_all = may(&me.actor, Action::ReadPartnershipHours, &Object::of(partnership));
    let boards: Vec<BoardId> =
        me.actor.boards().into_iter().filter(|board| may(&me.actor, Action::Deviate, &of_board(me, *board))).collect();
    let suppliers = if me.actor.is(Role::SupplierPlanner) { me.actor.suppliers() } else { Vec::new() };
    if !reads_all && boards.is_empty() && suppliers.is_empty() {
        return Err(AppError::NotAllowed);
    }
    let mut rows: BTreeMap<_, DeviationRow> = BTreeMap::new();
    let mut found = Vec::new();
    if reads_all {
        found.extend(sql::deviations(tx, partnership).await?);
    }
    for board in &boards {
        found.extend(sql::deviations_of_board(tx, partnership, *board).await?);
    }
    for supplier in &suppliers {
        found.extend(sql::deviations_of_supplier(tx, partnership, *supplier).await?);
    }
    rows.extend(found.into_iter().map(|row| ((std::cmp::Reverse(row.asked_at), row.id), row)));
    let deviations = rows.values().map(|row| shown(me, row)).collect::<Result<_, _>>()?;

    let named = organisations::sql::boards(tx, partnership).await?;
    let mut holders = Vec::new();
    for board in named.iter().filter(|row| !suppliers.is_empty() || boards.contains(&row.id.into())) {
        holders.push((format!("bestuur:{}", board.id), format!("{}, het bestuur zelf", board.name)));
        let schools = sql::schools_of(tx, partnership, board.id.into()).await?;
        holders.extend(schools.into_iter().map(|school| (format!("school:{}", school.id), format!("{}, {}", board.name, school.name))));
    }
    let all = organisations::sql::suppliers(tx, partnership).await?;
    let chosen = all.into_iter().filter(|row| !boards.is_empty() || suppliers.contains(&row.id.into()));
    let chosen: Vec<(String, String)> = chosen.map(|row| (row.id.to_string(), row.name)).collect();
    let can_ask = !(boards.is_empty() && suppliers.is_empty());
    let place = if can_ask { place(tx, partnership, (&chosen, &holders), asked, now).await? } else { (String::new(), String::new()) };
    let free = free_in(tx, partnership, &place).await?;
    let today = time::local_date(now);
    let months: Vec<Month> = Month::at(now).school_year().calendar().into_iter().filter(|month| month.last_day() >= today).collect();
    let of = |month: &Month| free.get(&month.to_string()).copied().unwrap_or_default();
    let first = months.iter().position(|month| of(month) > Minutes::ZERO).unwrap_or_default();
    let at = |place: usize| months.get(place).or(months.first()).map(Month::to_string).unwrap_or_default();
    Ok(DeviationPage {
        deviations,
        can_ask,
        sees_hours: reads_all || !boards.is_empty(),
        suppliers: chosen,
        holders,
        from_to: (at(first), at(first + 1)),
        months: months.iter().map(|month| (month.to_string(), format!("{} {}, {} vrij", month.name(), month.year(), of(month)))).collect(),
        chosen: place,
    })
}

/// The supplier and the holder to begin with: those that were asked for, and otherwise the first that have hours.
async fn place(
    tx: &mut Tx,
    partnership: PartnershipId,
    (suppliers, holders): (&[(String, String)], &[(String, String)]),
    (supplier, holder): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(String, String), AppError> {
    let knows = |all: &[(String, String)], one: &str| all.iter().any(|(value, _)| value == one);
    if knows(suppliers, supplier) && knows(holders, holder) {
        return Ok((supplier.to_owned(), holder.to_owned()));
    }
    let with_hours = sql::places_with_hours(tx, partnership, Month::at(now)).await?;
    let code = |kind: &str, id: Uuid| format!("{}:{id}", if kind == "board" { "bestuur" } else { "school" });
    let has =
        |supplier: &str, holder: &str| with_hours.iter().any(|(kind, id, of)| code(kind, *id) == holder && of.to_string() == supplier);
    let pairs = holders.iter().flat_map(|(holder, _)| suppliers.iter().map(move |(supplier, _)| (supplier, holder)));
    let fits = |pair: &(&String, &String)| {
        (supplier.is_empty() || pair.0 == supplier) && (holder.is_empty() || pair.1 == holder) && has(pair.0, pair.1)
    };
    let first = || Some((suppliers.first()?.0.clone(), holders.first()?.0.clone()));
    Ok(pairs.into_iter().find(fits).map(|(supplier, holder)| (supplier.clone(), holder.clone())).or_else(first).unwrap_or_default())
}

/// What a holder has free of a supplier, by month.
async fn free_in(
    tx: &mut Tx,
    partnership: PartnershipId,
    (supplier, holder): &(String, String),
) -> Result<BTreeMap<String, Minutes>, AppError> {
    let holder = match holder.split_once(':').map(|(kind, id)| (kind, id.parse::<Uuid>())) {
        Some(("bestuur", Ok(id))) => Holder::board(id.into()),
        Some(("school", Ok(id))) => Holder::school(id.into()),
        _ => return Ok(BTreeMap::new()),
    };
    let accounts = sql::accounts_of(tx, partnership, holder).await?;
    let theirs = accounts.into_iter().filter(|account| account.supplier_id.to_string() == *supplier);
    Ok(theirs.map(|account| (account.month, Minutes(account.balance))).collect())
}

fn shown(me: &Me, row: &DeviationRow) -> Result<DeviationShown, AppError> {
    let deviation = row.deviation()?;
    let stands = |party| match party {
        Party::Board => may(&me.actor, Action::Deviate, &of_board(me, deviation.board)),
        Party::Supplier => may(&me.actor, Action::Deviate, &of_supplier(me, deviation.supplier)),
    };
    let day = |at| time::date_short(time::local_date(at));
    let is_open = deviation.state == DeviationState::Asked;
    let answers = stands(deviation.party.other()) && deviation.asked_by != me.person();
    let closed = match (&row.closed_by, row.closed_at) {
        (Some(name), Some(at)) => {
            let because = if row.closed_because.is_empty() { String::new() } else { format!(": {}", row.closed_because) };
            format!("{} op {} door {name}{because}.", capital(deviation.state.dutch()), day(at)).replace("..", ".")
        }
        _ if answers => "Jij bent aan zet.".to_owned(),
        _ => match deviation.party.other() {
            Party::Board => format!("{} is aan zet.", row.board),
            Party::Supplier => format!("{} is aan zet.", row.supplier),
        },
    };
    Ok(DeviationShown {
        id: row.id.to_string(),
        what: format!("{} {} van {} naar {}", deviation.minutes, row.supplier, deviation.from.name(), deviation.to.name()),
        behind: (deviation.state == DeviationState::Agreed && may(&me.actor, Action::ReadBoardHours, &of_board(me, deviation.board)))
            .then(|| Behind::of_what_is_about(AboutKind::Deviation, row.id, Some(deviation.board.0))),
        whose: row.school.as_ref().map_or_else(|| row.board.clone(), |school| format!("{school}, {}", row.board)),
        reason: row.reason.clone(),
        asked: format!("{}, {}", day(row.asked_at), row.asked_by),
        state: deviation.state.dutch().to_owned(),
        chip: match deviation.state {
            DeviationState::Asked if answers => State::Turn,
            DeviationState::Asked => State::Wait,
            DeviationState::Agreed => State::Valid,
            DeviationState::Refused => State::Stop,
            DeviationState::Withdrawn => State::Done,
        },
        closed,
        can_answer: is_open && answers,
        can_withdraw: is_open && stands(deviation.party),
    })
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
