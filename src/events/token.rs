//! A message as a signed token: a security event token (RFC 8417), or a logout token (OpenID Connect Back-Channel Logout
//! 1.0 §2.4). Signed anew at each attempt by the key that signs then; the name of the message stays.

use serde_json::{Map, Value, json};

use crate::app::App;
use crate::config::Issuer;
use crate::fault::Fault;
use crate::oauth::{Client, signing};
use crate::outbox::{Event, Message};

/// Life of a logout token, in seconds (case 108).
const LOGOUT_SECONDS: i64 = 120;

/// The member of `events` in a logout token.
const LOGOUT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// RISC has a name for what an erasure is to a client (OpenID RISC Profile 1.0 §2.2).
const PURGED: &str = "https://schemas.openid.net/secevent/risc/event-type/account-purged";

/// The address that names a kind of event: a standard one where it fits, else one of our own.
fn name(issuer: &Issuer, event: Event) -> String {
    match event {
        Event::Logout => LOGOUT.to_owned(),
        Event::ResidentErased => PURGED.to_owned(),
        other => issuer.at(&format!("/events/{}", other.word())),
    }
}

/// Signs a message that was sorted.
///
/// # Errors
/// When it was not, or cannot be signed.
pub fn sign(app: &App, client: &Client, message: &Message) -> Result<String, Fault> {
    let subject = message.subject.as_deref().ok_or(Fault::Stored("an event that was not sorted"))?;
    match message.event {
        // As its ID tokens are (OpenID Connect Back-Channel Logout 1.0 §2.4).
        Event::Logout => signing::sign(app, client, "logout+jwt", &logout(app, message, subject)),
        _ => app.keyring.signer(app.now())?.sign("secevent+jwt", &event(app, message, subject)),
    }
}

fn logout(app: &App, message: &Message, subject: &str) -> Value {
    let now = app.now().seconds();
    json!({
        "iss": app.config.server.issuer.as_str(),
        "aud": message.client.as_str(),
        "iat": now,
        "exp": now + LOGOUT_SECONDS,
        "jti": message.jti,
        "sub": subject,
        "sid": message.facts.get("sid"),
        "events": { LOGOUT: {} },
    })
}

/// No `sub` and no `exp`, so that nobody takes it for an ID token (RFC 8417 §4.5, 4.6).
fn event(app: &App, message: &Message, subject: &str) -> Value {
    let issuer = &app.config.server.issuer;
    let mut claims = Map::from_iter([
        ("iss".to_owned(), issuer.as_str().into()),
        ("aud".to_owned(), message.client.as_str().into()),
        ("iat".to_owned(), message.made_at.seconds().into()),
        ("toe".to_owned(), message.made_at.seconds().into()),
        ("jti".to_owned(), message.jti.as_str().into()),
        ("sub_id".to_owned(), json!({ "format": "iss_sub", "iss": issuer.as_str(), "sub": subject })),
        ("events".to_owned(), json!({ name(issuer, message.event): message.facts })),
    ]);
    if let Some(txn) = &message.txn {
        claims.insert("txn".to_owned(), txn.as_str().into());
    }
    Value::Object(claims)
}
