//! The other way to recover: two members of staff, and a wait ([`crate`]'s desk keeps both). What they may hand out in the
//! end is a link for one new passkey, of whoever is at the counter; it works once, within the hour.

use std::time::Duration;

use super::void;
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::token::{Digest, Token};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::once::{self, Issue, Kind, Standing};
use crate::resident::{Refusal, lock, passkey, session};

/// Long enough to walk from the counter to a quiet chair.
const LIFE: Duration = Duration::from_secs(60 * 60);

/// Makes the link's token; older ones of the same resident end.
///
/// # Errors
/// When the database fails.
pub async fn desk_right(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<Token, Fault> {
    let token = Token::random()?;
    end_desk_rights(tx, resident, now).await?;
    let (kind, digest, subject) = (Kind::DeskRecovery, token.digest(), resident.as_str());
    once::issue(tx, Issue { kind, digest: &digest, subject, state: None, now, expires: now.plus(LIFE) }).await?;
    Ok(token)
}

/// Ends such links: the resident, or the desk, stopped the recovery.
///
/// # Errors
/// When the database fails.
pub async fn end_desk_rights(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    once::end_all(tx, Kind::DeskRecovery, resident.as_str(), now).await?;
    Ok(())
}

/// Whose link it is, if it may still be used. Changes nothing.
///
/// # Errors
/// `CeremonyEnded`.
pub async fn recovering_at_desk(app: &App, token: &str) -> Result<ResidentId, Refusal> {
    let mut tx = app.db.read().await?;
    desk_ground(app, &mut tx, &Digest::of(token.as_bytes())).await
}

pub async fn desk_ground(app: &App, tx: &mut Tx, token: &Digest) -> Result<ResidentId, Refusal> {
    match once::standing(tx, Kind::DeskRecovery, token, app.now()).await? {
        Standing::Open(found) => Ok(ResidentId::stored(found.subject)),
        _ => Err(Refusal::CeremonyEnded("no such link to recover")),
    }
}

/// Uses the link up; older passkeys, sessions, codes and tokens end.
pub async fn redeem_at_desk(tx: &mut Tx, token: &Digest, resident: &ResidentId, now: Timestamp) -> Result<(), Refusal> {
    let found = once::consume(tx, Kind::DeskRecovery, token, now).await?;
    if found.is_none_or(|found| found.subject != resident.as_str()) {
        return Err(Refusal::CeremonyEnded("the link was used or has ended"));
    }
    void(tx, resident, now).await?;
    passkey::revoke_all(tx, resident, now).await?;
    session::end_all(tx, resident, None, now).await?;
    lock::put_out(tx, resident, now).await?;
    Ok(())
}
