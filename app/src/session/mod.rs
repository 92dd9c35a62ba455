//! Who is here: the session, the person behind it, and what a form said last. Always true: nothing secret reaches the browser.

pub mod api;
mod flash;
mod visitor;

pub use flash::{Flash, Note, NoteKind};
pub use visitor::Visitor;
