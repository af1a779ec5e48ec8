//! A signed-in browser. Its cookie is 256 random bits; the database knows the digest.

use std::time::Duration;

use super::{lock, sign_on, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::config::Config;
use crate::crypto::random;
use crate::crypto::token::{Digest, Token};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{PasskeyId, ResidentId, SessionId};
use crate::ledger::{self, By};

/// `last_seen_at` is written at most this often.
const SEEN_EVERY: Duration = Duration::from_secs(60);

/// Whoever signed in so recently need not show the passkey again before sensitive acts.
const FRESH: Duration = Duration::from_secs(5 * 60);

/// A signed-in browser.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its name in our tables; not the cookie.
    pub id: SessionId,
    /// Who signed in; whose act it is where somebody acts for her ([`Self::acting_for`]).
    pub resident: ResidentId,
    /// Who signed in, always.
    pub holder: ResidentId,
    /// With which passkey.
    pub passkey: PasskeyId,
    /// When: `auth_time` (OIDC Core §2).
    pub signed_in_at: Timestamp,
    /// By whose hand what rests on it is done: her own, unless it was made over by [`Self::acting_for`].
    pub by: By,
    /// When everything about her is going to be erased, if she asked for it: each page says so.
    pub erases_at: Option<Timestamp>,
    /// How she wants her pages, as far as she ever said.
    pub wishes: Wishes,
}

/// How a resident wants her pages; `None` where she never said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// The tag of a language.
    pub language: Option<String>,
    /// The code of a size: `standard`, `large`.
    pub mode: Option<String>,
}

impl Session {
    /// Whether the passkey was shown within the last five minutes.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now < self.signed_in_at.plus(FRESH)
    }

    /// The same sign-in, for what its holder does for somebody else: `resident` is then whose act it is, and `by` says
    /// by which mandate. Only a mandate that was found in force may be handed in; a passkey that confirms is the holder's.
    #[must_use]
    pub fn acting_for(&self, principal: &ResidentId, by: By) -> Self {
        Self { resident: principal.clone(), by, ..self.clone() }
    }
}

/// How long sessions live.
pub(super) struct Life {
    /// Sessions used before this are over.
    pub(super) idle_since: Timestamp,
    /// Sessions that began before this are over.
    pub(super) begun_since: Timestamp,
}

impl Life {
    fn at(config: &Config, now: Timestamp) -> Self {
        let seconds = |count: u32| Duration::from_secs(u64::from(count));
        Self {
            idle_since: now.minus(seconds(config.oauth.session_idle_seconds)),
            begun_since: now.minus(seconds(config.oauth.session_seconds)),
        }
    }
}

/// The session of a cookie, when it is open: not ended, neither idle nor too old, its resident not locked or erased,
/// its passkey not removed.
///
/// # Errors
/// When the database fails.
pub async fn find(app: &App, cookie: &str) -> Result<Option<Session>, Fault> {
    let now = app.now();
    let digest = Digest::of(cookie.as_bytes());
    let mut tx = app.db.read().await?;
    let found = store::session(&mut tx, &digest, &Life::at(&app.config, now)).await?;
    drop(tx);
    let Some((session, seen)) = found else { return Ok(None) };
    if now >= seen.plus(SEEN_EVERY) {
        let mut tx = app.db.begin().await?;
        store::touch_session(&mut tx, &session.id, now).await?;
        tx.commit().await?;
    }
    Ok(Some(session))
}

/// Whether a session is still open, looked at again in the transaction that rests on it: whoever ended it meanwhile
/// (recovery, removal of its passkey, "sign out everywhere") must not be overtaken.
///
/// # Errors
/// When the database fails.
pub async fn is_open(tx: &mut Tx, session: &Session) -> Result<bool, Fault> {
    store::session_is_open(tx, &session.id).await
}

/// Opens a session under a fresh cookie, whatever cookie the browser had before (V15).
///
/// # Errors
/// When the database fails.
pub async fn open(
    tx: &mut Tx, resident: &ResidentId, passkey: &PasskeyId, now: Timestamp,
) -> Result<(Session, Token), Fault> {
    let cookie = Token::random()?;
    let session = Session {
        id: random::id()?,
        resident: resident.clone(),
        holder: resident.clone(),
        passkey: passkey.clone(),
        signed_in_at: Timestamp::from_seconds(now.seconds()),
        by: By::Resident,
        erases_at: None,
        wishes: Wishes::default(),
    };
    store::insert_session(tx, &session, &cookie.digest()).await?;
    Ok((session, cookie))
}

/// Keeps how a resident wants her pages; what is `None` stays as it was. `false`: nothing is other than before.
///
/// # Errors
/// When the database fails.
pub async fn wish(tx: &mut Tx, resident: &ResidentId, wishes: &Wishes) -> Result<bool, Fault> {
    store::wish(tx, resident, wishes).await
}

/// Ends a session; its cookie is dead at the next request.
///
/// # Errors
/// When the database fails.
pub async fn end(app: &App, session: &SessionId) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    end_one(&mut tx, session, app.now()).await?;
    tx.commit().await
}

/// How many other browsers the resident is signed in with.
///
/// # Errors
/// When the database fails.
pub async fn others(app: &App, session: &Session) -> Result<i64, Fault> {
    let mut tx = app.db.read().await?;
    store::session_count(&mut tx, &session.resident, &session.id, &Life::at(&app.config, app.now())).await
}

/// Signs out everywhere: ends all sessions of the resident but this one, and all apps' tokens with their families; how
/// many sessions that were. An app may ask again; whoever took a token may not. A session that was itself ended
/// meanwhile ends nothing.
///
/// # Errors
/// When the database fails.
pub async fn end_others(app: &App, session: &Session) -> Result<u64, Fault> {
    let mut tx = app.db.begin().await?;
    // As every act that ends what rests on sessions: nobody makes a grant at this moment, and a lock waits its turn.
    let head = ledger::hold(&mut tx).await?;
    if !is_open(&mut tx, session).await? {
        return Ok(0);
    }
    let ended = end_all(&mut tx, &session.resident, Some(&session.id), app.now()).await?;
    lock::put_out(&mut tx, &session.resident, app.now()).await?;
    head.commit(tx).await?;
    Ok(ended)
}

/// Ends a session, and has its clients told.
async fn end_one(tx: &mut Tx, session: &SessionId, now: Timestamp) -> Result<(), Fault> {
    store::end_session(tx, session, now).await?;
    sign_on::end(tx, session, now).await
}

/// Ends the sessions of a resident, but for `except`, and has their clients told; how many that were.
pub(super) async fn end_all(
    tx: &mut Tx, resident: &ResidentId, except: Option<&SessionId>, now: Timestamp,
) -> Result<u64, Fault> {
    let ended = store::end_sessions(tx, resident, except, now).await?;
    sign_on::end_all(tx, resident, except, now).await?;
    Ok(ended)
}

/// Ends the sessions that a passkey opened, and has their clients told.
pub(super) async fn end_of_passkey(tx: &mut Tx, passkey: &PasskeyId, now: Timestamp) -> Result<(), Fault> {
    store::end_sessions_of_passkey(tx, passkey, now).await?;
    sign_on::end_of_passkey(tx, passkey, now).await
}

/// `after` takes the place of `before` in one browser: what was signed in to stays so, if it was the same resident's.
pub(super) async fn replace(tx: &mut Tx, before: &SessionId, after: &Session, now: Timestamp) -> Result<(), Fault> {
    store::end_session(tx, before, now).await?;
    sign_on::replace(tx, before, after, now).await
}
