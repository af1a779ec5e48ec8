//! Requests to residents.

use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{AuthorizationId, ClientId, SessionId};
use crate::oauth::authorization::AuthorizationRequest;

/// A request as it waits for its answer.
#[derive(Debug, Clone)]
pub struct Pending {
    /// Its id, in our own URLs.
    pub id: AuthorizationId,
    /// Who asks.
    pub client: ClientId,
    /// Of the handle that the client holds.
    pub handle: Digest,
    /// What is asked.
    pub asked: AuthorizationRequest,
    /// Who opened it, if somebody did.
    pub opened: Option<Opened>,
    /// What the resident said, if she has answered.
    pub agreed: Option<bool>,
}

/// The first browser that brought a request.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its cookie.
    pub browser: Digest,
    /// When, Unix seconds.
    pub at: i64,
    /// The session that was there already.
    pub session: Option<SessionId>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    client: String,
    handle: String,
    asked: String,
    browser: Option<String>,
    opened_at: Option<i64>,
    opened_session: Option<String>,
    agreed: Option<i64>,
}

impl TryFrom<Row> for Pending {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        Ok(Self {
            id: AuthorizationId::stored(row.id),
            client: ClientId::stored(row.client),
            handle: Digest::stored(row.handle),
            asked: serde_json::from_str(&row.asked).map_err(|_| Fault::Stored("an authorization request"))?,
            opened: row.browser.zip(row.opened_at).map(|(browser, at)| Opened {
                browser: Digest::stored(browser),
                at,
                session: row.opened_session.map(SessionId::stored),
            }),
            agreed: row.agreed.map(|agreed| agreed == 1),
        })
    }
}

pub async fn insert_request(tx: &mut Tx, pending: &Pending, now: Timestamp) -> Result<(), Fault> {
    let asked = serde_json::to_string(&pending.asked).map_err(|_| Fault::Internal("a request does not serialise"))?;
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO oauth_request (id, client, handle, asked, made_at, browser, opened_at, opened_session)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(pending.id.as_str())
        .bind(pending.client.as_str())
        .bind(pending.handle.as_str())
        .bind(asked)
        .bind(now.seconds())
        .bind(pending.opened.as_ref().map(|opened| opened.browser.as_str()))
        .bind(pending.opened.as_ref().map(|opened| opened.at))
        .bind(pending.opened.as_ref().and_then(|opened| opened.session.as_ref()).map(SessionId::as_str))
    )?;
    Ok(())
}

pub async fn request(tx: &mut Tx, id: &AuthorizationId) -> Result<Option<Pending>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id, client, handle, asked, browser, opened_at, opened_session, agreed FROM oauth_request WHERE id = $1",
        )
        .bind(id.as_str())
    )?;
    row.map(Pending::try_from).transpose()
}

pub async fn request_by_handle(tx: &mut Tx, handle: &Digest) -> Result<Option<Pending>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id, client, handle, asked, browser, opened_at, opened_session, agreed FROM oauth_request WHERE handle = $1",
        )
        .bind(handle.as_str())
    )?;
    row.map(Pending::try_from).transpose()
}

/// Binds a request to the browser that opens it. `false`: one has opened it before.
pub async fn bind(tx: &mut Tx, id: &AuthorizationId, opened: &Opened) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE oauth_request SET browser = $2, opened_at = $3, opened_session = $4
              WHERE id = $1 AND browser IS NULL",
        )
        .bind(id.as_str())
        .bind(opened.browser.as_str())
        .bind(opened.at)
        .bind(opened.session.as_ref().map(SessionId::as_str))
    )?;
    Ok(changed == 1)
}

pub async fn answer(tx: &mut Tx, id: &AuthorizationId, agreed: bool) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE oauth_request SET agreed = $2 WHERE id = $1").bind(id.as_str()).bind(i64::from(agreed))
    )?;
    Ok(())
}

pub async fn sweep_requests(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(tx, sqlx::query("DELETE FROM oauth_request WHERE made_at < $1").bind(before.seconds()))?)
}
