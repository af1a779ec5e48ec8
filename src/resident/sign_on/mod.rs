//! To which clients a session signed in, and that they are told of its end (OpenID Connect Back-Channel Logout 1.0).
//!
//! A sign-on has a name, `sid`: random, of one session and one client. It goes into the client's ID tokens, and into
//! the logout token when the session ends, in whatever way somebody ends it. A session that is replaced by a new
//! sign-in of the same resident in the same browser hands its sign-ons on. A session that only runs out ends nothing
//! at the clients: nobody signed out.

use serde_json::Map;

use super::session::Session;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ClientId, PasskeyId, ResidentId, SessionId};
use crate::outbox::{self, Event, News};

mod store;

pub use store::sweep;

/// A sign-on that has ended.
struct Ended {
    sid: String,
    client: ClientId,
    resident: ResidentId,
    /// Whether the client knows it.
    told: bool,
}

/// The name of this session's sign-on to a client, made at the first call.
///
/// # Errors
/// When the database fails.
pub async fn sign_on(tx: &mut Tx, session: &Session, client: &ClientId, now: Timestamp) -> Result<String, Fault> {
    store::insert(tx, &hex::encode(random::bytes::<16>()?), session, client, now).await?;
    store::sid(tx, &session.id, client).await?.ok_or(Fault::Stored("a sign-on that was just written is not there"))
}

/// An ID token carries the name: from now on the client is told of the end. If the session ended after the client got
/// its code, it is told at once.
///
/// # Errors
/// When the database fails.
pub async fn carried(tx: &mut Tx, sid: &str, now: Timestamp) -> Result<(), Fault> {
    if !store::tell(tx, sid, now).await? {
        return Ok(());
    }
    match store::ended(tx, sid).await? {
        Some(ended) => tell(tx, &[ended], now).await,
        None => Ok(()),
    }
}

/// A session has ended.
pub(super) async fn end(tx: &mut Tx, session: &SessionId, now: Timestamp) -> Result<(), Fault> {
    let ended = store::end(tx, session, now).await?;
    tell(tx, &ended, now).await
}

/// All sessions of a resident have ended, but for `except`.
pub(super) async fn end_all(
    tx: &mut Tx, resident: &ResidentId, except: Option<&SessionId>, now: Timestamp,
) -> Result<(), Fault> {
    let ended = store::end_all(tx, resident, except, now).await?;
    tell(tx, &ended, now).await
}

/// All sessions that a passkey opened have ended.
pub(super) async fn end_of_passkey(tx: &mut Tx, passkey: &PasskeyId, now: Timestamp) -> Result<(), Fault> {
    let ended = store::end_of_passkey(tx, passkey, now).await?;
    tell(tx, &ended, now).await
}

/// `after` takes the place of `before` in one browser: what was hers goes on, what was another resident's ends.
pub(super) async fn replace(tx: &mut Tx, before: &SessionId, after: &Session, now: Timestamp) -> Result<(), Fault> {
    store::hand_on(tx, before, after).await?;
    end(tx, before, now).await
}

async fn tell(tx: &mut Tx, ended: &[Ended], now: Timestamp) -> Result<(), Fault> {
    for one in ended.iter().filter(|one| one.told) {
        let facts = Map::from_iter([("sid".to_owned(), one.sid.as_str().into())]);
        let (client, resident) = (&one.client, &one.resident);
        outbox::put(tx, &News { event: Event::Logout, client, resident, facts, request: None }, now).await?;
    }
    Ok(())
}
