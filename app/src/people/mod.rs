//! People: signing in and out, invitations, and the demo's cast. Always true here: an answer never tells whether an address exists.

mod api;
#[cfg(feature = "ssr")]
mod invitation_page;
mod page;
#[cfg(feature = "ssr")]
pub mod passwords;
#[cfg(feature = "ssr")]
pub mod sql;

#[cfg(feature = "ssr")]
pub use api::invitation as read_invitation;
pub use api::{CastMember, ChoosePassword, DemoSignIn, Invited, SignIn, SignOut};
#[cfg(feature = "ssr")]
pub use invitation_page::InvitationView;
pub use page::SignInPage;

/// The sign-in page.
pub const SIGN_IN: &str = "/inloggen";

/// The page behind an invitation's link.
#[must_use]
pub fn invitation(token: &str) -> String {
    format!("/uitnodiging/{token}")
}
