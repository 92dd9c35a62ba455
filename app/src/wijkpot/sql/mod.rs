//! Rows of pots, gifts, draws, voices and questions for the reserve.

mod donations;
mod draws;
mod flows;
mod lists;
mod lots;
mod pots;
mod queue;
mod reserve;

pub use donations::{DonationRow, NewDonation, close_donation, donation, donation_by_key, end_donations, insert_donation, waiting_gifts};
pub use draws::{DrawRow, NewDraw, add_vote, close_draw, draw, draw_by_key, end_draws, insert_draw, school_of_booking, votes};
pub use flows::{FlowRow, MoveRow, flows, moves};
pub use lists::{WentBackRow, donations_of, donations_under, draws_of, reserves_asked_by, reserves_of, reserves_waiting, went_back};
pub use lots::{own_moves, pot_moves};
pub use pots::{MemberRow, PotRow, city_pot, cover, members, pot, pot_of_school, pots, put_pot, voters, wijken_of};
pub use queue::{QUEUE_MAX, Standing, Waiting, queue, queue_of, waited_for, waiting_of};
pub use reserve::{
    NewReserveRequest, ReserveRow, close_reserve, end_reserves, insert_reserve, reserve_by_key, reserve_request, reserves_of_school_waiting,
};
