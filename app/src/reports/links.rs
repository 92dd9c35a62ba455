//! The postings behind a number of the overview. Always true: a number leads to them for who may read them, and a dash to nothing.

use super::figures::OverviewAsk;
use crate::{
    hours::{ALL_POTS, Crossing, What, linked},
    session::Me,
    ui::MonthCell,
};
use domain::{
    BoardId,
    hours::{Month, lines::Line},
    people::{Action, Object, may},
};

/// Which numbers lead to their postings for this person.
pub(super) struct Links<'a> {
    pub(super) me: &'a Me,
    pub(super) ask: &'a OverviewAsk,
}

impl Links<'_> {
    fn office(&self) -> bool {
        may(&self.me.actor, Action::ReadPartnershipHours, &Object::of(self.me.partnership()))
    }

    pub(super) fn to(&self, holder: (&str, Option<uuid::Uuid>), month: Option<Month>, what: What) -> Option<String> {
        self.at(holder, self.ask.supplier.map(|supplier| supplier.0), month, what)
    }

    /// The same at one supplier, whichever the page is about.
    pub(super) fn at(
        &self,
        holder: (&str, Option<uuid::Uuid>),
        supplier: Option<uuid::Uuid>,
        month: Option<Month>,
        what: What,
    ) -> Option<String> {
        self.number(holder, supplier, month, what.code())
    }

    fn number(&self, holder: (&str, Option<uuid::Uuid>), supplier: Option<uuid::Uuid>, month: Option<Month>, code: &str) -> Option<String> {
        let object = Object::of(self.me.partnership());
        let open = match holder {
            (_, Some(id)) if may(&self.me.actor, Action::ReadBoardHours, &object.of_board(BoardId(id))) => true,
            (ALL_POTS, _) => may(&self.me.actor, Action::ReadWijkpotHours, &object),
            _ => self.office(),
        };
        open.then(|| self.ask.period.behind(holder).at(supplier).in_month(month).number(code))
    }

    /// What crossed borders through the pots.
    pub(super) fn crossing(&self, holder: (&str, Option<uuid::Uuid>), crossing: Crossing) -> Option<String> {
        self.number(holder, self.ask.supplier.map(|supplier| supplier.0), None, crossing.code())
    }

    pub(super) fn cell(&self, holder: (&str, Option<uuid::Uuid>), month: Option<Month>, what: What, line: &Line) -> MonthCell {
        linked(what.of(line), self.to(holder, month, what))
    }
}
