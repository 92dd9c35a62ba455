//! People: signing in and out, invitations, and the demo's cast. Always true here: an answer never tells whether an address exists.

mod api;
mod page;
#[cfg(feature = "ssr")]
pub mod passwords;
#[cfg(feature = "ssr")]
pub mod sql;

pub use api::{CastMember, ChoosePassword, DemoSignIn, Invited, SignIn, SignOut};
pub use page::{InvitationPage, SignInPage};

/// The sign-in page.
pub const SIGN_IN: &str = "/inloggen";

/// The page behind an invitation's link.
#[must_use]
pub fn invitation(token: &str) -> String {
    format!("/uitnodiging/{token}")
}
