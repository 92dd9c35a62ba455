//! What people do with pots: for the pages, the jobs, the demo and the stories alike.
//!
//! Always true here: `tx` comes from `db.write(partnership)`, and after an error it must be dropped and not committed. The same key with
//! the same content does it once and answers the same; with other content it is refused.

mod donations;
mod draws;
mod grant;
mod month;
mod own_again;
mod pots;
mod reserve;

pub use donations::{Give, consent, donate, left, put_right, refuse_donation, take_back};
pub use draws::{Ask, ask, decide, refuse_draw, stock, vote, withdraw};
pub use grant::{grant_all, grant_waiting};
pub use month::end_month;
pub use own_again::own_again;
pub use pots::arrange;
pub use reserve::{AskReserve, ask_reserve, refuse_reserve, release, withdraw_reserve};

use crate::AppError;
use domain::Refusal;

/// What the `form_key` columns hold.
const FORM_KEY_MAX: usize = 100;

fn check_key(key: &str) -> Result<(), AppError> {
    if key.is_empty() || key.chars().count() > FORM_KEY_MAX { Err(AppError::Malformed) } else { Ok(()) }
}

/// The refusal for another form under a key that was used.
pub(crate) fn form_used() -> Refusal {
    let advice = "Er is nu niets veranderd. Laad de pagina opnieuw en vul het formulier opnieuw in.";
    Refusal::new("form_used", "Dit formulier is al een keer verstuurd", advice)
}

fn no_pot() -> Refusal {
    let advice = "Er is niets veranderd. Je samenwerkingsverband maakt er een, of neemt je wijk op in een pot.";
    Refusal::new("no_pot", "Er is nog geen wijkpot", advice)
}
