//! From a page to a server function and back: on the server a call, in the browser a request. Always true: there is one way to ask and
//! one way to read, whatever the page, so that the browser has the code for it once.

mod codec;
#[cfg(not(feature = "ssr"))]
mod fetched;
#[cfg(feature = "ssr")]
mod made;
#[cfg(any(test, not(feature = "ssr")))]
mod reader;

pub use codec::AsJson;
#[cfg(not(feature = "ssr"))]
pub use fetched::Answered;
#[cfg(feature = "ssr")]
pub use made::Answered;

use crate::AppError;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use server_fn::ServerFn;
use std::{borrow::Cow, marker::PhantomData, pin::Pin, sync::Arc};

/// What a server function may answer with.
pub trait Wire: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {}

impl<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> Wire for T {}

/// An answer as it arrives, without its type.
pub type Answer = Result<Answered, AppError>;

type Asking = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// What a server function answers: on the server while it makes the page, in the browser out of that page, and from then on whenever
/// the question changes.
pub struct Load<T> {
    resource: Resource<Answer, AsJson>,
    answers: PhantomData<fn() -> T>,
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Load<T> {}

impl<T: Wire> Load<T> {
    /// The answer, once it is there.
    ///
    /// # Errors
    /// Those of the server function.
    pub async fn read(self) -> Result<T, AppError> {
        self.resource.await?.read()
    }
}

impl<T> Load<T> {
    /// The same without its type.
    pub(crate) fn resource(self) -> Resource<Answer, AsJson> {
        self.resource
    }
}

/// Loads what a page shows: `load(move || ReadHours { jaar: year() })`, at the top of its route.
pub fn load<S>(question: impl Fn() -> S + Send + Sync + 'static) -> Load<S::Output>
where
    S: ServerFn<Error = AppError, Output: Wire> + Serialize + 'static,
{
    let question = Arc::new(question);
    let asked = question.clone();
    let fetch = move |body: String| -> Asking {
        #[cfg(feature = "ssr")]
        {
            let (_, question) = (body, untrack(|| question()));
            let request = whole_request();
            Box::pin(async move {
                let answer = question.run_body().await.map(Answered::new);
                drop(request);
                answer
            })
        }
        #[cfg(not(feature = "ssr"))]
        {
            let _ = &question;
            Box::pin(fetched::fetch(S::PATH, body))
        }
    };
    Load { resource: resource(Box::new(move || written(&asked())), Box::new(fetch)), answers: PhantomData }
}

/// Everything around this point, up to the request itself. Whoever holds it can ask for the database until the end, also when the person
/// who asked has left meanwhile.
#[cfg(feature = "ssr")]
fn whole_request() -> Vec<Owner> {
    std::iter::successors(Owner::current(), Owner::parent).collect()
}

fn resource(asked: Box<dyn Fn() -> String + Send + Sync>, fetch: Box<dyn Fn(String) -> Asking + Send + Sync>) -> Resource<Answer, AsJson> {
    Resource::new_with_options(asked, fetch, true)
}

/// The fields of a question as a form would send them.
fn written<S: Serialize>(question: &S) -> String {
    serde_qs::to_string(question).unwrap_or_default()
}

/// Asks a server function now, outside a page's data: from an event or a timer.
///
/// # Errors
/// Those of the server function.
pub async fn ask<S>(question: S) -> Result<S::Output, AppError>
where
    S: ServerFn<Error = AppError, Output: Wire> + Serialize,
{
    #[cfg(feature = "ssr")]
    {
        question.run_body().await
    }
    #[cfg(not(feature = "ssr"))]
    {
        fetched::fetch(S::PATH, written(&question)).await?.read()
    }
}

/// Sends the fields of a form to its server function, and says whether that leads to another page, which the browser then loads. Only a
/// browser submits; rendered on the server it never happens.
///
/// # Errors
/// Those of the server function.
pub(crate) async fn send(path: Cow<'static, str>, fields: String) -> Result<bool, AppError> {
    #[cfg(feature = "ssr")]
    {
        let _ = (path, fields);
        Err(AppError::Internal)
    }
    #[cfg(not(feature = "ssr"))]
    {
        fetched::send(&path, fields).await
    }
}
