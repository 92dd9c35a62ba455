//! Who decides a draw (domain.md §3.3): nobody within the cap, the district team, or two coordinators of other schools.
//!
//! Always true here: a school never decides about its own draw, and has one voice about another's.

use super::DrawState;
use crate::{Minutes, PersonId, Refusal, SchoolId, hours::kinds::words, policy::DrawDecision};
use serde::{Deserialize, Serialize};

/// So many coordinators of other schools must agree, and so many refuse (domain.md §3.3).
pub const NETWORK_VOTES: usize = 2;

words! {
    /// Who decides a draw.
    Decider:
    /// Nobody: it is within what a school may draw in a month.
    Automatic = "automatic", "de spelregel";
    /// The team of the school's district.
    DistrictTeam = "district_team", "het stadsdeelteam";
    /// Two coordinators of other schools of the pot.
    Network = "network", "twee andere scholen";
}

/// Who decides, given what the school took from pots this month and how many other schools of the pot have a coordinator. Where
/// fewer than two could vote, the district team decides.
#[must_use]
pub fn decider(rule: DrawDecision, cap: Minutes, taken: Minutes, asked: Minutes, voters: usize) -> Decider {
    match rule {
        DrawDecision::Automatic if taken + asked <= cap => Decider::Automatic,
        DrawDecision::Network if voters >= NETWORK_VOTES => Decider::Network,
        DrawDecision::Automatic | DrawDecision::DistrictTeam | DrawDecision::Network => Decider::DistrictTeam,
    }
}

/// Where schools decide, the district team does not.
///
/// # Errors
/// `network_decides`.
pub fn must_be_teams(decider: Decider) -> Result<(), Refusal> {
    if decider != Decider::Network {
        return Ok(());
    }
    let advice = "Dat is de spelregel van je samenwerkingsverband. Er is niets veranderd.";
    Err(Refusal::new("network_decides", "Over deze opname beslissen twee andere scholen", advice))
}

/// What another school says of a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
    /// For which school.
    pub school: SchoolId,
    /// Who said it.
    pub person: PersonId,
    /// Yes or no.
    pub agrees: bool,
}

/// Where the voices stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tally {
    /// Two said yes.
    Agreed,
    /// Two said no.
    Rejected,
    /// Not decided: so many said yes, so many no.
    Open {
        /// Yes.
        yes: usize,
        /// No.
        no: usize,
    },
}

/// Counts the voices.
#[must_use]
pub fn tally(votes: &[Vote]) -> Tally {
    let yes = votes.iter().filter(|vote| vote.agrees).count();
    let no = votes.len() - yes;
    if yes >= NETWORK_VOTES {
        Tally::Agreed
    } else if no >= NETWORK_VOTES {
        Tally::Rejected
    } else {
        Tally::Open { yes, no }
    }
}

/// Whether this voice counts: of another school of the pot, once a school and once a person.
///
/// # Errors
/// `draw_settled`, `vote_not_asked`, `vote_own_draw`, `vote_outside`, `voted_before`.
pub fn check_vote(vote: &Vote, draw: (DrawState, SchoolId), decider: Decider, schools: &[SchoolId], votes: &[Vote]) -> Result<(), Refusal> {
    let (state, asker) = draw;
    state.must_wait()?;
    let nothing = "Er is niets veranderd.";
    if decider != Decider::Network {
        let advice = format!("Over deze opname beslist {}. {nothing}", decider.dutch());
        return Err(Refusal::new("vote_not_asked", "Scholen stemmen hier niet", advice));
    }
    if vote.school == asker {
        return Err(Refusal::new("vote_own_draw", "Dit is de opname van je eigen school", format!("Andere scholen beslissen. {nothing}")));
    }
    if !schools.contains(&vote.school) {
        return Err(Refusal::new("vote_outside", "Je school hoort niet bij deze pot", nothing));
    }
    if votes.iter().any(|before| before.school == vote.school || before.person == vote.person) {
        return Err(Refusal::new("voted_before", "Je school heeft al gestemd", nothing));
    }
    Ok(())
}
