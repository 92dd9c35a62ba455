//! Who looks at a pot, and what they can do there. Always true: what is offered was asked of `may`; the form asks again.

use super::sql::{MemberRow, PotRow, members};
use crate::{AppError, db::Tx, organisations::sql as organisations, session::Me};
use domain::{
    BoardId, SchoolId,
    people::{Action, Object, Role, Scope, may},
};

/// Somebody at a pot.
pub(super) struct Seat<'a> {
    pub(super) me: &'a Me,
    /// The schools of the pot.
    pub(super) members: Vec<MemberRow>,
    /// The schools one coordinates that belong to the pot.
    pub(super) schools: Vec<SchoolId>,
    /// The board one gives for, when it has a school in the pot or the pot is the city-wide one.
    pub(super) board: Option<(BoardId, String)>,
}

impl<'a> Seat<'a> {
    pub(super) async fn take(tx: &mut Tx, me: &'a Me, pot: &PotRow) -> Result<Self, AppError> {
        let partnership = me.partnership();
        let members = members(tx, partnership, pot).await?;
        let coordinates = |school: SchoolId| me.actor.holds(Role::Coordinator, Scope::School(school));
        let schools = members.iter().map(|member| SchoolId(member.id)).filter(|school| coordinates(*school)).collect();
        let boards = organisations::boards(tx, partnership).await?;
        let board = boards.into_iter().find(|row| {
            let gives = may(&me.actor, Action::DonateBoardHours, &Object::of(partnership).of_board(row.id.into()));
            gives && (pot.city || members.iter().any(|member| member.board_id == Some(row.id)))
        });
        Ok(Self { me, members, schools, board: board.map(|row| (row.id.into(), row.name)) })
    }

    /// The school one works for here: the one that was asked for, else the first.
    pub(super) fn school(&self, asked: &str) -> Option<SchoolId> {
        let asked = asked.parse().ok().filter(|school| self.schools.contains(school));
        asked.or_else(|| self.schools.first().copied())
    }

    pub(super) fn name_of(&self, school: SchoolId) -> String {
        self.members.iter().find(|member| member.id == school.0).map(|member| member.name.clone()).unwrap_or_default()
    }

    pub(super) fn may(&self, action: Action, object: &Object) -> bool {
        may(&self.me.actor, action, object)
    }
}
