//! Charts and what is not as usual, for auditors.

use askama::Template;

use super::super::Frame;
use crate::http::pages::Plot;
use crate::text::Fill;

/// A drawing and its table.
#[derive(Clone, Debug)]
pub struct Chart {
    /// `hours`, `days`, `residents` or `objections`: the tail of its keys.
    pub id: &'static str,
    /// What its columns are, in full.
    pub columns: Vec<String>,
    /// The drawing.
    pub plot: Plot,
}

impl Chart {
    fn key(&self, part: &str) -> String {
        format!("chart-{}-{part}", self.id)
    }

    /// The columns with something in them.
    fn rows(&self) -> Vec<(usize, &str)> {
        let is_empty = |at: usize| {
            self.plot.refused_on(at) == 0 && (0..self.plot.series.len()).all(|series| self.plot.count(series, at) == 0)
        };
        let named = self.columns.iter().map(String::as_str).enumerate();
        named.filter(|(at, _)| !is_empty(*at)).collect()
    }

    /// What the hatched part means: refusals, or objections past their day.
    fn marked(&self) -> &'static str {
        if self.id == "objections" { "case-overdue" } else { "week-refused" }
    }
}

/// `GET /desk/reviews/charts`
#[derive(Debug, Template)]
#[template(path = "desk/reviews/charts.html")]
pub struct ChartsPage {
    /// Around the page.
    pub frame: Frame,
    /// So many days back.
    pub days: u8,
    /// Reads in all.
    pub reads: u32,
    /// Refusals in all.
    pub refused: u32,
    /// Since when (Unix seconds) everything was counted, where that is not all that was asked for.
    pub only_since: Option<i64>,
    /// What could not be counted, said.
    pub altered: Option<String>,
    /// The charts.
    pub charts: Vec<Chart>,
}

impl ChartsPage {
    fn spans(&self) -> Vec<(u32, bool)> {
        [1, 7, 30].into_iter().map(|days| (days, u32::from(self.days) == days)).collect()
    }

    fn heading(&self) -> String {
        let (days, chrome) = (u32::from(self.days), &self.frame.chrome);
        let moment = self.only_since.map(|since| chrome.calendar.moment(since));
        let key = if moment.is_some() { "charts-heading-partly" } else { "charts-heading" };
        let moment = moment.unwrap_or_default();
        let filled: [(&'static str, &dyn Fill); 4] =
            [("days", &days), ("reads", &self.reads), ("refused", &self.refused), ("moment", &moment)];
        chrome.words.fill_all(key, &filled)
    }
}

/// Something that is not as usual.
#[derive(Clone, Debug)]
pub struct AnomalyCard {
    /// `night`, `far-above` …
    pub word: &'static str,
    /// The sentence, with its numbers.
    pub says: String,
    /// The search that shows the entries.
    pub search: String,
}

/// `GET /desk/reviews/anomalies`
#[derive(Debug, Template)]
#[template(path = "desk/reviews/anomalies.html")]
pub struct AnomaliesPage {
    /// Around the page.
    pub frame: Frame,
    /// The newest first.
    pub cards: Vec<AnomalyCard>,
    /// Since when (Unix seconds) everything was counted, where that is not all that was asked for.
    pub only_since: Option<i64>,
    /// What could not be counted, said.
    pub altered: Option<String>,
}

impl AnomaliesPage {
    /// A good word only where everything was counted.
    fn heading(&self) -> String {
        let (words, count) = (&self.frame.chrome.words, self.cards.len());
        match self.only_since {
            None => words.fill("anomalies-heading", "count", count),
            Some(since) => {
                let moment = self.frame.chrome.calendar.moment(since);
                words.fill2("anomalies-heading-partly", "count", count, "moment", moment)
            }
        }
    }
}
