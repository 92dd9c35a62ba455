//! Who can sit where. Always true here: every role there is has a seat, and so has whoever lost theirs.

/// A place in a partnership; one person sits there. The first school lies under the first board, in the first wijk and district,
/// and is the school the tests are about; so are the first supplier and its specialist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Seat {
    /// IB'er of the first school.
    Coordinator,
    /// Its head.
    Head,
    /// IB'er of another school of the same board, in another district.
    SameBoard,
    /// IB'er of a school of another board, in the same wijk.
    OtherBoard,
    /// Head of that school.
    OtherHead,
    /// Of the first board.
    BoardContact,
    OtherBoardContact,
    /// Of the first supplier.
    Specialist,
    OtherSpecialist,
    Planner,
    OtherPlanner,
    /// Of the first board.
    Counsellor,
    OtherCounsellor,
    /// Of the first school's district.
    DistrictTeam,
    OtherDistrictTeam,
    Registrar,
    Administrator,
    Auditor,
    /// Somebody whose last role was taken away.
    Roleless,
}

impl Seat {
    /// Every seat.
    pub const ALL: [Self; 19] = [
        Self::Coordinator,
        Self::Head,
        Self::SameBoard,
        Self::OtherBoard,
        Self::OtherHead,
        Self::BoardContact,
        Self::OtherBoardContact,
        Self::Specialist,
        Self::OtherSpecialist,
        Self::Planner,
        Self::OtherPlanner,
        Self::Counsellor,
        Self::OtherCounsellor,
        Self::DistrictTeam,
        Self::OtherDistrictTeam,
        Self::Registrar,
        Self::Administrator,
        Self::Auditor,
        Self::Roleless,
    ];
}

/// Somebody who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Without a session.
    Nobody,
    /// In the partnership the tests are about.
    Here(Seat),
    /// In the other one.
    There(Seat),
}

impl Who {
    /// Everybody here, nobody, and those there who may most.
    pub fn all() -> Vec<Self> {
        let there = [Seat::Coordinator, Seat::Specialist, Seat::Planner, Seat::Registrar, Seat::Administrator];
        [Self::Nobody].into_iter().chain(Seat::ALL.map(Self::Here)).chain(there.map(Self::There)).collect()
    }
}
