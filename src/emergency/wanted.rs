//! What is asked for: made of a form, signed as facts, and read back from the signed bytes.

use super::Refusal;
use crate::app::App;
use crate::desk::Sitting;
use crate::ids::ResidentId;
use crate::people::{Act, Recorded};

/// The most claims at a time.
pub const MOST_CLAIMS: usize = 5;
/// Why: the words in forms, entries and locales (`emergency-reason-…`).
pub const REASONS: [&str; 5] = ["medical", "fire", "missing", "danger", "other"];
/// The longest explanation, in characters.
const LONGEST: usize = 500;
/// What the act is called.
pub(super) const ASK: &str = "emergency.ask";

/// Whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// One resident, and how pages of the desk call her.
    Resident(ResidentId, String),
    /// Everybody in this building who agreed beforehand.
    Building(String),
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Whom it is about.
    pub target: Target,
    /// Why: one of [`REASONS`].
    pub reason: String,
    /// In the words of whoever asks.
    pub words: String,
    /// Where it is filed: 1 to 32 of `A-Z a-z 0-9 -`.
    pub case: String,
    /// What is to be opened.
    pub claims: Vec<String>,
}

impl Wanted {
    /// The resident of a sitting.
    #[must_use]
    pub fn of_sitting(sitting: &Sitting) -> Target {
        let label = &sitting.label;
        let parts = [label.name.as_str(), &label.year, &label.flat];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Target::Resident(sitting.resident.clone(), parts.join(" · "))
    }

    /// Judges what was typed.
    ///
    /// # Errors
    /// `Unfit` without a reason, words or a case number, with no claims, more than five, or one that the configuration does
    /// not allow.
    pub fn check(&self, app: &App) -> Result<(), Refusal> {
        let number = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !REASONS.contains(&self.reason.as_str()) {
            return Err(Refusal::Unfit("no reason"));
        }
        if self.words.is_empty()
            || self.words.chars().count() > LONGEST
            || self.words.chars().any(|c| c.is_control() && c != '\n')
        {
            return Err(Refusal::Unfit("no words, or too many"));
        }
        if !(1..=32).contains(&self.case.len()) || !self.case.chars().all(number) {
            return Err(Refusal::Unfit("no case number"));
        }
        if matches!(&self.target, Target::Building(name) if name.is_empty() || name.chars().count() > 60) {
            return Err(Refusal::Unfit("no building"));
        }
        let allowed = &app.config.emergency.claims;
        let mut distinct = self.claims.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let fits = (1..=MOST_CLAIMS).contains(&self.claims.len()) && distinct.len() == self.claims.len();
        if !fits || !self.claims.iter().all(|claim| allowed.contains(claim) && app.catalogue.claim(claim).is_some()) {
            return Err(Refusal::Unfit("no claims, too many, or one that is not allowed"));
        }
        Ok(())
    }

    /// The act that whoever asks signs.
    #[must_use]
    pub fn act(&self) -> Act {
        let act = match &self.target {
            Target::Resident(id, label) => Act::new(ASK).with("resident", id.as_str()).with("who", label),
            Target::Building(name) => Act::new(ASK).with("building", name),
        };
        let act = act.with("reason", &self.reason).with("words", &self.words).with("case", &self.case);
        self.claims.iter().fold(act, |act, claim| act.with("claim", claim))
    }

    /// What was signed. `None`: these bytes are of another act.
    #[must_use]
    pub fn read(signed: &Recorded) -> Option<Self> {
        let text = |name: &str| signed.fact(name).map(str::to_owned);
        let target = match (text("resident"), text("building")) {
            (Some(id), None) => Target::Resident(ResidentId::parse(&id).ok()?, text("who")?),
            (None, Some(name)) => Target::Building(name),
            _ => return None,
        };
        let claims = signed.all("claim").map(str::to_owned).collect();
        let wanted = Self { target, reason: text("reason")?, words: text("words")?, case: text("case")?, claims };
        (signed.what == ASK).then_some(wanted)
    }
}
