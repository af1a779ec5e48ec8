//! What one may look for in the visitors' book: by app, by claim, by days, by sort.

use std::borrow::Borrow;

/// Which lines of the book the page shows, and which others it could.
#[derive(Clone, Debug, Default)]
pub struct BookFilter {
    /// Clients that one may choose: id and name.
    pub apps: Vec<(String, String)>,
    /// Claims that one may choose.
    pub claims: Vec<String>,
    /// The client that was chosen; empty: all.
    pub app: String,
    /// The claim that was chosen; empty: all.
    pub claim: String,
    /// The days that were chosen; none: all.
    pub span: Option<u8>,
    /// `reads`, `refused`, `behalf`, or empty: all.
    pub what: String,
}

impl BookFilter {
    pub(super) fn is_on(&self) -> bool {
        self.span.is_some() || ![&self.app, &self.claim, &self.what].iter().all(|chosen| chosen.is_empty())
    }

    pub(super) fn spans(&self) -> Vec<u32> {
        vec![7, 30, 90]
    }

    pub(super) fn is_app(&self, id: &str) -> bool {
        self.app == id
    }

    pub(super) fn is_claim(&self, name: &str) -> bool {
        self.claim == name
    }

    pub(super) fn is_span(&self, days: impl Borrow<u32>) -> bool {
        self.span.map(u32::from) == Some(*days.borrow())
    }

    pub(super) fn is_what(&self, sort: &str) -> bool {
        self.what == sort
    }
}
