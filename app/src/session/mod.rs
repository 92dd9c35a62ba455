//! Who is here: the session, the person behind it, what they may, and what a form said last.
//!
//! Always true here: nothing secret reaches the browser, and the clock is read in one place.

pub mod api;
#[cfg(feature = "ssr")]
mod caller;
mod flash;
#[cfg(feature = "ssr")]
mod lookup;
#[cfg(feature = "ssr")]
mod site;
#[cfg(feature = "ssr")]
mod store;
mod visitor;

pub use api::Page;
#[cfg(feature = "ssr")]
pub use api::{form_key, page};
#[cfg(feature = "ssr")]
pub use caller::{
    Caller, Ground, Me, SESSION_PERSON, SESSION_SEEN, SESSION_STARTED, allow, by_itself, current, forget, remember, session, signed_in,
};
#[cfg(feature = "ssr")]
pub use flash::{FLASH_KEY, note, take_flash};
pub use flash::{Flash, Note, NoteKind, is_secret};
#[cfg(feature = "ssr")]
pub use site::{Site, address_of, client_address, db, go, now, of_one_house, site};
#[cfg(feature = "ssr")]
pub use store::{DbSessions, sweep};
pub use visitor::Visitor;
