//! What reaches a person when something does not work. Few variants; inner detail goes to the log, never to the browser.

use domain::Refusal;
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// The error of every server function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// A rule said no, and says what one can do next.
    #[error("{0}")]
    Refused(Refusal),
    /// Nobody is signed in, or no longer.
    #[error("Log eerst in.")]
    SignedOut,
    /// Signed in, but this is not theirs to do or see.
    #[error("Dit mag je niet doen of zien met jouw rol.")]
    NotAllowed,
    /// There is no such thing, or not within this partnership.
    #[error("Dit bestaat niet of niet meer.")]
    NotFound,
    /// The request itself was not understood: a field is missing, too long or of the wrong kind.
    #[error("We begrijpen deze invoer niet. Laad de pagina opnieuw en probeer het nog eens.")]
    Malformed,
    /// Too many at once: nothing was done, and the same a little later works.
    #[error("Het is even druk. Er is niets veranderd. Probeer het zo opnieuw.")]
    Busy,
    /// Ours. The log has the detail under the request id.
    #[error("Er ging bij ons iets mis. Er is niets veranderd. Probeer het zo nog eens.")]
    Internal,
}

impl AppError {
    /// The HTTP status this answers with.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(_) => 422,
            Self::SignedOut => 401,
            Self::NotAllowed => 403,
            Self::NotFound => 404,
            Self::Malformed => 400,
            Self::Busy => 503,
            Self::Internal => 500,
        }
    }

    /// Every error as heading, advice, field and ways out, to be shown by the one outcome part.
    #[must_use]
    pub fn as_refusal(&self) -> Refusal {
        match self {
            Self::Refused(refusal) => refusal.clone(),
            Self::SignedOut => Refusal::new("signed_out", "Je bent uitgelogd", "Log opnieuw in. Daarna kun je verder."),
            Self::NotAllowed => {
                Refusal::new("not_allowed", "Dit mag niet met jouw rol", "Vraag het iemand die dit wel mag. Er is niets veranderd.")
            }
            Self::NotFound => Refusal::new("not_found", "Dit is er niet", "Misschien is het verwijderd. Ga terug en kies opnieuw."),
            Self::Malformed => Refusal::new(
                "malformed",
                "We begrijpen deze invoer niet",
                "Laad de pagina opnieuw en probeer het nog eens. Er is niets veranderd.",
            ),
            Self::Busy => Refusal::new("busy", "Het is even druk", "Er is niets veranderd. Probeer het zo opnieuw."),
            Self::Internal => Refusal::new("internal", "Er ging bij ons iets mis", "Er is niets veranderd. Probeer het zo nog eens."),
        }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => Self::Malformed,
            _ => Self::Internal,
        }
    }
}
