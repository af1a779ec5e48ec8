//! 楼栋, 单元, 房号: where somebody lives.

use super::code::{Code, Codes};
use super::spelling::{compact, house_number, trimmed};

/// A flat, as far as the roster knows it; empty where it says nothing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// 3栋.
    pub building: String,
    /// 2单元.
    pub unit: String,
    /// 1004.
    pub room: String,
}

impl Address {
    /// Reads the three cells.
    pub fn read(building: &str, unit: &str, room: &str, found: &mut Codes) -> Self {
        let part = |cell: &str, found: &mut Codes| {
            let text = trimmed(cell);
            found.add_if(text != cell, Code::Normalised);
            text
        };
        let address =
            Self { building: read_building(building, found), unit: part(unit, found), room: part(room, found) };
        let missing = address.building.is_empty() && address.unit.is_empty() && address.room.is_empty();
        found.add_if(missing, Code::AddressMissing);
        address
    }

    /// The flat with every way to write a number made one, for comparing: 3栋 二单元 0103室 is 3, 2, 103.
    #[must_use]
    pub fn key(&self) -> [String; 3] {
        [
            numbered(&self.building, &["号楼", "栋", "幢", "座", "号", "#"]),
            numbered(&self.unit, &["单元", "#"]),
            numbered(&self.room, &["室", "号", "房"]),
        ]
    }

    /// By what flats are put in order for who walks from door to door: 2栋 before 10栋.
    #[must_use]
    pub fn order(&self) -> [(u32, String); 3] {
        self.key().map(|part| (part.parse().unwrap_or(u32::MAX), part))
    }
}

/// 3栋 for 3#, 三栋 and 3号楼. A bare 3 needs no rewriting: the heading says what it counts. Other words for a
/// building (3幢, A座) are kept: they are its name.
fn read_building(cell: &str, found: &mut Codes) -> String {
    let text = compact(cell);
    if let Some(number) = house_number(&text).filter(|number| text == number.to_string()) {
        found.add_if(text != cell, Code::Normalised);
        return format!("{number}栋");
    }
    let stem = ["号楼", "栋", "#"].into_iter().find_map(|word| text.strip_suffix(word)).unwrap_or(&text);
    let stem = stem.strip_prefix('第').unwrap_or(stem);
    let building = house_number(stem).map_or_else(|| trimmed(cell), |number| format!("{number}栋"));
    found.add_if(building != cell, Code::Normalised);
    building
}

fn numbered(text: &str, words: &[&str]) -> String {
    let text = compact(text);
    let stem = words.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(&text);
    match house_number(stem) {
        Some(number) => number.to_string(),
        None => stem.trim_start_matches('0').to_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn building(cell: &str) -> (String, String) {
        let mut found = Codes::default();
        (read_building(cell, &mut found), found.to_string())
    }

    #[test]
    fn spellings_of_a_building_become_one() {
        for cell in ["3#", "三栋", "3号楼", "３栋", "3 栋", "3＃", "三号楼", "第3栋", "03栋", "三", "３"]
        {
            assert_eq!(building(cell), ("3栋".to_owned(), "normalised".to_owned()), "{cell}");
        }
        assert_eq!(building("十二号楼").0, "12栋");
    }

    #[test]
    fn what_reads_as_it_stands_gets_no_remark() {
        assert_eq!(building("3栋"), ("3栋".to_owned(), String::new()));
        assert_eq!(building("3"), ("3栋".to_owned(), String::new()));
        for name in ["3幢", "A座", "A栋", "一期（东）3栋", "Tower B", ""] {
            assert_eq!(building(name), (name.to_owned(), String::new()), "{name}");
        }
    }

    #[test]
    fn an_address_is_missing_only_when_all_of_it_is() {
        let codes = |building, unit, room| {
            let mut found = Codes::default();
            Address::read(building, unit, room, &mut found);
            found.to_string()
        };
        assert_eq!(codes("", "", ""), "address_missing");
        assert_eq!(codes("", "\u{3000}", ""), "address_missing normalised");
        assert_eq!(codes("", "", "101"), "");
        assert_eq!(codes("3栋", "1单元", "１０１"), "normalised");
    }

    #[test]
    fn one_flat_has_one_key() {
        let key = |building: &str, unit: &str, room: &str| {
            Address { building: building.into(), unit: unit.into(), room: room.into() }.key()
        };
        assert_eq!(key("3栋", "2单元", "0103"), key("3幢", "二单元", "103室"));
        assert_eq!(key("3栋", "2", "1004"), ["3", "2", "1004"].map(str::to_owned));
        assert_ne!(key("3栋", "2单元", "103"), key("3栋", "2单元", "1030"));
        assert_ne!(key("A栋", "1单元", "101"), key("B栋", "1单元", "101"));
    }

    #[test]
    fn flats_are_in_the_order_of_a_walk() {
        let order = |building: &str, room: &str| {
            Address { building: building.into(), unit: String::new(), room: room.into() }.order()
        };
        assert!(order("2栋", "1004") < order("10栋", "101"));
        assert!(order("2栋", "101") < order("2栋", "1004"));
        assert!(order("10栋", "101") < order("A座", "101"));
    }
}
