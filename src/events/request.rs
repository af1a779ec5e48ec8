//! What a client says when it fetches (RFC 8936 §2.2 to 2.4): a JSON object from a stranger.

use serde_json::{Map, Value};

use super::post::known_code;
use crate::crypto::strict;
use crate::oauth::Refusal::{self, InvalidRequest};

/// Most tokens in one answer, and most that are acknowledged at once.
const MOST: usize = 100;
/// The longest name of a token that is looked at; ours have 32 characters.
const LONGEST_JTI: usize = 64;

/// A request for tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollRequest {
    /// How many at most; none to acknowledge only.
    pub max_events: usize,
    /// Whether an empty answer is given at once.
    pub return_immediately: bool,
    /// The names of tokens that it has.
    pub ack: Vec<String>,
    /// The names of tokens that it cannot take, and why: one of the codes of RFC 8935 §2.4, or `other`.
    pub set_errs: Vec<(String, &'static str)>,
}

impl PollRequest {
    /// Reads a body; members that are not known are not looked at.
    ///
    /// # Errors
    /// `invalid_request` when it is not an object, a member is of another type, or there is too much of it.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let mut members = strict::object(body).ok_or(InvalidRequest("not a JSON object of single members"))?;
        Ok(Self {
            max_events: max_events(members.get("maxEvents"))?,
            return_immediately: match members.get("returnImmediately") {
                None => false,
                Some(Value::Bool(at_once)) => *at_once,
                Some(_) => return Err(InvalidRequest("returnImmediately is not a boolean")),
            },
            ack: ack(members.remove("ack"))?,
            set_errs: set_errs(members.remove("setErrs"))?,
        })
    }
}

fn max_events(value: Option<&Value>) -> Result<usize, Refusal> {
    let Some(value) = value else { return Ok(MOST) };
    let most = value.as_u64().ok_or(InvalidRequest("maxEvents is not a whole number"))?;
    Ok(usize::try_from(most).unwrap_or(MOST).min(MOST))
}

fn ack(value: Option<Value>) -> Result<Vec<String>, Refusal> {
    let names = match value {
        None => return Ok(Vec::new()),
        Some(Value::Array(names)) if names.len() <= MOST => names,
        Some(_) => return Err(InvalidRequest("ack is not a list of at most a hundred names")),
    };
    names.into_iter().map(|name| jti(name.as_str())).collect()
}

fn set_errs(value: Option<Value>) -> Result<Vec<(String, &'static str)>, Refusal> {
    let errors: Map<String, Value> = match value {
        None => return Ok(Vec::new()),
        Some(Value::Object(errors)) if errors.len() <= MOST => errors,
        Some(_) => return Err(InvalidRequest("setErrs is not an object of at most a hundred members")),
    };
    let read = |(name, error): (String, Value)| {
        let code = error.get("err").and_then(Value::as_str).ok_or(InvalidRequest("an error without err"))?;
        Ok((jti(Some(&name))?, known_code(code)))
    };
    errors.into_iter().map(read).collect()
}

fn jti(name: Option<&str>) -> Result<String, Refusal> {
    let short = name.filter(|name| !name.is_empty() && name.len() <= LONGEST_JTI);
    short.map(str::to_owned).ok_or(InvalidRequest("a name of a token that is none of ours"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_read() {
        let empty = PollRequest::parse(b"{}").unwrap();
        assert_eq!((empty.max_events, empty.return_immediately), (100, false));
        let acks = br#"{"ack":["4d3559ec67504aaba65d40b0363faad8"],"maxEvents":0,"returnImmediately":true}"#;
        let acks = PollRequest::parse(acks).unwrap();
        assert_eq!((acks.max_events, acks.return_immediately, acks.ack.len()), (0, true, 1));
        let errors = br#"{"setErrs":{"4d3559ec":{"err":"authentication_failed","description":"x"},"a":{"err":"x"}}}"#;
        let errors = PollRequest::parse(errors).unwrap().set_errs;
        assert_eq!(errors, [("4d3559ec".to_owned(), "authentication_failed"), ("a".to_owned(), "other")]);
        assert_eq!(PollRequest::parse(br#"{"maxEvents":18446744073709551615}"#).unwrap().max_events, 100);
    }

    #[test]
    fn what_is_something_else_is_refused() {
        let many = format!("{{\"ack\":[{}\"a\"]}}", "\"a\",".repeat(100));
        let long = format!("{{\"ack\":[\"{}\"]}}", "a".repeat(65));
        for body in [
            "",
            "[]",
            "null",
            "{",
            r#"{"ack":["a"],"ack":["b"]}"#,
            r#"{"ack":"a"}"#,
            r#"{"ack":[1]}"#,
            r#"{"ack":[""]}"#,
            r#"{"maxEvents":-1}"#,
            r#"{"maxEvents":"9"}"#,
            r#"{"maxEvents":1.5}"#,
            r#"{"returnImmediately":"true"}"#,
            r#"{"setErrs":[]}"#,
            r#"{"setErrs":{"a":"x"}}"#,
            &many,
            &long,
        ] {
            assert_eq!(PollRequest::parse(body.as_bytes()).unwrap_err().code(), "invalid_request", "{body}");
        }
    }
}
