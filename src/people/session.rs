//! A signed-in person of the service centre. The cookie is 256 random bits; the database knows the digest.

use std::time::Duration;

use super::{Person, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::crypto::token::{Digest, Token};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{PasskeyId, SessionId};

/// Without use a session ends: a counter is left for a moment more often than one signs out.
const IDLE: Duration = Duration::from_secs(15 * 60);
/// A working day.
const WHOLE: Duration = Duration::from_secs(8 * 60 * 60);
/// `last_seen_at` is written at most this often.
const SEEN_EVERY: Duration = Duration::from_secs(30);
/// Whoever signed in so recently need not show the passkey again.
const FRESH: Duration = Duration::from_secs(5 * 60);

/// A signed-in person.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its name in our tables; not the cookie.
    pub id: SessionId,
    /// Who.
    pub person: Person,
    /// When the passkey was shown.
    pub signed_in_at: Timestamp,
}

impl Session {
    /// Whether the passkey was shown within the last five minutes.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now < self.signed_in_at.plus(FRESH)
    }
}

/// The session of a cookie, when it is open: used within fifteen minutes, not older than eight hours, its person not
/// disabled.
///
/// # Errors
/// When the database fails.
pub async fn find(app: &App, cookie: &str) -> Result<Option<Session>, Fault> {
    let now = app.now();
    let mut tx = app.db.read().await?;
    let digest = Digest::of(cookie.as_bytes());
    let found = store::session(&mut tx, &digest, now.minus(IDLE), now.minus(WHOLE)).await?;
    drop(tx);
    let Some((session, seen)) = found else { return Ok(None) };
    if now >= seen.plus(SEEN_EVERY) {
        let mut tx = app.db.begin().await?;
        store::touch_session(&mut tx, &session.id, now).await?;
        tx.commit().await?;
    }
    Ok(Some(session))
}

/// Whether a session is still open, looked at again in the transaction that rests on it.
///
/// # Errors
/// When the database fails.
pub async fn is_open(tx: &mut Tx, session: &Session) -> Result<bool, Fault> {
    store::session_is_open(tx, &session.id).await
}

/// Opens a session under a fresh cookie; others of the same person stay (two counters).
pub(super) async fn open(
    tx: &mut Tx, person: Person, passkey: &PasskeyId, now: Timestamp,
) -> Result<(Session, Token), Fault> {
    let cookie = Token::random()?;
    let signed_in_at = Timestamp::from_seconds(now.seconds());
    let session = Session { id: random::id()?, person, signed_in_at };
    store::insert_session(tx, &session, passkey, &cookie.digest()).await?;
    Ok((session, cookie))
}

/// Ends a session; its cookie is dead at the next request.
///
/// # Errors
/// When the database fails.
pub async fn end(app: &App, session: &SessionId) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    store::end_session(&mut tx, session, app.now()).await?;
    tx.commit().await
}
