//! Recoveries under way, for the staff.

use askama::Template;

use super::Frame;

/// One recovery.
#[derive(Clone, Debug)]
pub struct RecoveryRow {
    /// Its id, in addresses.
    pub id: String,
    /// Whose.
    pub name: String,
    /// Her flat.
    pub flat: String,
    /// Who began it, and when.
    pub begun_by: String,
    /// As above.
    pub begun_at: i64,
    /// Who seconded it.
    pub seconded_by: Option<String>,
    /// When the wait is over.
    pub ready_at: Option<i64>,
    /// Whether it is.
    pub ready: bool,
    /// Whether whoever reads this began it.
    pub own: bool,
}

/// `GET /desk/recoveries`
#[derive(Debug, Template)]
#[template(path = "desk/recoveries.html")]
pub struct RecoveriesPage {
    /// Around the page.
    pub frame: Frame,
    /// Those under way, the oldest first.
    pub rows: Vec<RecoveryRow>,
    /// Hours of waiting.
    pub hours: u32,
}
