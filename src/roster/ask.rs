//! What somebody at the desk says of herself, in the spelling that the blind indexes were made of.

use super::address::Address;
use super::code::Codes;
use super::spelling::compact;
use super::{birth_date, name, phone};

/// A value to look somebody up by: which index, and the value as the import spelled it.
pub struct Asked {
    /// `document`, `phone` or `fingerprint`.
    pub index: &'static str,
    /// The value.
    pub value: String,
}

/// A mobile number or a document number; whichever it can be, the phone first.
#[must_use]
pub fn by_number(text: &str) -> Vec<Asked> {
    let mut document = compact(text);
    document.make_ascii_uppercase();
    if document.is_empty() {
        return Vec::new();
    }
    let mut found = Codes::default();
    let phone = phone::read(text, &mut found).filter(|_| !found.rejects());
    let phone = phone.map(|value| Asked { index: "phone", value });
    phone.into_iter().chain([Asked { index: "document", value: document }]).collect()
}

/// Name, birth date and flat together; none of them alone.
#[must_use]
pub fn by_person(full: &str, born: &str, building: &str, unit: &str, room: &str) -> Option<Asked> {
    let mut found = Codes::default();
    let name = name::read(full, &mut found);
    let born = birth_date::read(born, &mut found);
    let address = Address::read(building, unit, room, &mut found);
    if name.is_empty() || born.is_none() || building.trim().is_empty() || room.trim().is_empty() || found.rejects() {
        return None;
    }
    let [building, unit, room] = address.key();
    let born = born.map(|day| day.to_string()).unwrap_or_default();
    Some(Asked { index: "fingerprint", value: [name.to_lowercase(), born, building, unit, room].join("\u{0}") })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_looked_up_as_the_roster_spells_it() {
        let asked = |text: &str| by_number(text).into_iter().map(|one| (one.index, one.value)).collect::<Vec<_>>();
        let phone = [("phone", "13805510001".to_owned()), ("document", "138-0551-0001".to_owned())];
        assert_eq!(asked("138-0551-0001"), phone);
        assert_eq!(asked(" 34010419620315234x"), [("document", "34010419620315234X".to_owned())]);
        assert!(asked("　").is_empty());
    }

    #[test]
    fn a_person_is_looked_up_by_name_birth_date_and_flat_together() {
        let one = by_person("王 桂英", "1944年2月1日", "3#", "二单元", "101室").unwrap();
        assert_eq!(one.value, "王桂英\u{0}1944-02-01\u{0}3\u{0}2\u{0}101");
        assert!(by_person("", "1944-02-01", "3", "2", "101").is_none());
        assert!(by_person("王桂英", "1944-02-01", "", "", "").is_none());
    }
}
