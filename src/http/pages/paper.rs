//! Sheets to print, and what is said to whoever scans one.

use askama::Template;

use super::{Chrome, RecordState};

/// What makes a printed sheet provable.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The QR code, an SVG element made here.
    pub qr: String,
    /// Where it leads, a path of this service.
    pub link: String,
    /// When the sheet was printed.
    pub printed_at: i64,
}

/// `GET /me/apps/{record}/paper`: the receipt of a consent on one A4 page, without values.
#[derive(Debug, Template)]
#[template(path = "pages/paper_receipt.html")]
pub struct PaperReceiptPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The consent record.
    pub record: String,
    /// The app's name, as it was shown.
    pub name: String,
    /// Who answers for the data, as it was shown.
    pub controller: String,
    /// How to reach them, as it was shown.
    pub contact: String,
    /// The code of the purpose.
    pub purpose: String,
    /// The claims that were agreed to.
    pub claims: Vec<String>,
    /// Those that were asked for and not given.
    pub refused: Vec<String>,
    /// When the resident said yes.
    pub given_at: i64,
    /// How it stands on the day it is printed.
    pub state: RecordState,
    /// What proves it.
    pub proof: Proof,
}

/// One app on the sheet of all apps.
#[derive(Clone, Debug)]
pub struct PaperApp {
    /// The app's name.
    pub name: String,
    /// The code of the purpose.
    pub purpose: String,
    /// What it may see.
    pub claims: Vec<String>,
    /// When that ends by itself.
    pub until: i64,
}

/// `GET /me/apps/paper`: who may see something, on paper, without values.
#[derive(Debug, Template)]
#[template(path = "pages/paper_apps.html")]
pub struct PaperAppsPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Consents in force, the newest first.
    pub apps: Vec<PaperApp>,
    /// What proves it.
    pub proof: Proof,
}

/// Which sheet was scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperKind {
    /// A receipt of a consent.
    Receipt,
    /// A list of apps.
    Apps,
    /// Recovery codes.
    Codes,
}

/// How things stand on the day it is scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperState {
    /// What stands on it holds.
    Holds,
    /// It is paused.
    Paused,
    /// It holds no longer.
    Over,
}

/// What is said of a receipt's consent: enough to compare with the paper, and nothing of whose it is.
#[derive(Clone, Debug)]
pub struct PaperConsent {
    /// The app's name.
    pub name: String,
    /// The code of the purpose.
    pub purpose: String,
    /// How many claims were agreed to.
    pub claims: usize,
    /// When.
    pub given_at: i64,
    /// Until when.
    pub until: i64,
}

/// A sheet that is ours.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Which.
    pub kind: PaperKind,
    /// When it was printed.
    pub printed_at: i64,
    /// How things stand now.
    pub state: PaperState,
    /// The consent of a receipt.
    pub consent: Option<PaperConsent>,
}

impl Paper {
    fn holds(&self) -> bool {
        self.state == PaperState::Holds
    }

    const fn called(&self) -> &'static str {
        match self.kind {
            PaperKind::Receipt => "paper-receipt",
            PaperKind::Apps => "paper-apps",
            PaperKind::Codes => "codes-title",
        }
    }

    const fn sentence(&self) -> &'static str {
        match (self.kind, self.state) {
            (PaperKind::Receipt, PaperState::Holds) => "verify-receipt-holds",
            (PaperKind::Receipt, PaperState::Paused) => "verify-receipt-paused",
            (PaperKind::Receipt, PaperState::Over) => "verify-receipt-over",
            (PaperKind::Apps, PaperState::Holds) => "verify-apps-holds",
            (PaperKind::Apps, _) => "verify-apps-over",
            (PaperKind::Codes, PaperState::Holds) => "verify-codes-holds",
            (PaperKind::Codes, _) => "verify-codes-over",
        }
    }
}

/// `GET /verify/{mark}`: whether a sheet is ours, and whether it still holds.
#[derive(Debug, Template)]
#[template(path = "pages/verify.html")]
pub struct VerifyPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The sheet; `None` when it is not ours.
    pub paper: Option<Paper>,
}
