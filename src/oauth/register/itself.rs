//! A client registers itself (RFC 7591), with a leave that the operator gave it, and then waits for the operator.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::{check, enter, keep_secret};
use crate::app::App;
use crate::crypto::random;
use crate::crypto::strict;
use crate::crypto::token::{Digest, Token};
use crate::fault::Fault;
use crate::ids::ClientId;
use crate::ledger::{self, Actor, Entry, Kind as Event};
use crate::oauth::client::Client;
use crate::oauth::manifest::{NotAClient, Translated};
use crate::oauth::store;
use crate::once::{self, Issue, Kind, Standing};

/// Why a client could not register itself.
#[derive(Debug, thiserror::Error)]
pub enum Declined {
    /// The token is unknown, over or used (RFC 6750 §3.1).
    #[error("invalid_token")]
    Token,
    /// The metadata (RFC 7591 §3.2.2).
    #[error(transparent)]
    Metadata(#[from] NotAClient),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Leave for one client to register itself within `life`. It can be shown only now.
///
/// # Errors
/// When it could not be made durable.
pub async fn initial_access_token(app: &App, life: Duration) -> Result<Token, Fault> {
    let (now, token) = (app.now(), Token::random()?);
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let (kind, digest, expires) = (Kind::InitialAccessToken, &token.digest(), now.plus(life));
    once::issue(&mut tx, Issue { kind, digest, subject: "registration", state: None, now, expires }).await?;
    let entry = Entry { reason: "initial_access_token", ..Entry::about_nobody(Event::Operator, now) };
    enter(&mut tx, app, &mut head, entry).await?;
    head.commit(tx).await?;
    Ok(token)
}

/// Whether a token may still be used: nobody else is told what is wrong with metadata.
///
/// # Errors
/// [`Declined::Token`].
pub async fn check_leave(app: &App, token: &Digest) -> Result<(), Declined> {
    let standing = once::standing(&mut app.db.read().await?, Kind::InitialAccessToken, token, app.now()).await?;
    if matches!(standing, Standing::Open(_)) { Ok(()) } else { Err(Declined::Token) }
}

/// Registers a client of this metadata (JSON); it awaits approval, and until then every door of its own is shut. The
/// answer of RFC 7591 §3.2.1, with its secret if it has one: nobody can show it again.
///
/// The token is used up when the client is registered, so that a mistake in the metadata costs nothing.
///
/// # Errors
/// The token, or the member that cannot be taken.
pub async fn register_itself(app: &App, token: &Digest, metadata: &[u8]) -> Result<Map<String, Value>, Declined> {
    check_leave(app, token).await?;
    let metadata = strict::object(metadata).ok_or_else(|| NotAClient::metadata("a JSON object, no member twice"))?;
    let id = format!("c-{}", hex::encode(random::bytes::<16>()?));
    let id = ClientId::parse(&id).map_err(|_| Fault::Internal("a client id of ours is none"))?;
    let Translated { manifest, metadata } = Translated::of(metadata, &id)?;
    let client = Client::parse(&manifest)?;
    check(app, &client)?;
    let secret = keep(app, token, &client, &manifest).await?;
    Ok(answer(metadata, &client, app.now().seconds(), secret.as_ref()))
}

async fn keep(app: &App, token: &Digest, client: &Client, manifest: &str) -> Result<Option<Token>, Declined> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if once::consume(&mut tx, Kind::InitialAccessToken, token, now).await?.is_none() {
        return Err(Declined::Token);
    }
    store::insert_awaiting(&mut tx, client, manifest, now).await?;
    let secret = keep_secret(&mut tx, client, now).await?;
    let entry = Entry {
        client: Some(client.id.clone()),
        actor: Actor::Client,
        reason: "client_registered_itself",
        ..Entry::about_nobody(Event::Operator, now)
    };
    enter(&mut tx, app, &mut head, entry).await?;
    head.commit(tx).await?;
    Ok(secret)
}

fn answer(mut metadata: Map<String, Value>, client: &Client, now: i64, secret: Option<&Token>) -> Map<String, Value> {
    metadata.insert("client_id".to_owned(), json!(client.id.as_str()));
    metadata.insert("client_id_issued_at".to_owned(), json!(now));
    if let Some(secret) = secret {
        metadata.insert("client_secret".to_owned(), json!(secret.expose()));
        // It does not run out by itself (RFC 7591 §3.2.1).
        metadata.insert("client_secret_expires_at".to_owned(), json!(0));
    }
    metadata
}
