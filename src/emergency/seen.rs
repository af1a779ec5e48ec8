//! An emergency as pages see it, and where it stands.

use super::{Wanted, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{EmergencyId, PersonId, ResidentId};
use crate::people::{Person, Proof, Role};
use crate::vault;

/// How it ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The second member of staff said no.
    Declined,
    /// It was taken back before it was approved.
    Cancelled,
    /// It was closed while it was open.
    Closed,
}

impl Outcome {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::Closed => "closed",
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        [Self::Declined, Self::Cancelled, Self::Closed].into_iter().find(|one| one.as_str() == word)
    }
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Waits for a second hand.
    Asked,
    /// Nobody approved in time, or somebody ended it before.
    Nothing,
    /// May be read.
    Open,
    /// Over, and waits for its review.
    ToReview,
    /// A third person has looked at it.
    Reviewed,
}

/// An emergency.
#[derive(Debug, Clone)]
pub struct Emergency {
    /// Its id.
    pub id: EmergencyId,
    /// What was signed; `None` once the resident it is about was erased or its time was over, or when it does not
    /// read.
    pub asked: Option<Proof>,
    /// The same, read from the signed bytes.
    pub wanted: Option<Wanted>,
    /// Whether a column says what nobody signed, or something does not open: nothing is opened by it.
    pub is_altered: bool,
    /// Whether what was written was deleted because its time was over ([`super::KEPT`]).
    pub words_are_gone: bool,
    /// Who asked.
    pub asked_by: PersonId,
    /// When.
    pub asked_at: Timestamp,
    /// Until when it may be approved.
    pub until: Timestamp,
    /// Who approved it, and when.
    pub approved: Option<(PersonId, Timestamp)>,
    /// Until when it may be read.
    pub ends_at: Option<Timestamp>,
    /// By when it has to be reviewed.
    pub review_due: Option<Timestamp>,
    /// How it ended before its time, and when.
    pub ended: Option<(Outcome, Timestamp)>,
    /// Who reviewed it, when, what came of it, and what was written.
    pub reviewed: Option<(PersonId, Timestamp, super::Finding, String)>,
}

impl Emergency {
    /// Where it stands.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> State {
        match (&self.approved, &self.reviewed, self.ends_at) {
            (None, ..) if self.ended.is_none() && !self.is_altered && now < self.until => State::Asked,
            (None, ..) => State::Nothing,
            (Some(_), Some(_), _) => State::Reviewed,
            (Some(_), None, Some(end)) if self.ended.is_none() && !self.is_altered && now < end => State::Open,
            _ => State::ToReview,
        }
    }

    /// Why, as a code of a locale (`emergency-reason-…`): one of [`super::REASONS`], or why nobody can say it any more.
    #[must_use]
    pub fn why(&self) -> &str {
        match &self.wanted {
            Some(wanted) => &wanted.reason,
            None if self.is_altered => "unread",
            None if self.words_are_gone => "gone",
            None => "erased",
        }
    }

    /// Whether its review is overdue.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.reviewed.is_none() && self.review_due.is_some_and(|due| due <= now)
    }

    /// Whether somebody asked or approved it.
    #[must_use]
    pub fn is_of(&self, person: &PersonId) -> bool {
        self.asked_by == *person || self.approved.as_ref().is_some_and(|(by, _)| by == person)
    }

    /// Whether somebody is shown what was written: its reason in words, and those of the review. The two hands; colleagues
    /// while it waits for one of them or for a third person; whoever reviews it, or did. A name is never an auditor's.
    #[must_use]
    pub fn is_read_by(&self, person: &Person, may_review: bool, now: Timestamp) -> bool {
        let reviewed = self.reviewed.as_ref().is_some_and(|(by, ..)| *by == person.id);
        let waits = matches!(self.state(now), State::Asked | State::Open | State::ToReview);
        self.is_of(&person.id) || may_review || reviewed || (person.role == Role::Staff && waits)
    }
}

/// One emergency.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, app: &App, id: &EmergencyId) -> Result<Option<Emergency>, Fault> {
    store::find(tx, app, id).await
}

/// The latest ones: at most a hundred.
///
/// # Errors
/// As [`find`].
pub async fn recent(tx: &mut Tx, app: &App) -> Result<Vec<Emergency>, Fault> {
    store::recent(tx, app).await
}

/// What waits for somebody of the service centre.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// For a second hand.
    pub asked: u64,
    /// For a third person's review.
    pub to_review: u64,
    /// For that, longer than it may.
    pub overdue: u64,
}

/// How many wait, for the first page of the console.
///
/// # Errors
/// When the database fails.
pub async fn waiting(tx: &mut Tx, now: Timestamp) -> Result<Waiting, Fault> {
    let (asked, to_review, overdue) = store::waiting(tx, now).await?;
    Ok(Waiting { asked, to_review, overdue })
}

/// An emergency, and how often the resident who looks was read in it.
pub type Use = (Emergency, u64);

/// Those in which somebody was let see something of this resident, the newest first.
///
/// # Errors
/// As [`find`].
pub async fn of_resident(tx: &mut Tx, app: &App, resident: &ResidentId) -> Result<Vec<Use>, Fault> {
    let mut uses = Vec::new();
    for (id, reads) in vault::break_glass::of_resident(tx, resident).await? {
        if let Some(emergency) = store::find(tx, app, &id).await? {
            uses.push((emergency, reads));
        }
    }
    Ok(uses)
}
