//! The third person: was it justified?

use std::time::Duration;

use super::{Emergency, Refusal, State, Step, enter, find, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::hash;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{EmergencyId, RequestId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, By};
use crate::people::{self, Act, Confirmed, Role, Session};
use crate::vault;

/// For so long after the approval it is the auditors' to review, where there is one; then colleagues may as well, before
/// the 72 hours are over.
pub const AUDITORS_FIRST: Duration = Duration::from_secs(24 * 60 * 60);
/// The longest text, in characters.
const LONGEST: usize = 1_000;

/// What came of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// There was an emergency, and it took what was seen.
    Justified,
    /// There was none, or it took less.
    Unjustified,
}

impl Finding {
    /// The word in forms, the table and locales.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Justified => "justified",
            Self::Unjustified => "unjustified",
        }
    }

    /// The one of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Justified, Self::Unjustified].into_iter().find(|one| one.as_str() == word)
    }
}

/// The act that a reviewer signs.
#[must_use]
pub fn to_review(id: &EmergencyId, finding: Finding, words: &str) -> Act {
    let text = hex::encode(hash::sha256(words.as_bytes()));
    Act::new("emergency.review").with("emergency", id.as_str()).with("finding", finding.as_str()).with("words", text)
}

/// Whether somebody may review it now.
///
/// # Errors
/// `Over` when it is open still, or reviewed; `OtherHand` for one of the two, or for staff while it is the auditors'.
pub async fn may_review(tx: &mut Tx, emergency: &Emergency, session: &Session, now: Timestamp) -> Result<(), Refusal> {
    let Some((_, approved_at)) = &emergency.approved else { return Err(Refusal::Over("never approved")) };
    if emergency.state(now) != State::ToReview {
        return Err(Refusal::Over("open still, or reviewed"));
    }
    if emergency.is_of(&session.person.id) {
        return Err(Refusal::OtherHand("one of the two reviews"));
    }
    let theirs = session.person.role == Role::Staff && now < approved_at.plus(AUDITORS_FIRST);
    if theirs && people::has_auditor(tx).await? {
        return Err(Refusal::OtherHand("an auditor's for a day"));
    }
    Ok(())
}

/// Reviews it; whom it is about is told what came of it.
///
/// # Errors
/// As [`may_review`]; `Unfit` without words, `People` when something else was signed.
pub async fn review(
    app: &App, session: &Session, id: &EmergencyId, (finding, words): (Finding, &str), confirmed: &Confirmed,
    request: &RequestId,
) -> Result<(), Refusal> {
    let now = app.now();
    let words = words.trim();
    if words.is_empty() || words.chars().count() > LONGEST {
        return Err(Refusal::Unfit("no words, or too many"));
    }
    confirmed.proves(&to_review(id, finding, words))?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let emergency = find(&mut tx, app, id).await?.ok_or(Refusal::NotFound)?;
    if !people::session_is_open(&mut tx, session).await? {
        return Err(people::Refusal::CeremonyEnded("the session ended").into());
    }
    may_review(&mut tx, &emergency, session, now).await?;
    if !store::review(&mut tx, app, id, &session.person.id, (finding, words)).await? {
        return Err(Refusal::Over("reviewed before"));
    }
    let residents = vault::break_glass::residents(&mut tx, id).await?;
    let notes = vec![("finding", finding.as_str().to_owned()), ("key", confirmed.key().to_string())];
    let by = match session.person.role {
        Role::Staff => By::Staff(session.person.id.clone()),
        Role::Auditor => By::Auditor(session.person.id.clone()),
    };
    let step = Step { id, reason: "emergency_reviewed", is_refused: false, by: &by, notes, request };
    enter(&mut tx, app, &mut head, &step, &residents).await?;
    let tell = |resident| Tell { resident, word: Word::EmergencyReviewed, client: None, about: Some(id.as_str()) };
    let all: Vec<Tell<'_>> = residents.iter().map(tell).collect();
    inbox::put_all(&mut tx, &all, now).await?;
    head.commit(tx).await?;
    Ok(())
}

/// As [`may_review`], for a page.
///
/// # Errors
/// When the database fails.
pub async fn is_for(tx: &mut Tx, emergency: &Emergency, session: &Session, now: Timestamp) -> Result<bool, Fault> {
    match may_review(tx, emergency, session, now).await {
        Ok(()) => Ok(true),
        Err(Refusal::Fault(fault)) => Err(fault),
        Err(_) => Ok(false),
    }
}
