//! How a page carries an answer from the server to the browser: `{"Ok":…}` or `{"Err":…}`. Always true: the server only writes it, the
//! browser only reads it.

use super::Answer;
use leptos::server::codee::{Decoder, Encoder};

/// The codec of every page's data.
pub struct AsJson;

/// Text that is no answer. The browser then asks the server function itself.
#[derive(Debug)]
pub struct NoAnswer;

#[cfg(feature = "ssr")]
impl Encoder<Answer> for AsJson {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(answer: &Answer) -> Result<String, serde_json::Error> {
        match answer {
            Ok(answered) => Ok(format!(r#"{{"Ok":{}}}"#, answered.json()?)),
            Err(error) => Ok(format!(r#"{{"Err":{}}}"#, serde_json::to_string(error)?)),
        }
    }
}

#[cfg(feature = "ssr")]
impl Decoder<Answer> for AsJson {
    type Error = NoAnswer;
    type Encoded = str;

    fn decode(_: &str) -> Result<Answer, NoAnswer> {
        Err(NoAnswer)
    }
}

#[cfg(not(feature = "ssr"))]
impl Encoder<Answer> for AsJson {
    type Error = NoAnswer;
    type Encoded = String;

    fn encode(_: &Answer) -> Result<String, NoAnswer> {
        Err(NoAnswer)
    }
}

#[cfg(not(feature = "ssr"))]
impl Decoder<Answer> for AsJson {
    type Error = NoAnswer;
    type Encoded = str;

    fn decode(text: &str) -> Result<Answer, NoAnswer> {
        use super::{fetched::Answered, reader::read};
        let inside = |start| text.strip_prefix(start).and_then(|rest: &str| rest.strip_suffix('}'));
        match (inside(r#"{"Ok":"#), inside(r#"{"Err":"#)) {
            (Some(json), _) => Ok(Ok(Answered::new(json))),
            (None, error) => error.and_then(read).map(Err).ok_or(NoAnswer),
        }
    }
}
