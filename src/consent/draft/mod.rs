//! An answer under way: what a resident chose on the question's page, while she is asked about each sensitive claim on a
//! page of its own. Nothing is agreed to before the last of them is answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::hash;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{AuthorizationId, ResidentId};
use crate::resident::confirm::Proof;

mod store;

pub use store::sweep;

/// What a resident said on the question's page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The claims that she adds.
    pub chosen: Vec<String>,
    /// The forms in which she gives them; those not named go out as they are asked for.
    pub forms: BTreeMap<String, String>,
    /// For how long: the code of a length.
    pub length: String,
    /// SHA-256 (hex) of what the page said.
    pub rendered: String,
    /// The sensitive claims that she is to be asked about, in order.
    pub ask: Vec<String>,
    /// What she said to those that she was asked about.
    pub acts: Vec<Separate>,
}

/// An act about one sensitive claim (PIPL 29).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Separate {
    /// The claim.
    pub claim: String,
    /// Whether she gives it.
    pub given: bool,
    /// In which form.
    pub form: String,
    /// When, Unix seconds.
    pub at: i64,
    /// SHA-256 (hex) of what its page said.
    pub rendered: String,
    /// What her device signed; a no takes none.
    pub proof: Option<Proof>,
}

impl Separate {
    /// Its name on the receipt: the digest of what was signed, or of the no.
    #[must_use]
    pub fn id(&self) -> String {
        let signed = self.proof.as_ref().map_or(self.rendered.as_str(), |proof| proof.record.as_str());
        hex::encode(hash::sha256(signed.as_bytes()))
    }
}

impl Draft {
    /// The sensitive claim that she is asked about next.
    #[must_use]
    pub fn next(&self) -> Option<&String> {
        self.ask.iter().find(|claim| self.acts.iter().all(|act| act.claim != **claim))
    }
}

/// A draft as it was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// What it says.
    pub draft: Draft,
    turn: i64,
}

/// Begins an answer; one that was begun before is forgotten.
///
/// # Errors
/// When the database fails.
pub async fn begin(app: &App, request: &AuthorizationId, resident: &ResidentId, draft: &Draft) -> Result<(), Fault> {
    let sealed = seal(app, request, draft)?;
    let mut tx = app.db.begin().await?;
    store::put(&mut tx, request, resident, &sealed, app.now()).await?;
    tx.commit().await
}

/// The answer under way to a request, if this resident began one.
///
/// # Errors
/// When the database fails.
pub async fn find(app: &App, request: &AuthorizationId, resident: &ResidentId) -> Result<Option<Found>, Fault> {
    let mut tx = app.db.read().await?;
    let Some((sealed, turn)) = store::find(&mut tx, request, resident).await? else { return Ok(None) };
    let text = app.custody.open_state("consent_draft", request.as_str(), &sealed)?;
    let draft = serde_json::from_slice(&text).map_err(|_| Fault::Stored("a draft does not read"))?;
    Ok(Some(Found { draft, turn }))
}

/// Adds an act to what was found. `None`: another page went on meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn add(app: &App, request: &AuthorizationId, found: Found, act: Separate) -> Result<Option<Draft>, Fault> {
    let mut draft = found.draft;
    draft.acts.push(act);
    let sealed = seal(app, request, &draft)?;
    let mut tx = app.db.begin().await?;
    let first = store::change(&mut tx, request, &sealed, found.turn).await?;
    tx.commit().await?;
    Ok(first.then_some(draft))
}

/// Forgets the answer under way, in the transaction that makes it whole.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, request: &AuthorizationId) -> Result<(), Fault> {
    store::end(tx, request).await
}

fn seal(app: &App, request: &AuthorizationId, draft: &Draft) -> Result<Vec<u8>, Fault> {
    let text = serde_json::to_vec(draft).map_err(|_| Fault::Internal("a draft does not serialise"))?;
    app.custody.seal_state("consent_draft", request.as_str(), &text)
}

/// Until when drafts are kept that nobody finishes.
#[must_use]
pub fn too_old(now: Timestamp) -> Timestamp {
    now.minus(std::time::Duration::from_secs(24 * 60 * 60))
}
