//! `/transparency`: what everybody may know.

use askama::Template;

use super::{Chrome, WitnessWarning};
use crate::cosigning::{Quorum, Seen, Status};
use crate::text::Locale;
use crate::transparency::{Card, Cell, Closed, Figures, Kept, Month};

/// The tree of the last checkpoint.
#[derive(Clone, Debug)]
pub struct Tree {
    /// How many entries.
    pub size: u64,
    /// Its root, base64.
    pub root: String,
}

/// `GET /transparency`
#[derive(Debug, Template)]
#[template(path = "pages/transparency.html")]
pub struct TransparencyPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The numbers; `None` in the first minute of a new service.
    pub figures: Option<Figures>,
    /// Who watches the ledger.
    pub status: Status,
    /// The last checkpoint.
    pub tree: Option<Tree>,
    /// That nothing is signed any more, if so.
    pub unsigned: Option<WitnessWarning>,
    /// Whether the numbers should have been made anew long ago.
    pub stale: bool,
}

impl TransparencyPage {
    /// The answer first: what was read this month, and what was refused.
    fn answer(&self) -> String {
        let words = self.chrome.words;
        match self.figures.as_ref().and_then(|figures| figures.months.first()) {
            Some(month) => words.fill2("transparency-answer", "reads", month.disclosures, "refused", month.refusals),
            None => words.say("transparency-soon"),
        }
    }

    fn cell(&self, cell: &Cell) -> String {
        cell.told().map_or_else(|| self.chrome.words.say("transparency-withheld"), |number| self.number(&number))
    }

    fn number(&self, number: &u64) -> String {
        self.chrome.words.fill("transparency-number", "count", *number)
    }

    fn month(&self, month: &str) -> String {
        let (year, number) = month.split_once('-').unwrap_or((month, ""));
        self.chrome.words.fill2("transparency-month", "year", year, "month", number.trim_start_matches('0'))
    }

    /// The app's name; those that are closed have one together.
    fn name(&self, card: &Card) -> String {
        let words = self.chrome.words;
        match &card.client {
            None => words.say("transparency-closed-apps"),
            Some(_) if words.locale() == Locale::ZhHans => card.name_zh.clone(),
            Some(_) => card.name_en.clone(),
        }
    }

    fn kept(&self, kept: &Kept) -> String {
        self.chrome.words.say(match kept {
            Kept::NothingLate => "transparency-kept-nothing-late",
            Kept::SomeLate => "transparency-kept-some-late",
            Kept::NineInTen => "transparency-kept-nine-in-ten",
            Kept::Half => "transparency-kept-half",
            Kept::Fewer => "transparency-kept-fewer",
        })
    }

    /// The months that are over, with what is told of them.
    fn closed(&self) -> Vec<(&Month, &Closed)> {
        let months = self.figures.iter().flat_map(|figures| &figures.months);
        months.filter_map(|month| month.closed.as_ref().map(|closed| (month, closed))).collect()
    }

    /// What is wrong with the numbers, if anything is.
    fn troubles(&self, figures: &Figures) -> Vec<String> {
        let words = self.chrome.words;
        let made = || self.chrome.calendar.moment(figures.made_at);
        [
            self.stale.then(|| words.fill("transparency-stale", "moment", made())),
            figures.behind.then(|| words.say("transparency-behind")),
            (figures.unread > 0).then(|| words.fill("transparency-unread", "count", figures.unread)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Whether the witnesses are as they should be: `None` when there are none.
    fn is_witnessed(&self) -> Option<bool> {
        let Status::Watched(watched) = &self.status else { return None };
        Some(!watched.is_disputed() && matches!(watched.quorum, Quorum::Met(_) | Quorum::NotAsked))
    }

    fn witnesses(&self) -> &[Seen] {
        match &self.status {
            Status::Watched(watched) => &watched.witnesses,
            Status::Nobody => &[],
        }
    }

    fn watching(&self) -> String {
        let words = self.chrome.words;
        let Status::Watched(watched) = &self.status else { return words.say("transparency-unwatched") };
        let since =
            |key, at: crate::clock::Timestamp| words.fill(key, "moment", self.chrome.calendar.moment(at.seconds()));
        match watched.quorum {
            _ if watched.is_disputed() => words.say("witness-disputed-more"),
            Quorum::NotAsked | Quorum::Met(_) => {
                words.fill2("transparency-watched", "present", watched.present(), "all", watched.witnesses.len())
            }
            Quorum::Missing(at) => since("witness-missing", at),
            Quorum::Stopped(at) => since("witness-stopped-more", at),
        }
    }

    fn last_word(&self, seen: &Seen) -> String {
        let words = self.chrome.words;
        let moment = |at: crate::clock::Timestamp| self.chrome.calendar.moment(at.seconds());
        if let Some((_, since)) = seen.disputes {
            return words.fill("transparency-witness-disputes", "moment", moment(since));
        }
        match (seen.missing_since, seen.cosigned_at) {
            (Some(since), _) => words.fill("transparency-witness-missing", "moment", moment(since)),
            (None, Some(at)) => words.fill2("transparency-witness-signed", "size", seen.size, "moment", moment(at)),
            (None, None) => words.say("transparency-witness-new"),
        }
    }
}
