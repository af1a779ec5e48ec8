//! JSON from strangers, read so that it can mean one thing only: an object in which a member stands twice is
//! refused at every depth (RFC 8725 §2.4, RFC 8259 §4 leaves it open).

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Reads a JSON object. `None` when it is something else, malformed, or says anything twice.
#[must_use]
pub fn object(bytes: &[u8]) -> Option<Map<String, Value>> {
    match serde_json::from_slice(bytes) {
        Ok(Strict(Value::Object(object))) => Some(object),
        _ => None,
    }
}

/// Reads a JSON array, with the same severity.
#[must_use]
pub fn array(bytes: &[u8]) -> Option<Vec<Value>> {
    match serde_json::from_slice(bytes) {
        Ok(Strict(Value::Array(array))) => Some(array),
        _ => None,
    }
}

/// A JSON value in which no object has a member twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without repeated members")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, Strict(value))) = members.next_entry::<String, Strict>()? {
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a member stands twice"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_that_stands_twice_is_refused_at_every_depth() {
        assert!(object(br#"{"alg":"ES256","typ":"JWT"}"#).is_some());
        assert!(object(br#"{"alg":"ES256","alg":"none"}"#).is_none());
        assert!(object(br#"{"jwk":{"kty":"EC","kty":"oct"}}"#).is_none());
        assert!(object(br#"{"a":[{"b":1,"b":1}]}"#).is_none());
        assert!(object(b"{\"\\u0061\":1,\"a\":2}").is_none());
        assert!(object(b"[]").is_none());
        assert!(object(br#"{"a":1e400}"#).is_none());
        assert!(array(br#"[{"a":1},{"a":1}]"#).is_some());
        assert!(array(br#"[{"a":1,"a":1}]"#).is_none());
    }
}
