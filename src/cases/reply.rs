//! A client's answer: a JSON object from a stranger.

use serde_json::Value;

use super::{Outcome, Refusal, Said};
use crate::crypto::strict;

/// What a client answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What it comes to.
    pub outcome: Outcome,
    /// What the resident is told.
    pub words: Said,
}

impl Reply {
    /// Reads `{"outcome": "agreed" | "declined", "answer": "…"}`; members that are not known are not looked at.
    ///
    /// # Errors
    /// When it is something else, or says too much or nothing.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let members = strict::object(body).ok_or(Refusal::Unreadable)?;
        let text = |name: &str| members.get(name).and_then(Value::as_str).ok_or(Refusal::Unreadable);
        let outcome = Outcome::of(text("outcome")?).ok_or(Refusal::Unreadable)?;
        Ok(Self { outcome, words: Said::something(text("answer")?)? })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_what_it_comes_to_and_why() {
        let reply = Reply::parse(r#"{"outcome":"agreed","answer":" 误读，已删除。 ","x":1}"#.as_bytes()).unwrap();
        assert_eq!((reply.outcome, reply.words.as_str()), (Outcome::Agreed, "误读，已删除。"));
        for not in [
            "",
            "[]",
            r#"{"outcome":"agreed"}"#,
            r#"{"outcome":"agreed","answer":""}"#,
            r#"{"outcome":"agreed","answer":1}"#,
            r#"{"outcome":"maybe","answer":"x"}"#,
            r#"{"outcome":"agreed","outcome":"declined","answer":"x"}"#,
            r#"{"outcome":"agreed","answer":"a\u0007"}"#,
        ] {
            assert!(Reply::parse(not.as_bytes()).is_err(), "{not}");
        }
    }
}
