//! What the browser may know of the person who is signed in.

use domain::people::Role;
use serde::{Deserialize, Serialize};

/// The signed-in person as the shell shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// Full name: `Fenna Hoekema`.
    pub name: String,
    /// The role they work in now; the navigation follows it.
    pub role: Role,
    /// Where that role counts, in words: `De Meerpaal`.
    pub place: String,
    /// The partnership's name: `Samenwerkingsverband Vlietland`.
    pub partnership: String,
    /// Minutes without a click until signed out.
    pub idle_minutes: i64,
    /// Whether this server shows the demo (`/stijl`, one-click sign-in).
    pub demo: bool,
}
