//! People: who they are, how they sign in, where each of their roles counts, and what it allows.
//!
//! Always true here: whoever is in another partnership may nothing.

mod actor;
mod email;
mod may;
mod names;
mod object;
mod password;
mod role;
mod sign_in;

pub use actor::Actor;
pub use email::{EMAIL_CHARS_MAX, Email};
pub use may::{Action, may};
pub use names::{NAME_CHARS_MAX, check_name, first_name, initials};
pub use object::Object;
pub use password::{PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN, check_password};
pub use role::{Role, Scope};
pub use sign_in::{
    ACCOUNT_FAILURES_FREE, ADDRESS_FAILURES_MAX, ADDRESS_KNOWN, ADDRESS_WINDOW, FAILURES_LOOKED_AT, FAILURES_REMEMBERED, INVITATION_VALID,
    SESSION_ABSOLUTE, SESSION_IDLE, SESSION_WARNING, account_wait, address_wait, check_invitation, check_throttle, session_ends,
    session_is_open, session_warns, sign_in_failed, throttle,
};
