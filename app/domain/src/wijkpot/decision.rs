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

/// Another school of the pot, and a coordinator who can speak for it. Who coordinates the asking school as well is none.
pub type Voter = (SchoolId, PersonId);

/// Who decides, given what the school took from pots this month, who of the other schools of the pot can say something, and what was said.
/// Where schools can neither agree nor refuse (any more), the district team decides.
#[must_use]
pub fn decider(rule: DrawDecision, cap: Minutes, taken: Minutes, asked: Minutes, voters: &[Voter], votes: &[Vote]) -> Decider {
    match rule {
        DrawDecision::Automatic if taken + asked <= cap => Decider::Automatic,
        DrawDecision::Network if can_decide(voters, votes) => Decider::Network,
        DrawDecision::Automatic | DrawDecision::DistrictTeam | DrawDecision::Network => Decider::DistrictTeam,
    }
}

/// Whether two of the same mind can still be found, one voice a school and one a person.
fn can_decide(voters: &[Voter], votes: &[Vote]) -> bool {
    let Tally::Open { yes, no } = tally(votes) else { return true };
    let is_silent = |voter: &&Voter| !votes.iter().any(|vote| vote.school == voter.0 || vote.person == voter.1);
    let silent: Vec<&Voter> = voters.iter().filter(is_silent).collect();
    let has_two = silent.iter().any(|one| silent.iter().any(|other| one.0 != other.0 && one.1 != other.1));
    let more = if has_two { NETWORK_VOTES } else { usize::from(!silent.is_empty()) };
    yes.max(no) + more >= NETWORK_VOTES
}

/// Where schools decide, the district team does not. What only waits for hours the team may grant in part, so that hours do not perish
/// beside a question that is too large for them.
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

/// The refusal for hours that whoever stands before this school waits for.
#[must_use]
pub fn others_first() -> Refusal {
    let advice = "Wie hoger in de rij staat, wacht op deze uren. Er is niets veranderd. Ken minder toe of wacht tot er uren bij komen.";
    Refusal::new("others_first", "Een andere school gaat voor", advice).at("minuten")
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

/// Whether this voice counts: of another school of the pot, by somebody who does not work for the asking one, once a school and once a
/// person.
///
/// # Errors
/// `draw_settled`, `vote_not_asked`, `vote_own_draw`, `vote_outside`, `voted_before`.
pub fn check_vote(vote: &Vote, draw: (DrawState, SchoolId), decider: Decider, voters: &[Voter], votes: &[Vote]) -> Result<(), Refusal> {
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
    if !voters.contains(&(vote.school, vote.person)) {
        let advice = format!("Je school hoort niet bij deze pot, of je werkt ook voor de school die vraagt. {nothing}");
        return Err(Refusal::new("vote_outside", "Hierover kun je niet stemmen", advice));
    }
    if votes.iter().any(|before| before.school == vote.school || before.person == vote.person) {
        return Err(Refusal::new("voted_before", "Je hebt al gestemd", nothing));
    }
    Ok(())
}
