//! Authorization details (RFC 9396) of the one type `cn-community-data`: which claims, for which purpose.
//!
//! One element per request: one act of consent is about one recipient and one purpose. What a request may hold is
//! what the purpose's row holds; what the row requires is in the answer whether it was asked for or not, because
//! the catalogue and not the partner says what is necessary.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::client::Client;
use super::refusal::Refusal::{self, InvalidAuthorizationDetails};
use crate::claims::{Catalogue, Purpose};
use crate::crypto::strict;

/// The one type.
pub const TYPE: &str = "cn-community-data";

/// What may stand in an element. The last four are the partner's own word about its handling; the answer holds
/// only what this service enforces.
const MEMBERS: [&str; 8] = ["type", "purpose", "items", "mode", "version", "retention", "frequency", "locations"];

/// The claims of one purpose that a client asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The purpose's code.
    pub purpose: String,
    /// The claims, in the order of the catalogue, required ones first.
    pub claims: Vec<String>,
}

impl Details {
    /// Reads `authorization_details`.
    ///
    /// # Errors
    /// `invalid_authorization_details` when it is anything but one element of our type that fits a purpose of the
    /// catalogue which `client` may ask for.
    pub fn parse(text: &str, client: &Client, catalogue: &Catalogue) -> Result<Self, Refusal> {
        let elements = strict::array(text.as_bytes()).ok_or(InvalidAuthorizationDetails("not a JSON array"))?;
        let [Value::Object(element)] = elements.as_slice() else {
            return Err(InvalidAuthorizationDetails("exactly one object is taken"));
        };
        if element.get("type").and_then(Value::as_str) != Some(TYPE) {
            return Err(InvalidAuthorizationDetails("an unknown type"));
        }
        if element.keys().any(|member| !MEMBERS.contains(&member.as_str())) {
            return Err(InvalidAuthorizationDetails("an unknown member"));
        }
        check_promises(element)?;
        let purpose = element.get("purpose").and_then(Value::as_str).unwrap_or_default();
        let row = Self::row(purpose, client, catalogue)?;
        let asked = items(element.get("items"))?;
        if asked.iter().any(|claim| !row.knows(claim)) {
            return Err(InvalidAuthorizationDetails("a claim that is not of this purpose"));
        }
        Ok(Self::of(row, |claim| asked.iter().any(|asked| asked == claim)))
    }

    /// The claims of a purpose: the required ones, and those that `asked` picks.
    #[must_use]
    pub fn of(row: &Purpose, asked: impl Fn(&str) -> bool) -> Self {
        let claims = row.all_claims().filter(|claim| row.requires(claim) || asked(claim)).map(str::to_owned).collect();
        Self { purpose: row.code().to_owned(), claims }
    }

    /// The catalogue's row of a purpose that `client` may ask for.
    ///
    /// # Errors
    /// `invalid_authorization_details` when it may not, or there is none.
    pub fn row<'a>(purpose: &str, client: &Client, catalogue: &'a Catalogue) -> Result<&'a Purpose, Refusal> {
        let row = catalogue.purpose(purpose).filter(|_| client.may_ask(purpose, catalogue));
        row.ok_or(InvalidAuthorizationDetails("a purpose that is not this client's"))
    }

    /// The element that says what was granted (RFC 9396 §7): `claims` of this purpose.
    #[must_use]
    pub fn granted(purpose: &str, claims: &[String]) -> Value {
        let items: Vec<Value> = claims.iter().map(|claim| json!({ "claim": claim })).collect();
        json!([{ "type": TYPE, "purpose": purpose, "items": items, "mode": "QUERY" }])
    }
}

fn items(items: Option<&Value>) -> Result<Vec<String>, Refusal> {
    let Some(Value::Array(items)) = items else {
        return Err(InvalidAuthorizationDetails("items must be an array"));
    };
    let mut claims = Vec::with_capacity(items.len());
    for item in items {
        let claim = item.as_object().filter(|item| item.len() == 1).and_then(|item| item.get("claim"));
        let Some(claim) = claim.and_then(Value::as_str) else {
            return Err(InvalidAuthorizationDetails("an item is {\"claim\": NAME} and nothing else"));
        };
        if claims.iter().any(|known| known == claim) {
            return Err(InvalidAuthorizationDetails("a claim stands twice"));
        }
        claims.push(claim.to_owned());
    }
    Ok(claims)
}

fn check_promises(element: &Map<String, Value>) -> Result<(), Refusal> {
    let text = |value: &Value| value.as_str().is_some_and(|text| (1..=64).contains(&text.len()));
    let frequency = |value: &Value| {
        let parts = value.as_object().filter(|parts| parts.len() == 2);
        let whole = |max: &Value| max.as_u64().is_some_and(|max| max > 0);
        parts.is_some_and(|parts| parts.get("max").is_some_and(whole) && parts.get("per").is_some_and(text))
    };
    let locations =
        |value: &Value| value.as_array().is_some_and(|all| (1..=16).contains(&all.len()) && all.iter().all(text));
    let good = element.iter().all(|(member, value)| match member.as_str() {
        "mode" => value == "QUERY",
        "version" | "retention" => text(value),
        "frequency" => frequency(value),
        "locations" => locations(value),
        _ => true,
    });
    if good { Ok(()) } else { Err(InvalidAuthorizationDetails("a member has a value that is not taken")) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::oauth::manifest::tests::PARTNER;

    fn parse(text: &str) -> Result<Details, Refusal> {
        Details::parse(text, &Client::parse(PARTNER).unwrap(), &Catalogue::built_in().unwrap())
    }

    fn element(more: &str) -> String {
        format!(r#"[{{"type":"cn-community-data","purpose":"parking.book"{more}}}]"#)
    }

    #[test]
    fn what_the_purpose_requires_is_always_in() {
        let details = parse(&element(r#","items":[{"claim":"plate_masked"}]"#)).unwrap();
        assert_eq!(details.claims, ["is_resident", "plate_masked"]);
        let least = parse(&element(r#","items":[]"#)).unwrap();
        assert_eq!(least.claims, ["is_resident"]);
    }

    #[test]
    fn the_example_of_the_grammar_is_taken() {
        let example = r#"[{"type":"cn-community-data","purpose":"parking.book","version":"2026.3",
            "items":[{"claim":"plate_masked"}],"mode":"QUERY",
            "retention":"P0D","frequency":{"max":20,"per":"P1D"},"locations":["CN-34"]}]"#;
        assert_eq!(parse(example).unwrap().claims, ["is_resident", "plate_masked"]);
    }

    #[test]
    fn case_29_other_details_are_refused() {
        let two = format!("[{0},{0}]", r#"{"type":"cn-community-data","purpose":"parking.book","items":[]}"#);
        let cases = [
            r#"{"type":"cn-community-data"}"#.to_owned(),
            "[]".to_owned(),
            "x".to_owned(),
            two,
            r#"[{"type":"payment","purpose":"parking.book","items":[]}]"#.to_owned(),
            r#"[{"type":"cn-community-data","purpose":"elder.care","items":[]}]"#.to_owned(),
            r#"[{"type":"cn-community-data","purpose":"parking.book","purpose":"elder.care","items":[]}]"#.to_owned(),
            element(""),
            element(r#","items":[{"claim":"phone_masked"}]"#),
            element(r#","items":[{"claim":"phone"}]"#),
            element(r#","items":[{"claim":"plate_masked","form":"raw"}]"#),
            element(r#","items":[{"claim":"plate_masked"},{"claim":"plate_masked"}]"#),
            element(r#","items":["plate_masked"]"#),
            element(r#","items":[],"mode":"STREAM""#),
            element(r#","items":[],"frequency":{"max":0,"per":"P1D"}"#),
            element(r#","items":[],"extra":1"#),
        ];
        for text in cases {
            assert_eq!(parse(&text).unwrap_err().code(), "invalid_authorization_details", "{text}");
        }
    }
}
