//! The server's half: an answer is the value itself, written as text once, for the page that carries it to the browser.
//! Always true: nothing is read back from text here.

use super::Wire;
use crate::{AppError, served::Drawn};
use std::{any::Any, sync::Arc};

/// What a server function answered.
#[derive(Clone)]
pub struct Answered(Arc<dyn Value>);

trait Value: Any + Send + Sync {
    fn json(&self) -> serde_json::Result<String>;
}

impl<T: Wire> Value for T {
    fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

impl Answered {
    pub(super) fn new<T: Wire>(value: T) -> Self {
        Self(Arc::new(value))
    }

    /// The value.
    ///
    /// # Errors
    /// `Internal` when it is of another type, which the type of [`Load`](super::Load) rules out.
    pub fn read<T: Wire>(&self) -> Result<T, AppError> {
        let value: &dyn Any = &*self.0;
        value.downcast_ref::<T>().cloned().ok_or(AppError::Internal)
    }

    /// What the page carries to the browser. Of a page that was drawn already, that is only what does not stand in it.
    pub(super) fn json(&self) -> serde_json::Result<String> {
        match Drawn::already_there(&*self.0) {
            Some(rest) => serde_json::to_string(&rest),
            None => self.0.json(),
        }
    }
}
