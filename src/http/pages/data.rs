//! `/me/data`: what the community knows about the resident, masked, and shown on press.

use askama::Template;

use super::Chrome;
use crate::vault::Origin;

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldSource {
    /// The property office's roster, imported at that time.
    Roster(i64),
    /// The resident's own hand.
    Resident(i64),
    /// The service centre's counter.
    Desk(i64),
}

impl FieldSource {
    /// What the vault remembers of the last writing.
    #[must_use]
    pub fn of(origin: &Origin) -> Self {
        match origin.source.as_str() {
            "operator" => Self::Roster(origin.at),
            "staff" => Self::Desk(origin.at),
            _ => Self::Resident(origin.at),
        }
    }
}

/// One field.
#[derive(Clone, Debug)]
pub struct DataField {
    /// The field's name, e.g. `phone`.
    pub name: String,
    /// The value, masked unless `revealed`.
    pub value: String,
    /// Whether the value is the whole one, because the resident pressed for it.
    pub revealed: bool,
    /// Whether pressing would show more than is shown.
    pub masked: bool,
    /// Where it came from.
    pub source: FieldSource,
}

impl DataField {
    pub(super) fn source_says(&self, chrome: &Chrome) -> String {
        let (key, at) = match self.source {
            FieldSource::Roster(at) => ("data-source-roster", at),
            FieldSource::Resident(at) => ("data-source-resident", at),
            FieldSource::Desk(at) => ("data-source-desk", at),
        };
        chrome.words.fill(key, "day", chrome.calendar.date(at))
    }
}

/// Fields that belong together.
#[derive(Clone, Debug)]
pub struct DataGroup {
    /// `person`, `contact`, `home`, `car` or `wishes`.
    pub code: &'static str,
    /// The fields; those without a value are left out.
    pub fields: Vec<DataField>,
}

impl DataGroup {
    /// The groups, in their order on the page, and the raw fields of each.
    pub const ALL: [(&'static str, &'static [&'static str]); 5] = [
        ("person", &["name", "document_type", "document_number", "sex", "birth_date"]),
        ("contact", &["phone", "email", "emergency_contact", "emergency_phone"]),
        ("home", &["building", "unit", "room", "relation", "tenure"]),
        ("car", &["plate"]),
        ("wishes", &["care_level", "language", "ui_profile", "note"]),
    ];

    /// Where all of the group came from, if from one place: then it is said once.
    fn source(&self) -> Option<&DataField> {
        let first = self.fields.first()?;
        self.fields.iter().all(|field| field.source == first.source).then_some(first)
    }

    pub(super) fn key(&self) -> &'static str {
        match self.code {
            "person" => "data-group-person",
            "contact" => "data-group-contact",
            "home" => "data-group-home",
            "car" => "data-group-car",
            _ => "data-group-wishes",
        }
    }
}

/// `GET /me/data`, and the answer to `POST /me/data/reveal` (`csrf`, `field`).
#[derive(Debug, Template)]
#[template(path = "pages/data.html")]
pub struct DataPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The fields in groups; empty groups are left out.
    pub groups: Vec<DataGroup>,
}
