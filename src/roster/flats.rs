//! How many flats each building has, as one file tells it.

use std::collections::{HashMap, HashSet};

use super::address::Address;

/// Buildings with their flats, each flat once however it is written.
#[derive(Default)]
pub struct Flats(HashMap<String, HashSet<[String; 2]>>);

impl Flats {
    /// Counts the flat of a record. Whoever is here already counts as well: a building does not shrink because the
    /// file is imported twice, or half of it was imported before.
    pub fn count(&mut self, address: &Address) {
        let [_, unit, room] = address.key();
        if !address.building.is_empty() && !room.is_empty() {
            self.0.entry(address.building.clone()).or_default().insert([unit, room]);
        }
    }

    /// Each building with how many flats it has at least.
    pub fn by_building(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().map(|(building, flats)| (building.as_str(), i64::try_from(flats.len()).unwrap_or(i64::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_counts_once_however_it_is_written() {
        let mut flats = Flats::default();
        for (building, unit, room) in [
            ("3栋", "2单元", "0103"),
            ("3栋", "二单元", "103室"),
            ("3栋", "2单元", "104"),
            ("3栋", "", ""),
            ("", "", "101"),
        ] {
            flats.count(&Address { building: building.into(), unit: unit.into(), room: room.into() });
        }
        assert_eq!(flats.by_building().collect::<Vec<_>>(), [("3栋", 2)]);
    }
}
