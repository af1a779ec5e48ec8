//! Step 1: an invitation. Opening it changes nothing (chat programs open links to preview them); it is used when the
//! first passkey is made, and never again (V26).

use std::collections::HashSet;
use std::time::Duration;

use super::{Refusal, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::token::{Digest, Token};
use crate::custody::Custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::once::{self, Issue, Kind, Standing};

/// An invitation is good for thirty days.
const LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// What the sealed half of an invitation's state is called.
const SEALED: &str = "invitation";

/// An invitation that may be followed.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// Whom it invites.
    pub resident: ResidentId,
    /// When it ends.
    pub until: Timestamp,
}

/// The link of an invitation: its token belongs into `/invitation/{token}`.
#[derive(Debug)]
pub struct Link {
    /// The secret.
    pub token: Token,
    /// When the invitation ends.
    pub until: Timestamp,
}

/// Makes an invitation; older ones of the same resident end.
///
/// # Errors
/// When the database fails.
pub async fn invite(tx: &mut Tx, custody: &Custody, resident: &ResidentId, now: Timestamp) -> Result<Link, Fault> {
    let mut links = invite_all(tx, custody, &[resident], now).await?;
    links.pop().ok_or(Fault::Internal("an invitation vanished"))
}

/// Makes an invitation for each, in their order and in two statements; older ones end.
///
/// # Errors
/// When the database fails.
pub async fn invite_all(
    tx: &mut Tx, custody: &Custody, residents: &[&ResidentId], now: Timestamp,
) -> Result<Vec<Link>, Fault> {
    links(tx, custody, residents, now, LIFE).await
}

/// An invitation for somebody who is there: to be followed at once, or it ends.
///
/// # Errors
/// When the database fails.
pub async fn invite_for(
    tx: &mut Tx, custody: &Custody, resident: &ResidentId, now: Timestamp, life: Duration,
) -> Result<Link, Fault> {
    let mut links = links(tx, custody, &[resident], now, life).await?;
    links.pop().ok_or(Fault::Internal("an invitation vanished"))
}

async fn links(
    tx: &mut Tx, custody: &Custody, residents: &[&ResidentId], now: Timestamp, life: Duration,
) -> Result<Vec<Link>, Fault> {
    let until = now.plus(life);
    let subjects: Vec<&str> = residents.iter().map(|resident| resident.as_str()).collect();
    let mut made = Vec::with_capacity(residents.len());
    for _ in residents {
        let token = Token::random()?;
        let digest = token.digest();
        let state = state(custody, &token, &digest, until)?;
        made.push((token, digest, state));
    }
    let mut issues = Vec::with_capacity(residents.len());
    for (subject, (_, digest, state)) in subjects.iter().zip(&made) {
        issues.push(Issue { kind: Kind::Invitation, digest, subject, state: Some(state), now, expires: until });
    }
    once::end_all_of(tx, Kind::Invitation, &subjects, now).await?;
    once::issue_all(tx, &issues).await?;
    Ok(made.into_iter().map(|(token, ..)| Link { token, until }).collect())
}

// The end, in clear: it is shown on the page, and is the same for everybody invited that day. Then the token, sealed:
// a slip may be printed again without making those useless that lie in letter boxes.
fn state(custody: &Custody, token: &Token, digest: &Digest, until: Timestamp) -> Result<Vec<u8>, Fault> {
    let mut state = until.seconds().to_be_bytes().to_vec();
    state.extend(custody.seal_state(SEALED, digest.as_str(), token.expose().as_bytes())?);
    Ok(state)
}

/// The invitations that may still be followed, of residents who have no passkey: their links once more.
///
/// # Errors
/// When the database fails, or a token does not open.
pub async fn open_invitations(
    tx: &mut Tx, custody: &Custody, now: Timestamp,
) -> Result<Vec<(ResidentId, Link)>, Fault> {
    let waiting: HashSet<ResidentId> = store::without_passkey(tx).await?.into_iter().collect();
    let mut open = Vec::new();
    for (digest, found) in once::all_open(tx, Kind::Invitation, now).await? {
        let resident = ResidentId::stored(found.subject);
        if !waiting.contains(&resident) {
            continue;
        }
        let state = found.state.unwrap_or_default();
        let (until, sealed) = state.split_first_chunk().ok_or(Fault::Stored("an invitation without its end"))?;
        let token = Token::stored(custody.open_state(SEALED, digest.as_str(), sealed)?)?;
        let until = Timestamp::from_seconds(i64::from_be_bytes(*until));
        open.push((resident, Link { token, until }));
    }
    Ok(open)
}

/// Residents without a passkey; unless `all` are wanted, only those whose invitation ran out.
///
/// # Errors
/// When the database fails.
pub async fn not_enrolled(tx: &mut Tx, now: Timestamp, all: bool) -> Result<Vec<ResidentId>, Fault> {
    let mut waiting = store::without_passkey(tx).await?;
    if !all {
        let open = once::all_open(tx, Kind::Invitation, now).await?;
        let invited: HashSet<String> = open.into_iter().map(|(_, found)| found.subject).collect();
        waiting.retain(|resident| !invited.contains(resident.as_str()));
    }
    Ok(waiting)
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
    let until = found.state.and_then(|state| state.first_chunk().copied()).map(i64::from_be_bytes);
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
