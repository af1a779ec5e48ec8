//! Which lines of the book are wanted, and how they are found.

use serde::Deserialize;

use crate::app::App;
use crate::custody::book::{self, Line};
use crate::fault::Fault;
use crate::http::error::{PageError, Trouble};
use crate::ids::ResidentId;
use crate::ledger::Kind;

/// Entries on one page.
pub const PAGE: u64 = 60;
/// Entries that a look opens at a time, and at most.
const STEP: u64 = 200;
const FARTHEST: u64 = 4_000;

/// The query of the book: which page of it, and which lines. A form sends empty texts for what is not chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turned {
    /// The number (of the resident's own entries) that the page begins with, the newest first.
    from: Option<u64>,
    /// Lines about this client only.
    #[serde(default)]
    app: String,
    /// Lines about this claim or field only.
    #[serde(default)]
    claim: String,
    /// Lines of so many days only.
    #[serde(default)]
    days: String,
    /// Lines of this sort only.
    #[serde(default)]
    what: String,
}

/// What lines are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// A client.
    pub app: String,
    /// A claim.
    pub claim: String,
    /// So many days back, today included; none: all.
    pub days: Option<u8>,
    /// `reads`, `refused`, `behalf`, or empty: all.
    pub what: String,
    /// The mandate by which somebody else reads the book: not every line is hers to see.
    pub reader: Option<String>,
}

/// The spans that one may choose, in days.
pub const SPANS: [u8; 3] = [7, 30, 90];
/// The sorts that one may choose.
pub const SORTS: [&str; 3] = ["reads", "refused", "behalf"];

impl Turned {
    /// Reads the query: where to begin, and what is wanted.
    ///
    /// # Errors
    /// When it holds what no form of ours sends.
    pub fn read(self) -> Result<(Option<u64>, Wanted), PageError> {
        let odd = || Trouble::bad_request("a filter that no page of ours has");
        let days = match self.days.as_str() {
            "" => None,
            days => Some(days.parse().ok().filter(|days| SPANS.contains(days)).ok_or_else(odd)?),
        };
        let long = self.app.len() > 64 || self.claim.len() > 64;
        if long || !(self.what.is_empty() || SORTS.contains(&self.what.as_str())) {
            return Err(odd().into());
        }
        let Self { from, app, claim, what, .. } = self;
        Ok((from, Wanted { app, claim, days, what, reader: None }))
    }
}

impl Wanted {
    /// Whether everything is wanted.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Whether this line is wanted; how long ago it was is judged elsewhere.
    #[must_use]
    pub fn takes(&self, line: &Line) -> bool {
        let detail = &line.detail;
        let app = self.app.is_empty() || detail.client.as_deref() == Some(self.app.as_str());
        let claim = self.claim.is_empty() || detail.claims.contains(&self.claim);
        let what = match self.what.as_str() {
            "reads" => line.kind == Kind::Disclosure,
            "refused" => line.kind == Kind::Refusal,
            "behalf" => on_behalf(line),
            _ => true,
        };
        app && claim && what && self.may_read(line)
    }

    /// Whoever acts for a resident sees what apps did and what was agreed, and of what people did for her, or she did
    /// about them, only what was done by her own mandate: who else helps, whom she turned away, and what she asked of the
    /// service centre is between the resident and them.
    fn may_read(&self, line: &Line) -> bool {
        let Some(own) = &self.reader else { return true };
        match line.detail.note("mandate") {
            Some(mandate) => mandate == own,
            None => !matches!(line.kind, Kind::Mandate | Kind::Case | Kind::Credential | Kind::Staff | Kind::Erasure),
        }
    }

    /// The query of the same, from another entry on.
    #[must_use]
    pub fn query(&self, from: Option<u64>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let days = self.days.map(|days| days.to_string()).unwrap_or_default();
        for (name, value) in [("app", &self.app), ("claim", &self.claim), ("days", &days), ("what", &self.what)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if let Some(from) = from {
            query.append_pair("from", &from.to_string());
        }
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

/// Whether somebody did this in the resident's name or for her.
pub fn on_behalf(line: &Line) -> bool {
    matches!(line.detail.actor.as_str(), "delegate" | "guardian" | "staff")
}

/// Lines that are wanted, and where the next ones are.
#[derive(Debug)]
pub struct Found {
    /// The newest first, at most a page (looks, which fold, not counted).
    pub lines: Vec<Line>,
    /// The number of the entry to go on from, if there is more to look through.
    pub older: Option<u64>,
    /// How many entries she has in all.
    pub all: u64,
    /// Numbers of entries that are missing or altered, among those that were looked through.
    pub lost: Vec<u64>,
}

/// Looks through the resident's entries from number `from` down, not before `since` (Unix seconds).
///
/// # Errors
/// When the database fails, or an entry is not what it should be.
pub async fn find(
    app: &App, resident: &ResidentId, from: Option<u64>, since: i64, wanted: &Wanted,
) -> Result<Found, Fault> {
    let mut tx = app.db.read().await?;
    let step = if wanted.is_all() { PAGE + 1 } else { STEP };
    let (mut lines, mut lost, mut to, mut looked, mut told) = (Vec::new(), Vec::new(), from, 0, 0);
    loop {
        let mut some = book::found(&mut tx, &app.custody, resident, to, step).await?;
        lost.append(&mut some.lost);
        let all = some.all;
        for line in some.lines {
            if line.detail.at.div_euclid(1_000) < since {
                return Ok(Found { lines, older: None, all, lost });
            }
            if wanted.takes(&line) {
                if told == PAGE {
                    return Ok(Found { lines, older: Some(line.detail.n), all, lost });
                }
                // Looks fold into one line a day: they must not push what others did off the page.
                told += u64::from(line.kind != Kind::SelfView);
                lines.push(line);
            }
            looked += 1;
        }
        match some.older {
            Some(older) if looked < FARTHEST => to = Some(older),
            older => return Ok(Found { lines, older, all, lost }),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn turned(days: &str, what: &str) -> Turned {
        Turned { days: days.into(), what: what.into(), app: "rp-a".into(), ..Turned::default() }
    }

    #[test]
    fn a_filter_reads_back_from_its_own_query() {
        let (from, wanted) = turned("30", "refused").read().unwrap();
        assert_eq!((from, wanted.query(None).as_str()), (None, "?app=rp-a&days=30&what=refused"));
        assert_eq!(wanted.query(Some(12)), "?app=rp-a&days=30&what=refused&from=12");
        assert_eq!(Wanted::default().query(None), "");
        assert!(Turned::default().read().unwrap().1.is_all() && !wanted.is_all());
    }

    #[test]
    fn what_no_form_sends_is_no_filter() {
        for (days, what) in [("8", ""), ("-7", ""), ("x", ""), ("7", "all")] {
            assert!(turned(days, what).read().is_err(), "{days} {what}");
        }
    }
}
