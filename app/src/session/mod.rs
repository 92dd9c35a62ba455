//! Who is here: the session, the person behind it, and what a form said last. Always true: nothing secret reaches the browser.

mod visitor;

pub use visitor::Visitor;
