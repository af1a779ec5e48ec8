//! Counting: what entries come to, hour by hour and app by app. Two tallies of neighbouring stretches make one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::altered::Altered;
use super::look::Row;
use crate::ledger::Kind;

/// An alias, as reviews have it.
pub type Alias = [u8; 16];

/// What a stretch of the ledger comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// By the hour of the leaf, since 1970 UTC.
    pub hours: BTreeMap<u32, Hour>,
    /// What could not be counted.
    #[serde(default)]
    pub altered: Altered,
}

/// What one hour comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hour {
    /// By app and purpose.
    pub cells: BTreeMap<(String, String), Cell>,
    /// By app: refusals in a row.
    pub runs: BTreeMap<String, Run>,
}

/// What one app did for one purpose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Reads.
    pub reads: u32,
    /// Refusals.
    pub refused: u32,
    /// Whose data was read, and how often.
    pub residents: BTreeMap<Alias, u32>,
    /// Claims that were read.
    pub read: BTreeSet<String>,
    /// Claims that were agreed to.
    pub agreed: BTreeSet<String>,
}

/// How often in a row an app was refused: what stands at both ends matters to the neighbours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    lead: Stretch,
    trail: Stretch,
    /// The longest there was.
    pub longest: Stretch,
    has_read: bool,
}

/// So many refusals, the first of them then.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// How many.
    pub count: u32,
    /// When the first was, Unix seconds.
    pub from: i64,
    /// When the last was.
    pub to: i64,
}

impl Stretch {
    fn and(self, later: Self) -> Self {
        match (self.count, later.count) {
            (0, _) => later,
            (_, 0) => self,
            (a, b) => Self { count: a + b, from: self.from, to: later.to },
        }
    }
}

impl Run {
    fn of(refused: bool, at: i64) -> Self {
        let one = if refused { Stretch { count: 1, from: at, to: at } } else { Stretch::default() };
        Self { lead: one, trail: one, longest: one, has_read: !refused }
    }

    /// This one, and what came after it.
    #[must_use]
    pub fn and(self, later: Self) -> Self {
        let joined = self.trail.and(later.lead);
        let longest = [self.longest, later.longest, joined].into_iter().max_by_key(|stretch| stretch.count);
        Self {
            lead: if self.has_read { self.lead } else { self.lead.and(later.lead) },
            trail: if later.has_read { later.trail } else { self.trail.and(later.trail) },
            longest: longest.unwrap_or_default(),
            has_read: self.has_read || later.has_read,
        }
    }
}

impl Cell {
    fn add(&mut self, other: &Self) {
        self.reads += other.reads;
        self.refused += other.refused;
        for (alias, reads) in &other.residents {
            *self.residents.entry(*alias).or_default() += reads;
        }
        self.read.extend(other.read.iter().cloned());
        self.agreed.extend(other.agreed.iter().cloned());
    }
}

impl Tally {
    /// Counts one more entry, which comes after all that were counted.
    pub fn count(&mut self, row: &Row) {
        let review = &row.review;
        let Some(client) = &review.client else { return };
        let at = review.at.div_euclid(1_000);
        let refused = match row.kind {
            Kind::Disclosure => Some(false),
            Kind::Refusal => Some(true),
            Kind::ConsentGiven | Kind::ConsentChanged => None,
            _ => return,
        };
        let hour = self.hours.entry(u32::try_from(at.div_euclid(3_600)).unwrap_or_default()).or_default();
        let cell = hour.cells.entry((client.clone(), review.purpose.clone().unwrap_or_default())).or_default();
        match refused {
            None if review.outcome == "allowed" => cell.agreed.extend(review.claims.iter().cloned()),
            None => {}
            Some(true) => cell.refused += 1,
            Some(false) => {
                cell.reads += 1;
                cell.read.extend(review.claims.iter().cloned());
                let alias = review.resident.as_deref().and_then(|alias| Alias::try_from(alias).ok());
                if let Some(alias) = alias {
                    *cell.residents.entry(alias).or_default() += 1;
                }
            }
        }
        if let Some(refused) = refused {
            let run = hour.runs.entry(client.clone()).or_default();
            *run = run.and(Run::of(refused, at));
        }
    }

    /// Adds what came before this.
    pub fn before(&mut self, earlier: &Self) {
        self.altered.and(&earlier.altered);
        for (hour, counted) in &earlier.hours {
            let own = self.hours.entry(*hour).or_default();
            for (key, cell) in &counted.cells {
                own.cells.entry(key.clone()).or_default().add(cell);
            }
            for (app, run) in &counted.runs {
                let later = own.runs.get(app).copied().unwrap_or_default();
                own.runs.insert(app.clone(), run.and(later));
            }
        }
    }

    /// The hours from this one on, the oldest first.
    pub fn since(&self, hour: u32) -> impl Iterator<Item = (u32, &Hour)> {
        self.hours.range(hour..).map(|(hour, counted)| (*hour, counted))
    }

    /// The newest hour there is.
    #[must_use]
    pub fn newest(&self) -> Option<u32> {
        self.hours.keys().next_back().copied()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::ledger::Review;

    fn row(kind: Kind, at: i64, alias: u8) -> Row {
        let review = Review {
            at: at * 1_000,
            resident: Some(vec![alias; 16]),
            consent: None,
            client: Some("rp-a".into()),
            actor: ciborium::Value::Text("client".into()),
            purpose: Some("parking.book".into()),
            claims: vec!["is_resident".into()],
            outcome: if kind == Kind::Refusal { "refused".into() } else { "allowed".into() },
            reason: String::new(),
        };
        Row { position: 0, kind, leaf: Vec::new(), blind: Vec::new(), bytes: Vec::new(), review }
    }

    #[test]
    fn a_tally_is_the_same_however_it_is_cut() {
        let kinds = [Kind::Refusal, Kind::Refusal, Kind::Disclosure, Kind::Refusal, Kind::ConsentGiven, Kind::Refusal];
        let rows: Vec<Row> = (0..40_i64)
            .map(|n| {
                let kind = kinds[usize::try_from(n).unwrap() * 7 % kinds.len()];
                row(kind, 3_600 * (n / 9), u8::try_from(n % 5).unwrap())
            })
            .collect();
        let counted = |rows: &[Row]| {
            let mut tally = Tally::default();
            rows.iter().for_each(|row| tally.count(row));
            tally
        };
        let whole = counted(&rows);
        assert_eq!(whole.hours.len(), 5);
        for cut in 0..rows.len() {
            let (early, late) = rows.split_at(cut);
            let mut joined = counted(late);
            joined.before(&counted(early));
            assert_eq!(joined, whole, "cut at {cut}");
        }
    }

    #[test]
    fn refusals_in_a_row_are_counted_over_a_cut_and_ended_by_a_read() {
        let run = |refused: &[bool]| {
            let one = |(at, refused): (usize, &bool)| Run::of(*refused, i64::try_from(at).unwrap());
            refused.iter().enumerate().map(one).fold(Run::default(), Run::and)
        };
        let no = run(&[true, true, false, true, true, true, false, true]).longest;
        assert_eq!((no.count, no.from, no.to), (3, 3, 5));
        assert_eq!(run(&[true; 12]).longest.count, 12);
        assert_eq!(run(&[false; 3]).longest.count, 0);
    }
}
