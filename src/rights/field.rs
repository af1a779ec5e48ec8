//! Which fields a resident corrects, and how: some at once, by her own word; some after the staff saw evidence.

use jiff::civil::Date;

use super::Refusal;
use crate::roster;

/// How a field is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// She says it, and nobody else knows better.
    AtOnce,
    /// Others rely on it: the staff sees evidence first (PIPL 46(2): 核实).
    Checked,
}

/// The fields that a resident corrects, in the order of her page. Language and size have switches of their own.
pub const FIELDS: [(&str, Way); 17] = [
    ("name", Way::Checked),
    ("document_type", Way::Checked),
    ("document_number", Way::Checked),
    ("sex", Way::Checked),
    ("birth_date", Way::Checked),
    ("phone", Way::Checked),
    ("email", Way::AtOnce),
    ("emergency_contact", Way::AtOnce),
    ("emergency_phone", Way::AtOnce),
    ("building", Way::Checked),
    ("unit", Way::Checked),
    ("room", Way::Checked),
    ("relation", Way::Checked),
    ("tenure", Way::Checked),
    ("plate", Way::Checked),
    ("care_level", Way::Checked),
    ("note", Way::AtOnce),
];

/// The field of this name, and its way.
///
/// # Errors
/// `NoField`.
pub fn field(name: &str) -> Result<(&'static str, Way), Refusal> {
    FIELDS.into_iter().find(|(known, _)| *known == name).ok_or(Refusal::NoField)
}

/// Whether somebody without a document number is known again by it (`roster::fingerprint`).
pub(super) fn is_of_fingerprint(field: &str) -> bool {
    matches!(field, "name" | "birth_date" | "building" | "unit" | "room")
}

/// A value in the one spelling that is kept. `document_type`: what the record says of it.
///
/// # Errors
/// `NotAValue`.
pub fn read(field: &str, text: &str, document_type: &str, today: Date) -> Result<String, Refusal> {
    roster::value(field, text, document_type, today).map_err(|_| Refusal::NotAValue)
}
