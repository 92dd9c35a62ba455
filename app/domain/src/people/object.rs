//! What is acted on: a thing, reduced to where it belongs.
//!
//! Always true here: what is left out belongs to nobody, so a forgotten place closes a door and never opens one.

use crate::experts::SupportLevel;
use crate::ids::{BoardId, DistrictId, PartnershipId, SchoolId, SpecialistId, SupplierId};

/// Where a thing belongs. Build it from the row itself, never from what a form sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Object {
    /// The partnership of the row.
    pub partnership: PartnershipId,
    /// The school it is of or at.
    pub school: Option<SchoolId>,
    /// The board it is of: that of the school, for a thing at a school.
    pub board: Option<BoardId>,
    /// The district of the school or of the wijkpot.
    pub district: Option<DistrictId>,
    /// The supplier of the specialist.
    pub supplier: Option<SupplierId>,
    /// The specialist who is assigned, or whose profile or availability it is.
    pub specialist: Option<SpecialistId>,
    /// The level of a booking; a booking without one is treated as pupil level.
    pub level: Option<SupportLevel>,
}

impl Object {
    /// The partnership itself, or something of all of it: its people, reports, allotment.
    #[must_use]
    pub const fn of(partnership: PartnershipId) -> Self {
        Self { partnership, school: None, board: None, district: None, supplier: None, specialist: None, level: None }
    }

    /// The same, at a school, with the school's board (a school may have none yet) and district.
    #[must_use]
    pub const fn at_school(mut self, school: SchoolId, board: Option<BoardId>, district: Option<DistrictId>) -> Self {
        self.school = Some(school);
        self.board = board;
        self.district = district;
        self
    }

    /// The same, of a board.
    #[must_use]
    pub const fn of_board(mut self, board: BoardId) -> Self {
        self.board = Some(board);
        self
    }

    /// The same, in a district: a wijkpot, a draw from it.
    #[must_use]
    pub const fn in_district(mut self, district: DistrictId) -> Self {
        self.district = Some(district);
        self
    }

    /// The same, with or of a specialist and their supplier.
    #[must_use]
    pub const fn with_specialist(mut self, specialist: SpecialistId, supplier: SupplierId) -> Self {
        self.specialist = Some(specialist);
        self.supplier = Some(supplier);
        self
    }

    /// The same, at one of the four levels.
    #[must_use]
    pub const fn at_level(mut self, level: SupportLevel) -> Self {
        self.level = Some(level);
        self
    }
}
