//! The parameters of a request, read so that they can mean one thing only (RFC 6749 §3.1, §3.2).
//!
//! No parameter stands twice, every byte is UTF-8 without control characters, and a parameter without a value
//! counts as not sent.

use std::collections::BTreeMap;

use percent_encoding::percent_decode;

use super::refusal::Refusal::{self, InvalidRequest};

/// Most parameters that a request may have.
const MOST: usize = 64;
/// Longest value, in bytes.
const LONGEST: usize = 16 * 1024;

/// Parameters by name. Neither printed nor cloned: there are codes and assertions among them.
#[derive(Default)]
pub struct Params(BTreeMap<String, String>);

impl Params {
    /// Reads a query or a form body.
    ///
    /// # Errors
    /// `invalid_request` when a parameter stands twice, or anything is malformed or beyond bounds.
    pub fn parse(raw: &[u8]) -> Result<Self, Refusal> {
        let mut params = BTreeMap::new();
        for pair in raw.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            let value = decode(halves.next().unwrap_or_default())?;
            if params.insert(name, value).is_some() {
                return Err(InvalidRequest("a parameter stands twice"));
            }
            if params.len() > MOST {
                return Err(InvalidRequest("too many parameters"));
            }
        }
        Ok(Self(params))
    }

    /// The value of a parameter; `None` when it was not sent, or sent without a value.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The value of a parameter that must be there.
    ///
    /// # Errors
    /// `invalid_request` with `missing` as the reason.
    pub fn required(&self, name: &str, missing: &'static str) -> Result<&str, Refusal> {
        self.get(name).ok_or(InvalidRequest(missing))
    }
}

fn decode(part: &[u8]) -> Result<String, Refusal> {
    if part.len() > LONGEST {
        return Err(InvalidRequest("a parameter is too long"));
    }
    let spaced: Vec<u8> = part.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let text: String = match percent_decode(&spaced).decode_utf8() {
        Ok(text) => text.into_owned(),
        Err(_) => return Err(InvalidRequest("a parameter is not UTF-8")),
    };
    if text.chars().any(char::is_control) {
        return Err(InvalidRequest("a parameter has control characters"));
    }
    Ok(text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_stands_once() {
        let params = Params::parse(b"a=1&b=%E5%81%9C+x&c=&d").unwrap();
        assert_eq!((params.get("a"), params.get("b")), (Some("1"), Some("停 x")));
        assert_eq!((params.get("c"), params.get("d"), params.get("e")), (None, None, None));
        for not in [&b"a=1&a=1"[..], b"a=1&%61=2", b"a&a", b"a=%ff", b"a=%00", b"a=%0d%0a", b"\xff=1"] {
            assert!(Params::parse(not).is_err(), "{not:?}");
        }
    }

    #[test]
    fn a_request_is_bounded() {
        let many: String = (0..100_000).map(|n| format!("p{n}=1&")).collect();
        assert!(Params::parse(many.as_bytes()).is_err());
        assert!(Params::parse(format!("a={}", "x".repeat(LONGEST + 1)).as_bytes()).is_err());
    }
}
