//! The reference model: one resident, two apps, and what may be read at each moment.

use proptest::sample::Index;

/// What somebody does.
#[derive(Debug, Clone)]
pub enum Act {
    /// She says yes to an app, with or without her plate; the app gets a token.
    Agree { app: usize, plate: bool },
    /// An app reads with one of the tokens that were ever given.
    Read(Index),
    /// She stops an app.
    Stop(usize),
    /// She pauses it …
    Pause(usize),
    /// … and resumes it.
    Resume(usize),
    /// Time goes by.
    Minutes(u64),
    /// She signs out everywhere else: all tokens die.
    SignOutEverywhere,
    /// The operator locks her …
    Lock,
    /// … and unlocks her.
    Unlock,
    /// She asks for everything to be erased …
    AskErasure,
    /// … and thinks better of it.
    UndoErasure,
    /// A week goes by, and what is due is done.
    Week,
}

/// A consent as it should stand.
#[derive(Debug, Clone)]
pub struct Consent {
    pub app: usize,
    pub plate: bool,
    pub stopped: bool,
    pub paused: bool,
}

/// A token as it should stand.
#[derive(Debug, Clone)]
pub struct Token {
    pub consent: usize,
    pub expires_at: i64,
    pub put_out: bool,
}

/// What a read should come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// 200, with her plate or without it.
    Claims { plate: bool },
    /// 403 for this reason, and entered.
    Refused(&'static str),
    /// 401, and not entered.
    Dead,
}

/// How often what was seen.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    pub disclosed: usize,
    pub refused: usize,
    pub dead: usize,
    pub consents: usize,
    pub erased: usize,
}

impl Seen {
    pub fn add(&mut self, other: &Self) {
        self.disclosed += other.disclosed;
        self.refused += other.refused;
        self.dead += other.dead;
        self.consents += other.consents;
        self.erased += other.erased;
    }
}

/// All there is to know.
#[derive(Debug, Default)]
pub struct Model {
    pub consents: Vec<Consent>,
    pub tokens: Vec<Token>,
    pub locked: bool,
    pub erases_at: Option<i64>,
    pub erased: bool,
    /// Reasons of the entries that must be in her book, the oldest first.
    pub book: Vec<&'static str>,
}

impl Model {
    /// Her consent to an app, if one stands.
    pub fn standing(&self, app: usize) -> Option<usize> {
        self.consents.iter().rposition(|consent| consent.app == app && !consent.stopped)
    }

    /// Whether she can do anything herself.
    pub fn is_in(&self) -> bool {
        !self.locked && !self.erased
    }

    /// What a read with this token should come to now.
    pub fn read(&self, token: &Token, now: i64) -> Expected {
        let consent = &self.consents[token.consent];
        if self.erased || token.expires_at <= now || token.put_out && !self.locked {
            Expected::Dead
        } else if self.locked || self.erases_at.is_some() {
            Expected::Refused("access_suspended")
        } else if consent.stopped {
            Expected::Refused("consent_withdrawn")
        } else if consent.paused {
            Expected::Refused("consent_paused")
        } else {
            Expected::Claims { plate: consent.plate }
        }
    }

    /// All tokens die.
    pub fn put_out(&mut self) {
        for token in &mut self.tokens {
            token.put_out = true;
        }
    }
}
