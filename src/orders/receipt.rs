//! What a client says of an order: a JSON object from a stranger, and what becomes of it.

use serde_json::{Map, Value};

use super::{Order, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::strict;
use crate::fault::Fault;
use crate::ids::{ClientId, OrderId};
use crate::inbox::{self, Tell, Word};
use crate::ledger;

/// Most claims that are named at once, and the longest name.
const MOST: usize = 100;
const LONGEST: usize = 64;

/// An answer to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// To which.
    pub order: OrderId,
    /// What it says.
    pub said: Said,
}

/// What a client says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// All of it is deleted.
    Deleted,
    /// A law makes it keep some of it; nothing is done with that but keeping it safe (PIPL 47).
    Kept {
        /// Which claims.
        claims: Vec<String>,
        /// The code of the law.
        law: String,
        /// Until when, Unix seconds.
        until: Option<i64>,
    },
}

/// How an answer is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It cannot be read, or says what cannot be.
    #[error("malformed: {0}")]
    Malformed(&'static str),
    /// The client has no such order.
    #[error("no such order")]
    Unknown,
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

use Refusal::Malformed;

impl Receipt {
    /// Reads a body; members that are not known are not looked at.
    ///
    /// # Errors
    /// What of it cannot be taken.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let members = strict::object(body).ok_or(Malformed("not a JSON object of single members"))?;
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let order = text("order").and_then(|id| OrderId::parse(id).ok()).ok_or(Malformed("order is no order's id"))?;
        let said = match text("outcome") {
            Some("deleted") if ["kept", "law", "kept_until"].iter().all(|name| !members.contains_key(*name)) => {
                Said::Deleted
            }
            Some("deleted") => return Err(Malformed("deleted and kept")),
            Some("kept") => kept(&members)?,
            _ => return Err(Malformed("outcome is neither deleted nor kept")),
        };
        Ok(Self { order, said })
    }
}

fn kept(members: &Map<String, Value>) -> Result<Said, Refusal> {
    let names = members.get("kept").and_then(Value::as_array).filter(|names| (1..=MOST).contains(&names.len()));
    let names = names.ok_or(Malformed("kept is not a list of one to a hundred names"))?;
    let short = |value: &Value| value.as_str().filter(|name| (1..=LONGEST).contains(&name.len())).map(str::to_owned);
    let claims: Option<Vec<String>> = names.iter().map(short).collect();
    let law = members.get("law").and_then(short).ok_or(Malformed("law is not the code of a law"))?;
    let until = match members.get("kept_until") {
        None => None,
        Some(value) => Some(value.as_i64().ok_or(Malformed("kept_until is not a whole number"))?),
    };
    Ok(Said::Kept { claims: claims.ok_or(Malformed("kept names what is no claim"))?, law, until })
}

/// Takes a client's answer, and tells the resident; the order as it stands now. What is deleted stays deleted: a second
/// answer changes nothing, except that what was kept may be deleted later.
///
/// # Errors
/// When the client has no such order, names claims that were not in it or a law that nobody knows, or keeps until the past.
pub async fn receive(app: &App, client: &ClientId, receipt: &Receipt) -> Result<Order, Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    // At the held head: an erasure that comes at the same moment is before this or after it, and wipes what is told here.
    let head = ledger::hold(&mut tx).await?;
    let order = store::order(&mut tx, &receipt.order).await?.filter(|order| order.client == *client);
    let order = order.ok_or(Refusal::Unknown)?;
    check(app, &order, &receipt.said, now)?;
    if store::answer(&mut tx, &order.id, &receipt.said, now).await?
        && let Some(resident) = &order.resident
    {
        let word = match receipt.said {
            Said::Deleted => Word::DeletionConfirmed,
            Said::Kept { .. } => Word::DeletionKept,
        };
        let about = Some(order.record.as_str());
        inbox::put(&mut tx, &Tell { resident, word, client: Some(client), about }, now).await?;
    }
    let order = store::order(&mut tx, &receipt.order).await?.ok_or(Refusal::Unknown)?;
    head.commit(tx).await?;
    Ok(order)
}

fn check(app: &App, order: &Order, said: &Said, now: Timestamp) -> Result<(), Refusal> {
    let Said::Kept { claims, law, until } = said else { return Ok(()) };
    if !claims.iter().all(|claim| order.claims.contains(claim)) {
        return Err(Malformed("kept names a claim that was not ordered deleted"));
    }
    if !app.catalogue.bases().knows_law(law) {
        return Err(Malformed("law is not in the catalogue"));
    }
    if until.is_some_and(|until| until <= now.seconds()) {
        return Err(Malformed("kept_until is over"));
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn an_answer_says_deleted_or_what_a_law_keeps() {
        let deleted = Receipt::parse(format!(r#"{{"order":"{ID}","outcome":"deleted","x":1}}"#).as_bytes()).unwrap();
        assert_eq!((deleted.order.as_str(), deleted.said), (ID, Said::Deleted));
        let kept = format!(r#"{{"order":"{ID}","outcome":"kept","kept":["a"],"law":"accounting","kept_until":9}}"#);
        let said = Receipt::parse(kept.as_bytes()).unwrap().said;
        assert_eq!(said, Said::Kept { claims: vec!["a".into()], law: "accounting".into(), until: Some(9) });
    }

    #[test]
    fn what_is_something_else_is_refused() {
        for body in [
            String::new(),
            "[]".into(),
            r#"{"outcome":"deleted"}"#.into(),
            format!(r#"{{"order":"{}","outcome":"deleted"}}"#, ID.to_uppercase()),
            format!(r#"{{"order":"{ID}","outcome":"gone"}}"#),
            format!(r#"{{"order":"{ID}","outcome":"deleted","law":"accounting"}}"#),
            format!(r#"{{"order":"{ID}","outcome":"kept"}}"#),
            format!(r#"{{"order":"{ID}","outcome":"kept","kept":[],"law":"a"}}"#),
            format!(r#"{{"order":"{ID}","outcome":"kept","kept":[1],"law":"a"}}"#),
            format!(r#"{{"order":"{ID}","outcome":"kept","kept":["a"]}}"#),
            format!(r#"{{"order":"{ID}","outcome":"kept","kept":["a"],"law":"a","kept_until":"9"}}"#),
            format!(r#"{{"order":"{ID}","order":"{ID}","outcome":"deleted"}}"#),
            format!(r#"{{"order":"{ID}","outcome":"kept","kept":["{}"],"law":"a"}}"#, "a".repeat(65)),
        ] {
            assert!(matches!(Receipt::parse(body.as_bytes()), Err(Malformed(_))), "{body}");
        }
    }
}
