//! A line becomes a record: every column by its own rule.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::address::Address;
use super::code::{Code, Codes};
use super::document::{self, Kind};
use super::heading::Column;
use super::sex::Sex;
use super::spelling::{is_invisible, is_space};
use super::table::Line;
use super::{birth_date, care, name, phone, plate};
use crate::claims::release::age;

/// Younger residents have guardians who decide (PIPL article 31).
pub const LEAST_AGE: i16 = 14;

/// What a roster says of one resident, in the one spelling that is kept. No `Debug`: it is all personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// 姓名.
    pub name: String,
    /// 证件类型 and 证件号码; a type without a number says nothing.
    pub document: Option<Document>,
    /// 性别, as the roster says it: it is not taken from the number.
    pub sex: Sex,
    /// 出生日期: the day inside the number, which has a check digit, before the day in the column.
    pub birth_date: Option<Date>,
    /// 手机号.
    pub phone: Option<String>,
    /// 楼栋, 单元, 房号.
    pub address: Address,
    /// 车牌号.
    pub plate: Option<String>,
    /// 与户主关系, as it was written; so are the rest.
    pub relation: String,
    /// 产权关系.
    pub tenure: String,
    /// 紧急联系人.
    pub emergency_contact: String,
    /// 紧急联系人电话.
    pub emergency_phone: String,
    /// 照料等级.
    pub care_level: String,
    /// 备注.
    pub note: String,
}

/// A document by which somebody is known.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// Which it is.
    pub kind: Kind,
    /// Its number.
    pub number: String,
}

/// A record and what was found while it was read: nothing of it is known to be new yet.
pub struct Candidate {
    /// Where it stands in the file.
    pub line: u64,
    /// `None` when its document type is unknown, which rejects it.
    pub record: Option<Record>,
    /// What was found.
    pub found: Codes,
}

impl Candidate {
    /// Reads a line by the rules of each column. `today` is the day in the community's time zone.
    #[must_use]
    pub fn read(line: &Line, today: Date) -> Self {
        let mut found = Codes::default();
        let record = Record::read(line, today, &mut found);
        Self { line: line.number, record, found }
    }
}

impl Record {
    fn read(line: &Line, today: Date, found: &mut Codes) -> Option<Self> {
        let cell = |column| line.cell(column);
        let kind = Kind::read(cell(Column::DocumentType), found);
        let number = document::read(kind, cell(Column::DocumentNumber), today, found);
        let sex = Sex::read(cell(Column::Sex), found);
        let birth_date = birth_date::read(cell(Column::BirthDate), found);
        if let Some(number) = &number {
            let differs = birth_date.zip(number.birth_date).is_some_and(|(ours, its)| ours != its);
            found.add_if(differs, Code::BirthDateDiffersFromId);
            let differs = sex != Sex::Unknown && number.sex.is_some_and(|its| its != sex);
            found.add_if(differs, Code::SexDiffersFromId);
        }
        let text = |column, found: &mut Codes| {
            found.add_if(looks_like_formula(cell(column)), Code::TextFormula);
            cell(column).to_owned()
        };
        let record = Self {
            name: name::read(cell(Column::Name), found),
            birth_date: number.as_ref().and_then(|number| number.birth_date).or(birth_date),
            document: kind.zip(number).map(|(kind, number)| Document { kind, number: number.text }),
            sex,
            phone: phone::read(cell(Column::Phone), found),
            address: read_address(line, found),
            plate: plate::read(cell(Column::Plate), found),
            relation: text(Column::Relation, found),
            tenure: text(Column::Tenure, found),
            emergency_contact: text(Column::EmergencyContact, found),
            emergency_phone: cell(Column::EmergencyPhone).to_owned(),
            care_level: care::read(&text(Column::CareLevel, found)),
            note: text(Column::Note, found),
        };
        kind.map(|_| record)
    }

    /// The record as the vault keeps it, field by field; empty ones say nothing.
    #[must_use]
    pub fn fields(&self) -> BTreeMap<&'static str, String> {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let document = self.document.as_ref();
        BTreeMap::from([
            ("name", self.name.clone()),
            ("document_type", text(document.map(|document| document.kind.as_str()))),
            ("document_number", text(document.map(|document| document.number.as_str()))),
            ("sex", self.sex.as_str().to_owned()),
            ("birth_date", self.birth_date.map(|day| day.to_string()).unwrap_or_default()),
            ("phone", text(self.phone.as_deref())),
            ("building", self.address.building.clone()),
            ("unit", self.address.unit.clone()),
            ("room", self.address.room.clone()),
            ("relation", self.relation.clone()),
            ("tenure", self.tenure.clone()),
            ("plate", text(self.plate.as_deref())),
            ("emergency_contact", self.emergency_contact.clone()),
            ("emergency_phone", self.emergency_phone.clone()),
            ("care_level", self.care_level.clone()),
            ("note", self.note.clone()),
        ])
    }

    /// Whether an invitation may go out: somebody with a document number who is fourteen or older. Under fourteen
    /// guardians consent, and whoever cannot be known again by a number is enrolled at the desk; so is somebody
    /// whose birth date nobody knows.
    #[must_use]
    pub fn may_be_invited(&self, today: Date) -> bool {
        self.document.is_some() && self.birth_date.is_some_and(|born| age(born, today) >= LEAST_AGE)
    }

    /// As [`fingerprint`].
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let birth_date = self.birth_date.map(|day| day.to_string()).unwrap_or_default();
        fingerprint(&self.name, &birth_date, &self.address)
    }
}

/// By what a resident without a document number is known again: name, birth date (as it is kept) and flat, each in one
/// spelling.
#[must_use]
pub fn fingerprint(name: &str, birth_date: &str, address: &Address) -> String {
    let [building, unit, room] = address.key();
    [name.to_lowercase(), birth_date.to_owned(), building, unit, room].join("\u{0}")
}

fn read_address(line: &Line, found: &mut Codes) -> Address {
    let cells = [Column::Building, Column::Unit, Column::Room].map(|column| line.cell(column));
    let [building, unit, room] = cells;
    found.add_if(cells.into_iter().any(looks_like_formula), Code::TextFormula);
    Address::read(building, unit, room, found)
}

/// Whether a spreadsheet would run a text instead of showing it.
pub fn looks_like_formula(text: &str) -> bool {
    text.trim_start_matches(|c| is_space(c) || is_invisible(c)).starts_with(['=', '+', '-', '@'])
}
