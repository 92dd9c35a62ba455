//! Loading `/wijkpot`: the one pot of whoever works at a school, or all pots with what waits for whoever looks. Always true: one snapshot.

use super::{
    links::Links,
    mine_view::{self, SEEN_FOR},
    pots_view::{PotLine, PotsShown},
    shown::MineAct,
    sql,
};
use crate::{
    AppError,
    db::Tx,
    hours::{What, sql as hours},
    organisations::sql as organisations,
    session::{Me, Page, allow, db, now, page, signed_in},
    ui::SelectOption,
};
use chrono::{DateTime, Utc};
use domain::{
    SchoolId,
    hours::{HolderKind, Month},
    people::{Action, Object, Role, Scope, may},
};

/// What `/wijkpot` shows.
pub enum Landing {
    /// This pot.
    Pot(String),
    /// All pots.
    All(Box<Page<PotsShown>>),
}

/// The one pot of a coordinator or head, unless all were asked for; else every pot.
pub async fn read_pots(all: bool) -> Result<Landing, AppError> {
    let me = signed_in().await?;
    let partnership = me.partnership();
    allow(&me, Action::ReadWijkpotHours, &Object::of(partnership))?;
    let mut tx = db().read().await?;
    if let Some(school) = own_school(&me).filter(|_| !all)
        && let Some(pot) = sql::pot_of_school(&mut tx, partnership, school).await?
    {
        return Ok(Landing::Pot(pot.id.to_string()));
    }
    let shown = load(&mut tx, &me, now()).await?;
    drop(tx);
    Ok(Landing::All(Box::new(page(shown).await?)))
}

async fn load(tx: &mut Tx, me: &Me, at: DateTime<Utc>) -> Result<PotsShown, AppError> {
    let (partnership, month) = (me.partnership(), Month::at(at));
    let held = hours::held_in(tx, partnership, HolderKind::Wijkpot, month).await?;
    let queue = sql::queue(tx, partnership, at).await?;
    let lines = sql::pots(tx, partnership).await?.into_iter().map(|pot| PotLine {
        href: super::pot_in(&pot.id.to_string(), month),
        behind: Links { me, pot: pot.id, year: month.school_year() }.to(None, Some(month), What::Free),
        minutes: held.iter().filter(|(holder, _)| *holder == pot.id).map(|(_, minutes)| *minutes).sum(),
        waits: queue.iter().filter(|one| one.row.pot_id == pot.id && one.row.month == month.to_string()).count(),
        name: pot.name,
        city: pot.city,
    });
    let lines = lines.collect();
    let mut gifts = Vec::new();
    for board in me.actor.boards().into_iter().filter(|board| me.actor.holds(Role::BoardContact, Scope::Board(*board))) {
        for row in sql::donations_under(tx, partnership, board, at - SEEN_FOR).await? {
            gifts.push(mine_view::gift(&row, at, true)?);
        }
    }
    let office = |action| may(&me.actor, action, &Object::of(partnership));
    let mut reserves = Vec::new();
    if office(Action::ReleaseReserve) {
        for row in sql::reserves_waiting(tx, partnership).await? {
            reserves.push(mine_view::reserve(&row, at, MineAct::Release)?);
        }
    }
    let arrange = if office(Action::ArrangeWijkpots) {
        let wijken = organisations::wijken(tx, partnership).await?;
        let options = wijken.into_iter().map(|wijk| SelectOption::new(wijk.id.to_string(), wijk.name));
        Some(std::iter::once(SelectOption::new("", "Geen wijk: de stedelijke pot")).chain(options).collect())
    } else {
        None
    };
    Ok(PotsShown { month: month.name().to_owned(), lines, gifts, reserves, arrange })
}

fn own_school(me: &Me) -> Option<SchoolId> {
    let mine = |role| me.actor.scopes(role).find_map(|scope| if let Scope::School(school) = scope { Some(school) } else { None });
    mine(Role::Coordinator).or_else(|| mine(Role::Head))
}
