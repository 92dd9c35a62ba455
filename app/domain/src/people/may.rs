//! The one place that decides who may do what (domain.md §2). Every server function asks it first.
//!
//! Always true here: another partnership is always no; what no rule allows is no.

use super::actor::Actor;
use super::object::Object;
use super::role::{Role, Scope};
use crate::experts::SupportLevel;
use serde::{Deserialize, Serialize};

/// Everything that somebody may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Search the experts.
    SearchExperts,
    /// Open an expert's profile.
    ReadExpert,
    /// Ask for a specialist's time at the object's school.
    BookAtSchool,
    /// Read a booking's facts: school, specialist, when, minutes, level, category. At pupil level the expertise itself is text.
    ReadBooking,
    /// Read a booking's question, goal and notes.
    ReadBookingText,
    /// Accept or decline a booking.
    AnswerBooking,
    /// Record the minutes really worked.
    RecordDone,
    /// Cancel a booking.
    CancelBooking,
    /// Move a booking.
    MoveBooking,
    /// Change a specialist's weekly pattern and exceptions.
    EditAvailability,
    /// Read a school's balances and postings, and what it can spend.
    ReadSchoolHours,
    /// Read a board's balances and postings.
    ReadBoardHours,
    /// Read a wijkpot's balances, gifts, draws and ranking: hours, never cases.
    ReadWijkpotHours,
    /// Read every balance of the partnership: contracts, reserves, all accounts.
    ReadPartnershipHours,
    /// Divide a board's hours over its schools.
    DivideBoardHours,
    /// Ask for, answer or take back an agreement to use hours in another month: the object's board or supplier.
    Deviate,
    /// Give a school's idle hours to a wijkpot, or take them back.
    DonateSchoolHours,
    /// Give a board's idle hours to a wijkpot, or take them back.
    DonateBoardHours,
    /// Ask for hours from a wijkpot for the object's school.
    Draw,
    /// Decide a draw above the cap.
    DecideDraw,
    /// Say for the object's school whether another school's draw is fair.
    VoteDraw,
    /// Say yes or no to a gift of one of the board's schools.
    ConsentDonation,
    /// Ask for hours from a reserve for the object's school.
    AskReserve,
    /// Release hours from a reserve, or refuse.
    ReleaseReserve,
    /// Make pots and choose the wijken they cover.
    ArrangeWijkpots,
    /// Post contracts and allotments.
    Allot,
    /// Correct the ledger with a reversal.
    ReversePosting,
    /// Register an agreement.
    Register,
    /// See reports: numbers, no cell below five.
    SeeReports,
    /// Choose the settings of the partnership's policy.
    SetPolicy,
    /// See what the nightly check found.
    SeeChecks,
    /// Let the object's school give by itself what is idle at the end of a month, or no longer.
    SwitchDonation,
    /// Invite people, give and take roles.
    AdministerPeople,
    /// See the page with every part of the design.
    SeeParts,
    /// Export hours.
    Export,
}

impl Action {
    /// Every action, in the order of the table in the tests.
    pub const ALL: [Self; 35] = [
        Self::SearchExperts,
        Self::ReadExpert,
        Self::BookAtSchool,
        Self::ReadBooking,
        Self::ReadBookingText,
        Self::AnswerBooking,
        Self::RecordDone,
        Self::CancelBooking,
        Self::MoveBooking,
        Self::EditAvailability,
        Self::ReadSchoolHours,
        Self::ReadBoardHours,
        Self::ReadWijkpotHours,
        Self::ReadPartnershipHours,
        Self::DivideBoardHours,
        Self::Deviate,
        Self::DonateSchoolHours,
        Self::DonateBoardHours,
        Self::Draw,
        Self::DecideDraw,
        Self::VoteDraw,
        Self::ConsentDonation,
        Self::AskReserve,
        Self::ReleaseReserve,
        Self::ArrangeWijkpots,
        Self::Allot,
        Self::ReversePosting,
        Self::Register,
        Self::SeeReports,
        Self::SetPolicy,
        Self::SeeChecks,
        Self::SwitchDonation,
        Self::AdministerPeople,
        Self::SeeParts,
        Self::Export,
    ];
}

/// Whether this actor may do this to this object (domain.md §2). Says nothing about whether the rules of hours and slots allow it.
#[must_use]
pub fn may(actor: &Actor, action: Action, object: &Object) -> bool {
    if actor.partnership != object.partnership || !actor.is_somebody() {
        return false;
    }
    let who = Standing { actor, object };
    match action {
        Action::SearchExperts | Action::ReadExpert => true,
        Action::BookAtSchool | Action::DonateSchoolHours | Action::Draw | Action::VoteDraw | Action::AskReserve => who.coordinator(),
        Action::ReadBooking => who.reads_booking(),
        Action::ReadBookingText => who.reads_text(),
        Action::AnswerBooking | Action::EditAvailability => who.specialist() || who.planner(),
        // Only who was there knows how long it took (domain.md §6).
        Action::RecordDone => who.specialist(),
        Action::CancelBooking | Action::MoveBooking => who.coordinator() || who.specialist() || who.planner(),
        Action::ReadSchoolHours => who.of_school() || who.of_board() || who.district_team() || who.of_office(),
        Action::ReadBoardHours => who.of_board() || who.of_office(),
        // Every rule of a pot is visible to all who may give to it or take from it (domain.md §3.3); suppliers are not among them.
        Action::ReadWijkpotHours => {
            let roles = [Role::Coordinator, Role::Head, Role::BoardContact, Role::Counsellor, Role::DistrictTeam];
            roles.into_iter().any(|role| actor.is(role)) || who.of_office()
        }
        // Who reads all hours reads the proof that they are sound.
        Action::ReadPartnershipHours | Action::Export | Action::SeeChecks => who.of_office(),
        Action::DivideBoardHours | Action::DonateBoardHours | Action::ConsentDonation => who.board_contact(),
        Action::Deviate => who.board_contact() || who.planner(),
        Action::DecideDraw => who.district_team(),
        Action::SwitchDonation => who.of_school(),
        Action::Allot | Action::SetPolicy | Action::AdministerPeople | Action::SeeParts | Action::ArrangeWijkpots => who.administrator(),
        Action::ReversePosting => who.administrator() || who.registrar(),
        Action::Register | Action::ReleaseReserve => who.registrar(),
        Action::SeeReports => actor.is(Role::BoardContact) || actor.is(Role::Counsellor) || actor.is(Role::DistrictTeam) || who.of_office(),
    }
}

/// How an actor stands to an object of the same partnership.
struct Standing<'a> {
    actor: &'a Actor,
    object: &'a Object,
}

impl Standing<'_> {
    /// Facts of a booking: those who may read its text, those who pay, plan or account for it. The district team knows of
    /// pupil-level bookings only in numbers (domain.md §2).
    fn reads_booking(&self) -> bool {
        self.reads_text() || self.of_board() || self.planner() || self.of_office()
    }

    /// The circle of a pupil-level text: own school, assigned specialist, counsellor of its board, registrar; for the three
    /// other levels also the district team of the school's district (domain.md §2).
    fn reads_text(&self) -> bool {
        let pupil = self.object.level.is_none_or(|level| level == SupportLevel::Pupil);
        self.of_school() || self.specialist() || self.counsellor() || self.registrar() || (!pupil && self.district_team())
    }

    fn of_school(&self) -> bool {
        self.coordinator() || self.at(Role::Head, self.object.school.map(Scope::School))
    }

    fn of_board(&self) -> bool {
        self.board_contact() || self.counsellor()
    }

    /// Registrar, administrator and auditor: they read all hours.
    fn of_office(&self) -> bool {
        self.registrar() || self.administrator() || self.at(Role::Auditor, Some(Scope::Partnership))
    }

    fn coordinator(&self) -> bool {
        self.at(Role::Coordinator, self.object.school.map(Scope::School))
    }

    fn board_contact(&self) -> bool {
        self.at(Role::BoardContact, self.object.board.map(Scope::Board))
    }

    fn counsellor(&self) -> bool {
        self.at(Role::Counsellor, self.object.board.map(Scope::Board))
    }

    fn specialist(&self) -> bool {
        self.at(Role::Specialist, self.object.specialist.map(Scope::Specialist))
    }

    fn planner(&self) -> bool {
        self.at(Role::SupplierPlanner, self.object.supplier.map(Scope::Supplier))
    }

    fn district_team(&self) -> bool {
        self.at(Role::DistrictTeam, self.object.district.map(Scope::District))
    }

    fn registrar(&self) -> bool {
        self.at(Role::Registrar, Some(Scope::Partnership))
    }

    fn administrator(&self) -> bool {
        self.at(Role::Administrator, Some(Scope::Partnership))
    }

    fn at(&self, role: Role, scope: Option<Scope>) -> bool {
        scope.is_some_and(|scope| self.actor.holds(role, scope))
    }
}

#[cfg(test)]
mod tests;
