//! Step 4: the sheet of recovery codes.
//!
//! 1. A signed-in resident has a sheet made: eight codes of 120 bits, shown once, kept as digests.
//! 2. Without her device she enters one code. Nothing changes; this browser gets the right to make one passkey within
//!    ten minutes.
//! 3. When that passkey is made, right and code are used up together, all older passkeys are revoked, all sessions and all
//!    apps' tokens end,
//!    the rest of the sheet is void, and the ledger says so (kind 9). There is no other order (V65).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::session::{self, Session};
use super::{Refusal, lock, passkey, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::token::{Digest, Token};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{RequestId, ResidentId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, Entry};
use crate::once::{self, Issue, Kind, Standing};
use crate::{custody, ledger::Kind as EntryKind};
use code::Code;

mod code;
mod desk;

pub(super) use desk::{desk_ground, redeem_at_desk};
pub use desk::{desk_right, end_desk_rights, recovering_at_desk};

/// Codes on a sheet.
const CODES: usize = 8;
/// A sheet in a drawer does not grow old.
const SHEET_LIFE: Duration = Duration::from_secs(20 * 365 * 24 * 60 * 60);
/// How long the right lasts that a code gives.
const RIGHT_LIFE: Duration = Duration::from_secs(10 * 60);

/// What is known of the sheet in force.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// When it was made.
    pub made_at: Option<Timestamp>,
    /// How many of its codes may still be used.
    pub left: u32,
}

/// What a right rests on; sealed in the single-use table.
#[derive(Serialize, Deserialize)]
struct Ground {
    code: String,
    browser: String,
}

/// A right that a code gave, found again.
pub(super) struct Right {
    /// Whose passkey may be made.
    pub(super) resident: ResidentId,
    code: Digest,
}

/// The sheet in force.
///
/// # Errors
/// When the database fails.
pub async fn sheet(app: &App, resident: &ResidentId) -> Result<Sheet, Fault> {
    let mut tx = app.db.read().await?;
    let left = once::count_open(&mut tx, Kind::RecoveryCode, resident.as_str(), app.now()).await?;
    Ok(Sheet { made_at: store::sheet_made_at(&mut tx, resident).await?, left })
}

/// Makes a new sheet; the old one is void. The codes as they are printed, and never again.
///
/// # Errors
/// `NotFresh` when the sign-in is more than five minutes ago.
pub async fn new_sheet(app: &App, session: &Session, request: &RequestId) -> Result<Vec<String>, Refusal> {
    let now = app.now();
    if !session.is_fresh(now) {
        return Err(Refusal::NotFresh);
    }
    let resident = &session.resident;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !session::is_open(&mut tx, session).await? {
        return Err(Refusal::NotFresh);
    }
    void(&mut tx, resident, now).await?;
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let code = Code::random()?;
        let digest = code.digest();
        let expires = now.plus(SHEET_LIFE);
        let subject = resident.as_str();
        once::issue(&mut tx, Issue { kind: Kind::RecoveryCode, digest: &digest, subject, state: None, now, expires })
            .await?;
        codes.push(code.printed());
    }
    store::set_sheet_made_at(&mut tx, resident, Some(now)).await?;
    let entry = Entry {
        reason: "recovery_sheet",
        request: Some(request.clone()),
        ..Entry::about(EntryKind::Credential, resident, now)
    };
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    Ok(codes)
}

/// A code was entered: the right to make one passkey, for this browser (its digest) alone. The token belongs into
/// the address of the next step.
///
/// # Errors
/// `RecoveryWrong` when the code is unknown, used or replaced: one answer for all of them.
pub async fn enter_code(app: &App, browser: &Digest, typed: &str) -> Result<Token, Refusal> {
    let now = app.now();
    let code = Code::read(typed).ok_or(Refusal::RecoveryWrong("not a code"))?.digest();
    let mut tx = app.db.begin().await?;
    let Standing::Open(found) = once::standing(&mut tx, Kind::RecoveryCode, &code, now).await? else {
        return Err(Refusal::RecoveryWrong("no such code in force"));
    };
    if !store::is_open(&mut tx, &ResidentId::stored(found.subject.clone())).await? {
        return Err(Refusal::RecoveryWrong("the resident is locked"));
    }
    let right = Token::random()?;
    let key = right.digest();
    let ground = Ground { code: code.as_str().to_owned(), browser: browser.as_str().to_owned() };
    let ground = serde_json::to_vec(&ground).map_err(|_| Fault::Internal("a ground does not serialise"))?;
    let state = app.custody.seal_state("recovery", key.as_str(), &ground)?;
    let expires = now.plus(RIGHT_LIFE);
    let issue =
        Issue { kind: Kind::Recovery, digest: &key, subject: &found.subject, state: Some(&state), now, expires };
    once::issue(&mut tx, issue).await?;
    let resident = ResidentId::stored(found.subject);
    let tell = Tell { resident: &resident, word: Word::RecoveryBegun, client: None, about: None };
    inbox::put(&mut tx, &tell, now).await?;
    tx.commit().await?;
    Ok(right)
}

/// Who has the right of a token, if it is this browser's and may still be used.
///
/// # Errors
/// `CeremonyEnded`.
pub async fn recovering(app: &App, browser: &Digest, token: &str) -> Result<ResidentId, Refusal> {
    let mut tx = app.db.read().await?;
    Ok(right(app, &mut tx, browser, &Digest::of(token.as_bytes())).await?.resident)
}

/// The right of a token, if it is this browser's and not used; changes nothing.
pub(super) async fn right(app: &App, tx: &mut Tx, browser: &Digest, token: &Digest) -> Result<Right, Refusal> {
    match once::standing(tx, Kind::Recovery, token, app.now()).await? {
        Standing::Open(found) => read(app, browser, token, found),
        _ => Err(Refusal::CeremonyEnded("no such right to recover")),
    }
}

/// Uses right and code up, and voids all that the old credentials left behind.
pub(super) async fn redeem(
    app: &App, tx: &mut Tx, browser: &Digest, token: &Digest, now: Timestamp,
) -> Result<(), Refusal> {
    let found = once::consume(tx, Kind::Recovery, token, now).await?;
    let right = read(app, browser, token, found.ok_or(Refusal::CeremonyEnded("the right was used or has ended"))?)?;
    let code = once::consume(tx, Kind::RecoveryCode, &right.code, now).await?;
    if code.is_none_or(|code| code.subject != right.resident.as_str()) {
        return Err(Refusal::RecoveryWrong("the code was used meanwhile"));
    }
    void(tx, &right.resident, now).await?;
    passkey::revoke_all(tx, &right.resident, now).await?;
    session::end_all(tx, &right.resident, None, now).await?;
    lock::put_out(tx, &right.resident, now).await?;
    Ok(())
}

/// Ends the sheet and what its codes gave, as if it had never been made.
pub(super) async fn take_back_sheet(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    void(tx, resident, now).await?;
    store::set_sheet_made_at(tx, resident, None).await
}

/// Ends the sheet and every right that a code of it gave (V72).
async fn void(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    once::end_all(tx, Kind::RecoveryCode, resident.as_str(), now).await?;
    void_rights(tx, resident, now).await
}

/// Ends every open right to recover: called at any change of credentials (V72).
pub(super) async fn void_rights(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    once::end_all(tx, Kind::Recovery, resident.as_str(), now).await?;
    Ok(())
}

fn read(app: &App, browser: &Digest, token: &Digest, found: once::Subject) -> Result<Right, Refusal> {
    let sealed = found.state.ok_or(Fault::Stored("a right to recover without its ground"))?;
    let ground = app.custody.open_state("recovery", token.as_str(), &sealed)?;
    let ground: Ground = serde_json::from_slice(&ground).map_err(|_| Fault::Stored("a ground does not read"))?;
    if ground.browser != browser.as_str() {
        return Err(Refusal::CeremonyEnded("the right is another browser's"));
    }
    let resident = ResidentId::stored(found.subject);
    Ok(Right { resident, code: Digest::stored(ground.code) })
}
