//! The CBOR of ledger and consent: arrays of fixed length and order, definite lengths, shortest integers
//! (RFC 8949 §4.2.1), so that one value has one encoding.

use ciborium::Value;

/// Bytes that are not the one encoding of what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not in the expected canonical form")]
pub struct NotCanonical;

/// What remains of an array.
pub type Parts = std::vec::IntoIter<Value>;

/// Encodes a value made of arrays, texts, bytes, integers and nulls.
#[must_use]
pub fn encode(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing to memory cannot fail, and our values hold nothing that does not serialise.
    let _ = ciborium::into_writer(value, &mut out);
    out
}

/// Reads an array of `length` items, and checks that the bytes are its one encoding.
///
/// # Errors
/// When they are anything else.
pub fn array(bytes: &[u8], length: usize) -> Result<Parts, NotCanonical> {
    let value: Value = ciborium::from_reader(bytes).map_err(|_| NotCanonical)?;
    if encode(&value) != bytes {
        return Err(NotCanonical);
    }
    match value {
        Value::Array(items) if items.len() == length => Ok(items.into_iter()),
        _ => Err(NotCanonical),
    }
}

/// A text.
#[must_use]
pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A text, or null.
#[must_use]
pub fn text_or_null(text: Option<&str>) -> Value {
    text.map_or(Value::Null, self::text)
}

/// An array of texts.
#[must_use]
pub fn texts(texts: &[String]) -> Value {
    Value::Array(texts.iter().map(|item| text(item)).collect())
}

/// Sixteen bytes, or null.
#[must_use]
pub fn bytes_or_null(bytes: Option<[u8; 16]>) -> Value {
    bytes.map_or(Value::Null, |bytes| Value::Bytes(bytes.to_vec()))
}

/// The version number, 1.
///
/// # Errors
/// When it is another.
pub fn version(parts: &mut Parts) -> Result<(), NotCanonical> {
    (next_integer(parts)? == 1).then_some(()).ok_or(NotCanonical)
}

/// The next item, an integer.
///
/// # Errors
/// When it is none, or does not fit.
pub fn next_integer(parts: &mut Parts) -> Result<i64, NotCanonical> {
    let Some(Value::Integer(number)) = parts.next() else { return Err(NotCanonical) };
    i64::try_from(number).map_err(|_| NotCanonical)
}

/// The next item, an integer not below zero.
///
/// # Errors
/// When it is none.
pub fn next_unsigned(parts: &mut Parts) -> Result<u64, NotCanonical> {
    let Some(Value::Integer(number)) = parts.next() else { return Err(NotCanonical) };
    u64::try_from(number).map_err(|_| NotCanonical)
}

/// The next item, a text.
///
/// # Errors
/// When it is none.
pub fn next_text(parts: &mut Parts) -> Result<String, NotCanonical> {
    next_text_or_null(parts)?.ok_or(NotCanonical)
}

/// The next item, a text or null.
///
/// # Errors
/// When it is neither.
pub fn next_text_or_null(parts: &mut Parts) -> Result<Option<String>, NotCanonical> {
    match parts.next() {
        Some(Value::Text(text)) => Ok(Some(text)),
        Some(Value::Null) => Ok(None),
        _ => Err(NotCanonical),
    }
}

/// The next item, bytes or null.
///
/// # Errors
/// When it is neither.
pub fn next_bytes_or_null(parts: &mut Parts) -> Result<Option<Vec<u8>>, NotCanonical> {
    match parts.next() {
        Some(Value::Bytes(bytes)) => Ok(Some(bytes)),
        Some(Value::Null) => Ok(None),
        _ => Err(NotCanonical),
    }
}

/// The next item, an array of texts.
///
/// # Errors
/// When it is none.
pub fn next_texts(parts: &mut Parts) -> Result<Vec<String>, NotCanonical> {
    let Some(Value::Array(items)) = parts.next() else { return Err(NotCanonical) };
    items.into_iter().map(|item| item.into_text().map_err(|_| NotCanonical)).collect()
}
