//! A refusal: a Dutch sentence to a person. It lives with its rule; this is only its shape.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What stopped, what did not happen and what to do next. Shown as an outcome and, when it concerns one, at its field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{heading}. {advice}")]
pub struct Refusal {
    /// A stable word for tests, logs and machines, such as `slot_taken`. Never shown.
    pub code: Cow<'static, str>,
    /// What happened, without a full stop: `Dit moment is net bezet`.
    pub heading: Cow<'static, str>,
    /// What did not happen and what one can do now, in whole sentences.
    pub advice: Cow<'static, str>,
    /// The form field it is about, by name, when it is about one.
    pub field: Option<Cow<'static, str>>,
    /// The nearest ways out, for a field: the three nearest free moments, say.
    pub choices: Vec<Choice>,
}

/// One way out of a refusal: a value for the refused field, and how it reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What a person reads: `do 19 nov, 12.30–15.30`.
    pub label: String,
}

impl Refusal {
    /// A refusal with a heading and an advice.
    pub fn new(code: &'static str, heading: impl Into<Cow<'static, str>>, advice: impl Into<Cow<'static, str>>) -> Self {
        Self { code: Cow::Borrowed(code), heading: heading.into(), advice: advice.into(), field: None, choices: Vec::new() }
    }

    /// The same, about the form field with this name.
    #[must_use]
    pub fn at(mut self, field: &'static str) -> Self {
        self.field = Some(Cow::Borrowed(field));
        self
    }

    /// The same, with ways out.
    #[must_use]
    pub fn or(mut self, choices: Vec<Choice>) -> Self {
        self.choices = choices;
        self
    }
}
