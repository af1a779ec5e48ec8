//! Step 1: an invitation. Opening it changes nothing (chat programs open links to preview them); it is used when the
//! first passkey is made, and never again (V26).

use std::time::Duration;

use super::{Refusal, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::token::{Digest, Token};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::once::{self, Issue, Kind, Standing};

/// An invitation is good for thirty days.
const LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// An invitation that may be followed.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// Whom it invites.
    pub resident: ResidentId,
    /// When it ends.
    pub until: Timestamp,
}

/// Makes an invitation; older ones of the same resident end. The token belongs into `/invitation/{token}`.
///
/// # Errors
/// When the database fails.
pub async fn invite(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<Token, Fault> {
    let token = Token::random()?;
    let expires = now.plus(LIFE);
    // The end is shown on the page, and stands in clear: it is the same for everybody invited that day.
    let state = expires.seconds().to_be_bytes();
    once::end_all(tx, Kind::Invitation, resident.as_str(), now).await?;
    let digest = token.digest();
    let issue = Issue {
        kind: Kind::Invitation,
        digest: &digest,
        subject: resident.as_str(),
        state: Some(&state),
        now,
        expires,
    };
    once::issue(tx, issue).await?;
    Ok(token)
}

/// The invitation of a link, if it may be followed.
///
/// # Errors
/// `InvitationUnknown`, `InvitationEnded`, `InvitationUsed`.
pub async fn invitation(app: &App, token: &str) -> Result<Invitation, Refusal> {
    let mut tx = app.db.read().await?;
    let digest = Digest::of(token.as_bytes());
    let found = match once::standing(&mut tx, Kind::Invitation, &digest, app.now()).await? {
        Standing::Open(found) => found,
        Standing::Expired(_) => return Err(Refusal::InvitationEnded),
        Standing::Unknown => return Err(Refusal::InvitationUnknown),
        Standing::Used(found) => {
            // Replaced by a newer one, or really used?
            let resident = ResidentId::stored(found.subject);
            let used = store::key_count(&mut tx, &resident).await? > 0;
            return Err(if used { Refusal::InvitationUsed } else { Refusal::InvitationUnknown });
        }
    };
    let resident = ResidentId::stored(found.subject);
    if store::key_count(&mut tx, &resident).await? > 0 {
        return Err(Refusal::InvitationUsed);
    }
    let until = found.state.and_then(|state| state.try_into().ok()).map(i64::from_be_bytes);
    let until = until.ok_or(Fault::Stored("an invitation without its end"))?;
    Ok(Invitation { resident, until: Timestamp::from_seconds(until) })
}

/// Uses an invitation, as the last thing before its passkey is stored.
pub(super) async fn accept(tx: &mut Tx, digest: &Digest, resident: &ResidentId, now: Timestamp) -> Result<(), Refusal> {
    let used = once::consume(tx, Kind::Invitation, digest, now).await?;
    let own = used.is_some_and(|found| found.subject == resident.as_str());
    // A renewed slip must not let a second device in beside the first (V26): adding one takes a sign-in.
    if own && store::key_count(tx, resident).await? == 0 { Ok(()) } else { Err(Refusal::InvitationUsed) }
}
