//! Records of residents who died, for the staff.

use askama::Template;

use super::Frame;

/// One of them.
#[derive(Clone, Debug)]
pub struct SealingRow {
    /// Its id, in addresses.
    pub id: String,
    /// Whose.
    pub name: String,
    /// Her flat.
    pub flat: String,
    /// What was seen: `death_certificate` …
    pub evidence: &'static str,
    /// Who said so, and when.
    pub asked_by: String,
    /// As above.
    pub asked_at: i64,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
    /// Until when her passkey undoes it.
    pub final_at: Option<i64>,
    /// Whether that is over.
    pub is_final: bool,
    /// Whether whoever reads this said so.
    pub own: bool,
    /// Who asked that it be opened again.
    pub lift_asked_by: Option<String>,
    /// Whether whoever reads this asked it.
    pub own_lift: bool,
}

impl SealingRow {
    fn evidence_key(&self) -> String {
        format!("sealing-evidence-{}", self.evidence)
    }
}

/// `GET /desk/sealings`
#[derive(Debug, Template)]
#[template(path = "desk/sealings.html")]
pub struct SealingsPage {
    /// Around the page.
    pub frame: Frame,
    /// The newest first.
    pub rows: Vec<SealingRow>,
}
