//! Opening a case.

use jiff::ToSpan;
use serde_json::{Map, Value};

use super::body::Body;
use super::enter::{Act, Hand, step};
use super::{Case, Kind, Refusal, Said, State, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{CaseId, ClientId, ConsentId, RequestId, ResidentId};
use crate::ledger::{By, Head};
use crate::outbox::{self, Event, News};

/// Open cases that one resident may have: more than anybody ever reads, few enough to look after.
const MOST_OPEN: i64 = 40;

/// What a case is about; whatever does not fit stays empty.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The ledger position of the access.
    pub entry: Option<u64>,
    /// When that was, Unix seconds.
    pub read_at: Option<i64>,
    /// The consent it rested on.
    pub consent: Option<ConsentId>,
    /// The code of the purpose.
    pub purpose: Option<String>,
    /// Claims or fields.
    pub claims: Vec<String>,
}

/// A case that somebody wants to open.
#[derive(Debug)]
pub struct New<'a> {
    /// Whose.
    pub resident: &'a ResidentId,
    /// What she asks.
    pub kind: Kind,
    /// The client it is about, if one. Objections and explanations go to it; the rest goes to the staff.
    pub client: Option<&'a ClientId>,
    /// What it is about.
    pub about: About,
    /// Her own words, sealed under her log key. May be nothing.
    pub words: &'a Said,
    /// Whether the client may read her words, too.
    pub shares: bool,
    /// For corrections: what is to be written, as the slice that opens the case wants it back ([`super::Step::proposed`]);
    /// sealed with her words. Null: nothing.
    pub proposed: Value,
    /// By whose hand.
    pub by: &'a By,
    /// The HTTP request.
    pub request: Option<&'a RequestId>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// A new case.
    New(CaseId),
    /// She asked the same of the same entry before, and that case is open.
    Before(CaseId),
}

impl Opened {
    /// The case.
    #[must_use]
    pub fn id(&self) -> &CaseId {
        match self {
            Self::New(id) | Self::Before(id) => id,
        }
    }
}

/// The last second in which an answer is in time: the end of the day that is `cases.answer_days` after today, in the
/// community's calendar.
#[must_use]
pub fn due(app: &App) -> Timestamp {
    let days = i64::from(app.config.cases.answer_days) + 1;
    let after = app.today().checked_add(days.days()).and_then(|day| day.to_zoned(app.config.zone()));
    after.map_or_else(|_| app.now(), |start| Timestamp::from_seconds(start.timestamp().as_second() - 1))
}

/// Opens a case, at the held head. The caller commits, together with whatever it belongs to.
///
/// # Errors
/// `TooMany`, or when the database fails or the resident has no keys.
pub async fn open(tx: &mut Tx, app: &App, head: &mut Head, new: New<'_>) -> Result<Opened, Refusal> {
    if store::count_open_of(tx, new.resident).await? >= MOST_OPEN {
        return Err(Refusal::TooMany);
    }
    let goes_to_client = matches!(new.kind, Kind::Objection | Kind::Explanation) && new.client.is_some();
    let case = Case {
        id: random::id()?,
        resident: new.resident.clone(),
        kind: new.kind,
        client: new.client.cloned(),
        state: if goes_to_client { State::WithClient } else { State::WithStaff },
        entry: new.about.entry,
        consent: new.about.consent,
        purpose: new.about.purpose,
        claims: new.about.claims,
        owner: store::least_busy(tx).await?,
        opened_at: app.now().seconds(),
        due_at: due(app).seconds(),
        overdue_at: None,
        answered_at: None,
        closed_at: None,
        outcome: None,
        seq: 1,
    };
    if !store::insert(tx, &case).await? {
        let before = store::open_about(tx, &case).await?;
        return before.map(Opened::Before).ok_or(Refusal::Fault(Fault::Stored("a case that is and is not there")));
    }
    let body = Body {
        words: new.words.as_str().to_owned(),
        shared: new.shares,
        proposed: new.proposed,
        outcome: None,
        read_at: new.about.read_at,
    };
    let reason = match new.kind {
        Kind::Objection => "case_objection",
        Kind::Correction => "case_correction",
        Kind::Explanation => "case_explanation",
        Kind::Complaint => "case_complaint",
        Kind::Relative => "case_relative",
    };
    let hand = Hand::Of(new.by);
    step(tx, app, head, &case, Act { word: "opened", reason, hand, request: new.request, body: Some(body) }).await?;
    if goes_to_client {
        tell(tx, app, &case, Event::CaseOpened, new.request).await?;
    }
    Ok(Opened::New(case.id))
}

/// Tells the client of a case how it stands: ids, codes and days, nobody's words.
pub(super) async fn tell(
    tx: &mut Tx, app: &App, case: &Case, event: Event, request: Option<&RequestId>,
) -> Result<(), Fault> {
    let Some(client) = &case.client else { return Ok(()) };
    let mut facts = Map::from_iter([
        ("case_id".to_owned(), case.id.as_str().into()),
        ("kind".to_owned(), case.kind.as_str().into()),
        ("state".to_owned(), case.state.as_str().into()),
        ("due_at".to_owned(), case.due_at.into()),
    ]);
    if let Some(consent) = &case.consent {
        facts.insert("consent_id".to_owned(), consent.as_str().into());
    }
    if let Some(purpose) = &case.purpose {
        facts.insert("purpose".to_owned(), purpose.as_str().into());
    }
    let news = News { event, client, resident: &case.resident, facts, request };
    outbox::put(tx, &news, app.now()).await
}
