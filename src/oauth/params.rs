//! The parameters of a request, read so that they can mean one thing only (RFC 6749 §3.1, §3.2).
//!
//! No parameter stands twice but `resource` (RFC 8707 §2), every byte is UTF-8 without control characters, and a parameter without a value
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
pub struct Params {
    once: BTreeMap<String, String>,
    resources: Vec<String>,
}

/// The one parameter that may stand more than once.
const REPEATED: &str = "resource";

impl Params {
    /// Reads a query or a form body.
    ///
    /// # Errors
    /// `invalid_request` when a parameter stands twice, or anything is malformed or beyond bounds.
    pub fn parse(raw: &[u8]) -> Result<Self, Refusal> {
        let mut params = Self::default();
        for pair in raw.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            let value = decode(halves.next().unwrap_or_default())?;
            if name == REPEATED {
                params.resources.push(value);
            } else if params.once.insert(name, value).is_some() {
                return Err(InvalidRequest("a parameter stands twice"));
            }
            if params.once.len() + params.resources.len() > MOST {
                return Err(InvalidRequest("too many parameters"));
            }
        }
        Ok(params)
    }

    /// The value of a parameter; `None` when it was not sent, or sent without a value.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.once.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The values of `resource`, each once, in their order.
    #[must_use]
    pub fn resources(&self) -> Vec<String> {
        let mut all = Vec::new();
        for resource in self.resources.iter().filter(|resource| !resource.is_empty()) {
            if !all.contains(resource) {
                all.push(resource.clone());
            }
        }
        all
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
    fn case_28_only_resource_may_stand_twice() {
        let params = Params::parse(b"resource=https://a.test/&a=1&resource=&resource=b&resource=b").unwrap();
        assert_eq!(params.resources(), ["https://a.test/", "b"]);
        assert_eq!(params.get("resource"), None, "who wants one has to look at all");
        assert!(Params::parse(b"resource=a&resource=b&a=1&a=2").is_err());
        assert!(Params::parse("resource=a&".repeat(65).as_bytes()).is_err());
    }

    #[test]
    fn a_request_is_bounded() {
        let many: String = (0..100_000).map(|n| format!("p{n}=1&")).collect();
        assert!(Params::parse(many.as_bytes()).is_err());
        assert!(Params::parse(format!("a={}", "x".repeat(LONGEST + 1)).as_bytes()).is_err());
    }
}
