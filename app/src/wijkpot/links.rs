//! From a number of a pot to the postings behind it. Always true: what a board's schools gave and took is opened for who may read that
//! board's hours (domain.md §2); the pot's own numbers for everybody of the pot.

use crate::{
    hours::{BOARDLESS, Behind, What},
    session::Me,
};
use domain::{
    BoardId,
    hours::{HolderKind, Month, SchoolYear},
    people::{Action, Object, may},
};
use uuid::Uuid;

/// Where a pot's numbers of a school year lead this person.
pub(super) struct Links<'a> {
    pub(super) me: &'a Me,
    pub(super) pot: Uuid,
    pub(super) year: SchoolYear,
}

impl Links<'_> {
    /// Of a month or the whole year, at one supplier or all.
    pub(super) fn to(&self, supplier: Option<Uuid>, month: Option<Month>, what: What) -> String {
        self.whole().at(supplier).in_month(month).number(what.code())
    }

    fn whole(&self) -> Behind {
        Behind::in_year(HolderKind::Wijkpot.code(), Some(self.pot), self.year)
    }

    /// What went to or came from the schools of a board, or those without one.
    pub(super) fn with(&self, board: Option<Uuid>, what: What) -> Option<String> {
        let (actor, office) = (&self.me.actor, Object::of(self.me.partnership()));
        let (open, id) = match board {
            Some(board) => (may(actor, Action::ReadBoardHours, &office.of_board(BoardId(board))), board.to_string()),
            None => (may(actor, Action::ReadPartnershipHours, &office), BOARDLESS.to_owned()),
        };
        open.then(|| self.whole().with(&id).number(what.code()))
    }
}
