//! The browser's half: an answer is the text it came as, read by whoever shows it. Always true: an error of the network is an
//! [`AppError`] like every other, and a server function that leads elsewhere is followed before anybody reads its answer.

use super::{Answer, Wire, reader::read};
use crate::AppError;
use server_fn::{
    ContentType,
    client::{Client, browser::BrowserClient},
    codec::{Json, PostUrl},
    redirect::call_redirect_hook,
    request::{ClientReq, browser::BrowserRequest},
    response::{ClientRes, browser::BrowserResponse},
};
use std::sync::Arc;

/// What a server function answered.
#[derive(Clone)]
pub struct Answered(Arc<str>);

impl Answered {
    pub(super) fn new(json: &str) -> Self {
        Self(json.into())
    }

    /// The value.
    ///
    /// # Errors
    /// `Malformed` when the text says something else.
    pub fn read<T: Wire>(&self) -> Result<T, AppError> {
        read(&self.0).ok_or(AppError::Malformed)
    }
}

/// Asks the server function at this path.
pub(super) async fn fetch(path: &'static str, body: String) -> Answer {
    exchange(path, body).await.map(|(text, _)| Answered::new(&text))
}

/// Sends a form there; answers whether it leads elsewhere.
pub(super) async fn send(path: &str, body: String) -> Result<bool, AppError> {
    exchange(path, body).await.map(|(_, leads)| leads)
}

async fn exchange(path: &str, body: String) -> Result<(String, bool), AppError> {
    let request = <BrowserRequest as ClientReq<AppError>>::try_new_post(path, PostUrl::CONTENT_TYPE, Json::CONTENT_TYPE, body)?;
    let response = <BrowserClient as Client<AppError>>::send(request).await?;
    let status = <BrowserResponse as ClientRes<AppError>>::status(&response);
    let leads = (300..=399).contains(&status) || <BrowserResponse as ClientRes<AppError>>::has_redirect(&response);
    let target = leads.then(|| <BrowserResponse as ClientRes<AppError>>::location(&response));
    let text = <BrowserResponse as ClientRes<AppError>>::try_into_string(response).await?;
    if (400..=599).contains(&status) {
        return Err(read::<AppError>(&text).unwrap_or(AppError::Internal));
    }
    if let Some(target) = target {
        call_redirect_hook(&target);
    }
    Ok((text, leads))
}
