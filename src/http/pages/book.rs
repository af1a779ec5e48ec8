//! `/me/book`, the visitors' book: who looked at what, day by day, and who was turned away.

use askama::Template;

use super::{BookFilter, Chrome, Plot};

/// What a line of the book tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookKind {
    /// An app got claims.
    Disclosure,
    /// A read was refused: `reason` says why.
    Refusal,
    /// The resident said yes.
    ConsentGiven,
    /// The resident changed what was agreed.
    ConsentChanged,
    /// The resident said no.
    ConsentRefused,
    /// The resident left a sensitive claim out.
    ConsentLeftOut,
    /// The resident lets an app ask again that she said no to.
    ConsentMayAsk,
    /// The resident paused an app.
    ConsentPaused,
    /// The resident let an app that she had paused go on.
    ConsentResumed,
    /// The resident keeps something back from a kind of party.
    KeptBack,
    /// The resident keeps something back no longer.
    LetGo,
    /// The resident stopped an app.
    ConsentWithdrawn,
    /// A consent ended by itself.
    ConsentExpired,
    /// The roster brought or changed data.
    Import,
    /// The resident corrected data.
    Edit,
    /// The resident took a copy of everything.
    Copied,
    /// The resident took her package to move with.
    Packed,
    /// The resident moved out.
    MovedOut,
    /// The resident looked at her own data, so many times that day.
    OwnViews,
    /// Somebody looked who may act for her, or for whom she may act: so many times that day.
    OthersViews,
    /// She offered a mandate.
    MandateOffered,
    /// A mandate began: somebody may act for her, or she for somebody.
    MandateBegun,
    /// Whoever she offered a mandate to said no.
    MandateDeclined,
    /// A mandate ended.
    MandateEnded,
    /// She ended a mandate, and the other was not told.
    MandateEndedQuietly,
    /// Somebody asked to act as her guardian, or she for a child.
    GuardianAsked,
    /// She shielded herself from her household.
    Shielded,
    /// She took the shield off.
    Unshielded,
    /// A passkey was made.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// A recovery code was used.
    RecoveryUsed,
    /// A new sheet of recovery codes was made.
    RecoverySheet,
    /// A key of an app's came back that was exchanged before: the app was signed out.
    TokenReplayed,
    /// The service centre did something.
    Staff,
    /// She arranged for after her death.
    Arranged,
    /// Two of the staff and an emergency: `reason` says what.
    Emergency,
    /// Somebody of the staff said that she has died.
    SealingAsked,
    /// Her record was sealed.
    Sealed,
    /// Her record was opened again.
    Unsealed,
    /// Two auditors asked who she is, and saw her name.
    Identified,
    /// The operator locked her: no door opened from then on.
    Locked,
    /// The operator unlocked her.
    Unlocked,
    /// She asked for everything to be erased.
    ErasureBegun,
    /// That was undone.
    ErasureUndone,
    /// The operator did something else.
    Operator,
    /// Something happened in a case of hers: `reason` says what.
    Case,
    /// Something this page has no better words for.
    Other,
}

/// One line of the book.
#[derive(Clone, Debug)]
pub struct BookLine {
    /// What it tells.
    pub kind: BookKind,
    /// When it happened; of several, the last.
    pub at: i64,
    /// The entry's position in the ledger; of several, the last.
    pub number: u64,
    /// The positions of the others that it stands for: looks of one day are one line.
    pub folded: Vec<u64>,
    /// What the entry says, as JSON: the browser compares it with what it opened.
    pub recorded: String,
    /// The app, where there is one.
    pub client: Option<String>,
    /// The code of the purpose, where there is one.
    pub purpose: Option<String>,
    /// Claims (or, for imports and edits, raw fields) that it is about.
    pub claims: Vec<String>,
    /// The code of the reason for a refusal.
    pub reason: Option<String>,
    /// By whom it was done, in words, where it was not the resident's own hand: "由女儿代办".
    pub by: Option<String>,
}

impl BookLine {
    const fn refused(&self) -> bool {
        matches!(self.kind, BookKind::Refusal)
    }

    const fn access(&self) -> bool {
        matches!(self.kind, BookKind::Disclosure | BookKind::Refusal)
    }

    /// The folded positions, in a row.
    fn others(&self) -> String {
        self.folded.iter().map(u64::to_string).collect::<Vec<_>>().join(" ")
    }

    const fn own(&self) -> bool {
        matches!(self.kind, BookKind::OwnViews)
    }

    /// The line in one sentence, for other pages than the book.
    #[must_use]
    pub fn says(&self, chrome: &Chrome) -> String {
        [self.headline(chrome), self.items(chrome).join(&chrome.words.say("list-comma"))].concat()
    }

    /// The line up to the claims: "阳光停车看了"
    pub(super) fn headline(&self, chrome: &Chrome) -> String {
        let words = chrome.words;
        let unknown = words.say("book-someone");
        let client = self.client.as_deref().unwrap_or(&unknown);
        match self.kind {
            BookKind::Disclosure => words.fill("book-disclosure", "client", client),
            BookKind::Refusal => words.fill("book-refusal", "client", client),
            BookKind::ConsentGiven => words.fill("book-consent-given", "client", client),
            BookKind::ConsentChanged => words.fill("book-consent-changed", "client", client),
            BookKind::ConsentPaused => words.fill("book-consent-paused", "client", client),
            BookKind::ConsentResumed => words.fill("book-consent-resumed", "client", client),
            BookKind::ConsentRefused => words.fill("book-consent-refused", "client", client),
            BookKind::ConsentLeftOut => words.fill("book-consent-left-out", "client", client),
            BookKind::ConsentMayAsk => words.fill("book-consent-may-ask", "client", client),
            BookKind::KeptBack => words.say("book-kept-back"),
            BookKind::LetGo => words.say("book-let-go"),
            BookKind::ConsentWithdrawn => words.fill("book-consent-withdrawn", "client", client),
            BookKind::ConsentExpired => words.fill("book-consent-expired", "client", client),
            BookKind::Import => words.say("book-import"),
            BookKind::Edit => words.say("book-edit"),
            BookKind::Copied => words.say("book-copied"),
            BookKind::Packed => words.say("book-packed"),
            BookKind::MovedOut => words.say("book-moved-out"),
            BookKind::OwnViews => words.fill("book-own-views", "count", self.folded.len() + 1),
            BookKind::OthersViews => words.fill("book-others-views", "count", self.folded.len() + 1),
            BookKind::MandateOffered => words.say("book-mandate-offered"),
            BookKind::MandateBegun => words.say("book-mandate-begun"),
            BookKind::MandateDeclined => words.say("book-mandate-declined"),
            BookKind::MandateEnded => words.say("book-mandate-ended"),
            BookKind::GuardianAsked => words.say("book-guardian-asked"),
            BookKind::Shielded => words.say("book-shielded"),
            BookKind::Unshielded => words.say("book-unshielded"),
            BookKind::MandateEndedQuietly => words.say("book-mandate-ended-quietly"),
            BookKind::PasskeyAdded => words.say("book-passkey-added"),
            BookKind::PasskeyRemoved => words.say("book-passkey-removed"),
            BookKind::RecoveryUsed => words.say("book-recovery-used"),
            BookKind::RecoverySheet => words.say("book-recovery-sheet"),
            BookKind::TokenReplayed => words.fill("book-token-replayed", "client", client),
            BookKind::Staff => words.say("book-staff"),
            BookKind::Arranged => words.say("book-arranged"),
            BookKind::SealingAsked => words.say("book-sealing-asked"),
            BookKind::Sealed => words.say("book-sealed"),
            BookKind::Unsealed => words.say("book-unsealed"),
            BookKind::Identified => words.say("book-identified"),
            BookKind::Locked => words.say("book-locked"),
            BookKind::Unlocked => words.say("book-unlocked"),
            BookKind::ErasureBegun => words.say("book-erasure-begun"),
            BookKind::ErasureUndone => words.say("book-erasure-undone"),
            BookKind::Operator => words.say("book-operator"),
            BookKind::Case => self.case(chrome, client),
            BookKind::Emergency => self.emergency(chrome),
            BookKind::Other => words.say("book-other"),
        }
    }

    fn case(&self, chrome: &Chrome, client: &str) -> String {
        let key = format!("book-{}", self.reason.as_deref().unwrap_or_default());
        if chrome.words.has(&key) { chrome.words.fill(&key, "client", client) } else { chrome.words.say("book-other") }
    }

    fn emergency(&self, chrome: &Chrome) -> String {
        let key = format!("book-{}", self.reason.as_deref().unwrap_or_default());
        chrome.words.say(if chrome.words.has(&key) { &key } else { "book-emergency-refused" })
    }

    /// Whether there is something to object to: not her own looks and keys, and not what she objected to already.
    const fn is_open_to_objection(&self) -> bool {
        use BookKind::{Case, OwnViews, PasskeyAdded, PasskeyRemoved, RecoverySheet};
        !matches!(self.kind, Case | OwnViews | PasskeyAdded | PasskeyRemoved | RecoverySheet)
    }

    /// Whether whoever reads this may object to it here: somebody who acts for her to accesses only, if she may at all.
    fn may_object(&self, chrome: &Chrome) -> bool {
        self.is_open_to_objection() && chrome.acting.as_ref().is_none_or(|acting| acting.may_object && self.access())
    }

    /// What each chip says.
    pub(super) fn items(&self, chrome: &Chrome) -> Vec<String> {
        let raw = matches!(self.kind, BookKind::Import | BookKind::Edit | BookKind::MovedOut);
        let named = |code: &String| if raw { chrome.words.field(code) } else { chrome.words.claim(code) };
        self.claims.iter().map(named).collect()
    }

    /// Reason, purpose and number, in small.
    pub(super) fn small(&self, chrome: &Chrome) -> Vec<String> {
        let words = chrome.words;
        let purpose = self.purpose.as_deref().map(|code| words.purpose(code));
        let reason = self.reason.as_deref().filter(|_| self.refused()).map(|code| words.reason(code));
        let number = words.fill("book-number", "number", self.number);
        [self.by.clone(), reason, purpose, Some(number)].into_iter().flatten().collect()
    }
}

/// One day of the book.
#[derive(Clone, Debug)]
pub struct BookDay {
    /// Any moment of that day.
    pub day: i64,
    /// Its lines, the latest first.
    pub lines: Vec<BookLine>,
}

/// `GET /me/book`
#[derive(Debug, Template)]
#[template(path = "pages/book.html")]
pub struct BookPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Days with something in them, the latest first.
    pub days: Vec<BookDay>,
    /// How often an app got something in the last seven days.
    pub week_reads: u32,
    /// How often an app was turned away in the last seven days.
    pub week_refused: u32,
    /// Which lines are wanted.
    pub filter: BookFilter,
    /// Reads by day and app.
    pub plot: Plot,
    /// Numbers of entries that are missing or were altered in the database.
    pub lost: Vec<u64>,
    /// Whether this browser may check the book by itself now (`Some(true)`), after the passkey was shown (`Some(false)`),
    /// or not at all, because the book is somebody else's.
    pub verifies: Option<bool>,
    /// The page with later lines.
    pub newer: Option<String>,
    /// The page with earlier lines.
    pub older: Option<String>,
}
