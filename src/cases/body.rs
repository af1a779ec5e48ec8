//! What people wrote in a case, sealed under the resident's log key: it goes when that key goes.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Case, Outcome, store};
use crate::app::App;
use crate::custody::wrapped_keys;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{CaseId, PersonId, ResidentId};

/// The sealed part of an event.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Body {
    /// What was written.
    pub words: String,
    /// Whether the client may read them, too.
    #[serde(default)]
    pub shared: bool,
    /// What a correction wants written, for the slice that opened the case.
    #[serde(default)]
    pub proposed: Value,
    /// What an answer comes to.
    #[serde(default)]
    pub outcome: Option<String>,
    /// When the access happened that it is about, Unix seconds.
    #[serde(default)]
    pub read_at: Option<i64>,
}

/// One step of a case, opened.
#[derive(Debug, Clone)]
pub struct Step {
    /// `opened`, `client_answered` …
    pub word: String,
    /// When, Unix seconds.
    pub at: i64,
    /// Who acted ([`crate::ledger::Actor::as_str`]).
    pub actor: String,
    /// The member of staff, where one acted.
    pub person: Option<PersonId>,
    /// Where it stands in the ledger.
    pub position: Option<u64>,
    /// What was written; empty where nothing was.
    pub words: String,
    /// Whether the resident lets the client read her words.
    pub shared: bool,
    /// What a correction wants written; null otherwise.
    pub proposed: Value,
    /// What the answer came to.
    pub outcome: Option<Outcome>,
    /// When the access happened that it is about, Unix seconds.
    pub read_at: Option<i64>,
}

/// Seals a body for event `seq` of a case.
pub(super) async fn seal(
    tx: &mut Tx, app: &App, resident: &ResidentId, case: &CaseId, seq: i64, body: &Body,
) -> Result<Vec<u8>, Fault> {
    let keys = wrapped_keys(tx, resident).await?.ok_or(Fault::Key("a resident without keys"))?;
    let log_key = app.custody.log_key(resident, &keys.wrapped_lk)?;
    let bytes = serde_json::to_vec(body).map_err(|_| Fault::Internal("a case does not serialise"))?;
    log_key.seal_case(&app.custody, case, seq.cast_unsigned(), &bytes)
}

/// All steps of a case, the first one first. The caller has made sure that whoever reads them may.
///
/// # Errors
/// When the database fails or a body was altered.
pub async fn history(tx: &mut Tx, app: &App, case: &Case) -> Result<Vec<Step>, Fault> {
    let events = store::events(tx, &case.id).await?;
    let keys = wrapped_keys(tx, &case.resident).await?;
    let log_key = keys.map(|keys| app.custody.log_key(&case.resident, &keys.wrapped_lk)).transpose()?;
    let mut steps = Vec::with_capacity(events.len());
    for event in events {
        let body = match (&log_key, &event.body) {
            (Some(key), Some(sealed)) => {
                let opened = key.open_case(&app.custody, &case.id, event.seq.cast_unsigned(), sealed)?;
                serde_json::from_slice(&opened).map_err(|_| Fault::Stored("the body of a case does not read"))?
            }
            _ => Body::default(),
        };
        steps.push(Step {
            word: event.word,
            at: event.at,
            actor: event.actor,
            person: event.person.map(PersonId::stored),
            position: event.position.map(i64::cast_unsigned),
            words: body.words,
            shared: body.shared,
            proposed: body.proposed,
            outcome: body.outcome.as_deref().and_then(Outcome::of),
            read_at: body.read_at,
        });
    }
    Ok(steps)
}
