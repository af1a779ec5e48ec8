//! What a resident checks her own book with: her entries, opened, each with its proof. See [`crate::ledger::evidence`].

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Refusal;
use crate::app::App;
use crate::cosigning;
use crate::custody;
use crate::custody::evidence::{self, Stretch};
use crate::db::Tx;
use crate::ids::{ChallengeId, RequestId, ResidentId};
use crate::ledger::evidence::{Evidence, SCHEMA};
use crate::ledger::{self, Entry, Extra, Kind};

/// Entries that one answer to the page's script holds.
pub const PART: u64 = 200;

/// One part of the evidence: from this number on, with proofs for the tree of `size` leaves, or of the last checkpoint.
///
/// # Errors
/// [`Refusal::Unknown`] when no checkpoint of that size was signed; or when the database fails.
pub async fn evidence_from(
    app: &App, resident: &ResidentId, from: u64, size: Option<u64>,
) -> Result<Evidence, Refusal> {
    let mut tx = app.db.read().await?;
    let (size, note) = checkpoint(&mut tx, size).await?;
    let stretch = evidence::stretch(&mut tx, &app.custody, resident, from.max(1), PART, size).await?;
    Ok(document(app, resident, note, stretch))
}

/// All of it, for a file: under the signatures of enough witnesses where they have seen all that is hers, else under the last
/// checkpoint with those that it has by now.
///
/// # Errors
/// As [`evidence_from`].
pub async fn evidence(app: &App, resident: &ResidentId) -> Result<Evidence, Refusal> {
    let mut tx = app.db.read().await?;
    if let Some((size, note)) = cosigning::witnessed(&mut tx, app).await? {
        let whole = whole(&mut tx, app, resident, size).await?;
        if whole.pieces.iter().all(|piece| piece.position < size) {
            return Ok(document(app, resident, note, whole));
        }
    }
    let (size, note) = cosigning::last(&mut tx, app).await?.ok_or(Refusal::Unknown)?;
    let whole = whole(&mut tx, app, resident, size).await?;
    Ok(document(app, resident, note, whole))
}

async fn whole(tx: &mut Tx, app: &App, resident: &ResidentId, size: u64) -> Result<Stretch, Refusal> {
    let mut whole = evidence::stretch(tx, &app.custody, resident, 1, PART, size).await?;
    let mut next = 1 + PART;
    while next <= whole.counter {
        let part = evidence::stretch(tx, &app.custody, resident, next, PART, size).await?;
        whole.pieces.extend(part.pieces);
        next += PART;
    }
    Ok(whole)
}

/// Enters something that only her browser knew until now, and says at which position of the ledger: a tree that holds it was
/// signed after she asked, and is the one that goes on being written.
///
/// # Errors
/// When her record is erased or the database fails.
pub async fn challenge(
    app: &App, resident: &ResidentId, challenge: &ChallengeId, request: RequestId,
) -> Result<u64, Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let entry = Entry {
        reason: "verified",
        request: Some(request),
        extra: Extra::Notes(vec![("challenge", challenge.to_string())]),
        ..Entry::about(Kind::SelfView, resident, app.now())
    };
    let position = custody::enter(&mut tx, &app.custody, &mut head, entry).await?.position();
    head.commit(tx).await?;
    Ok(position)
}

async fn checkpoint(tx: &mut Tx, size: Option<u64>) -> Result<(u64, String), Refusal> {
    let found = match size {
        Some(size) => ledger::checkpoint_of(tx, size).await?.map(|note| (size, note)),
        None => ledger::last_checkpoint(tx).await?.map(|(size, _, note)| (size.cast_unsigned(), note)),
    };
    found.ok_or(Refusal::Unknown)
}

fn document(app: &App, resident: &ResidentId, checkpoint: String, stretch: Stretch) -> Evidence {
    Evidence {
        schema: app.config.server.issuer.at(SCHEMA),
        key: app.custody.verifier_key().to_string(),
        checkpoint,
        resident: resident.to_string(),
        tag_key: STANDARD.encode(stretch.tag_key),
        counter: stretch.counter,
        entries: stretch.pieces,
    }
}
