//! A resident before a member of staff: found, what may be prepared, and how it stands.

use askama::Template;

use super::Frame;
use crate::http::pages::{AskedLength, Chrome};

/// Somebody who was found, as much as is needed to compare her with her papers.
#[derive(Clone, Debug)]
pub struct Found {
    /// The sitting's id, in addresses.
    pub sitting: String,
    /// "王*".
    pub name: String,
    /// The year of birth; empty where the record has none.
    pub year: String,
    /// "3-2-101".
    pub flat: String,
}

impl Found {
    /// Name, year of birth and flat, to compare with her papers.
    #[must_use]
    pub fn says(&self, chrome: &Chrome) -> String {
        chrome.words.fill_all("desk-who", &[("name", &self.name), ("year", &self.year), ("flat", &self.flat)])
    }
}

/// After `POST /desk/find`.
#[derive(Debug, Template)]
#[template(path = "desk/found.html")]
pub struct FoundPage {
    /// Around the page.
    pub frame: Frame,
    /// Who was found.
    pub people: Vec<Found>,
}

/// A client and a purpose it may ask for.
#[derive(Clone, Debug)]
pub struct MayAsk {
    /// The client's id.
    pub client: String,
    /// Its name.
    pub name: String,
    /// The purpose's code.
    pub purpose: String,
}

/// `GET /desk/sitting/{id}`
#[derive(Debug, Template)]
#[template(path = "desk/sitting.html")]
pub struct SittingPage {
    /// Around the page.
    pub frame: Frame,
    /// Who.
    pub who: Found,
    /// Whether she has a passkey.
    pub enrolled: bool,
    /// Whether she has a card.
    pub card: bool,
    /// Whether a recovery is under way.
    pub recovering: bool,
    /// When everything about her will be erased, if she asked for it: it may be undone here.
    pub erases_at: Option<i64>,
    /// Whether a colleague said that she has died.
    pub sealing: bool,
    /// By what paper staff may say so.
    pub evidence: Vec<&'static str>,
    /// What she may be helped to agree to.
    pub may_ask: Vec<MayAsk>,
    /// What may be undone: the act's id and kind.
    pub undoable: Vec<(String, String)>,
}

/// `GET /desk/sitting/{id}/consent`: what is read to her, before anything is prepared.
#[derive(Debug, Template)]
#[template(path = "desk/agree.html")]
pub struct AgreePage {
    /// Around the page.
    pub frame: Frame,
    /// Who.
    pub who: Found,
    /// What it is about.
    pub asks: MayAsk,
    /// Who answers for the data, and how to reach them.
    pub controller: String,
    /// As above.
    pub contact: String,
    /// Claims that the purpose cannot do without.
    pub required: Vec<String>,
    /// Of all, those that she never gives to such a party: not offered.
    pub kept: Vec<String>,
    /// The kind of party, by its code.
    pub party: &'static str,
    /// Claims she may add.
    pub optional: Vec<String>,
    /// For how long it may be, the shortest first.
    pub lengths: Vec<AskedLength>,
}

impl AgreePage {
    /// Whether she never gives what the service cannot do without.
    fn is_blocked(&self) -> bool {
        self.required.iter().any(|claim| self.kept.contains(claim))
    }
}

/// How an act stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActState {
    /// It waits.
    Waiting,
    /// It was confirmed and done.
    Done,
    /// It came to nothing: refused, stopped or too old. The desk is told no more.
    Nothing,
    /// It was done, and undone.
    Undone,
}

/// An act in words.
#[derive(Clone, Debug)]
pub struct Doing {
    /// Its id, in addresses.
    pub id: String,
    /// `enrol`, `card`, `consent` or `undo`.
    pub kind: &'static str,
    /// The app, for a consent.
    pub app: String,
    /// What was read to her, for a consent.
    pub notice: Option<String>,
    /// The claims, for a consent.
    pub claims: Vec<String>,
    /// How it stands.
    pub state: ActState,
    /// Until when it waits, or may be undone.
    pub until: i64,
}

impl Doing {
    /// What it is, in one sentence.
    #[must_use]
    pub fn says(&self, chrome: &Chrome) -> String {
        let words = chrome.words;
        match self.kind {
            "enrol" => words.say("desk-act-enrol"),
            "card" => words.say("desk-act-card"),
            "consent" => words.fill("desk-act-consent", "client", &self.app),
            "keep" => words.say("desk-act-keep"),
            _ => words.say("desk-act-undo"),
        }
    }
}

/// `GET /desk/acts/{id}`
#[derive(Debug, Template)]
#[template(path = "desk/act.html")]
pub struct ActPage {
    /// Around the page.
    pub frame: Frame,
    /// In whose sitting.
    pub who: Found,
    /// What.
    pub doing: Doing,
    /// The code for her phone (SVG), when she has a passkey.
    pub qr: Option<String>,
    /// The address in it; nobody but her gets in there.
    pub link: String,
    /// Whether she may confirm with her card.
    pub card: bool,
    /// Whether a colleague may bear witness.
    pub witness: bool,
    /// Why the keypad said no, in words.
    pub wrong: Option<String>,
    /// After it was confirmed: whether the link for her phone may be shown.
    pub may_link: bool,
    /// After it was confirmed: whether her number may be chosen.
    pub may_issue: bool,
    /// How it was confirmed.
    pub way: Option<&'static str>,
}

impl ActPage {
    fn way_says(&self) -> String {
        let key = match self.way {
            Some("phone") => "desk-way-phone",
            Some("card") => "desk-way-card",
            _ => "desk-way-witness",
        };
        self.frame.chrome.words.say(key)
    }

    fn is(&self, state: &str) -> bool {
        let own = match self.doing.state {
            ActState::Waiting => "waiting",
            ActState::Done => "done",
            ActState::Nothing => "nothing",
            ActState::Undone => "undone",
        };
        own == state
    }
}

/// The link for the resident's phone: an enrolment, or a recovery. Shown once.
#[derive(Debug, Template)]
#[template(path = "desk/link.html")]
pub struct LinkPage {
    /// Around the page.
    pub frame: Frame,
    /// For whom.
    pub name: String,
    /// Her flat.
    pub flat: String,
    /// The code (SVG).
    pub qr: String,
    /// The address in it.
    pub link: String,
    /// When it ends.
    pub until: i64,
    /// Where the page leads afterwards.
    pub back: String,
}

/// The card, to be printed once.
#[derive(Debug, Template)]
#[template(path = "desk/card.html")]
pub struct CardPage {
    /// Around the page.
    pub frame: Frame,
    /// Whose.
    pub name: String,
    /// The code, as it is printed.
    pub code: String,
    /// The same as a QR code (SVG), for a scanner at the counter.
    pub qr: String,
    /// Where the page leads afterwards.
    pub back: String,
}

/// The receipt of an act, to be printed for her.
#[derive(Debug, Template)]
#[template(path = "desk/receipt.html")]
pub struct ReceiptPage {
    /// Around the page.
    pub frame: Frame,
    /// Whose.
    pub who: Found,
    /// What.
    pub doing: Doing,
    /// How it was confirmed.
    pub way: &'static str,
    /// Who prepared it.
    pub staff: String,
    /// When it was confirmed.
    pub at: i64,
    /// Where she undoes it, as a QR code (SVG), and the address.
    pub qr: String,
    /// As above.
    pub link: String,
}
