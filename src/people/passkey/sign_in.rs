//! Sign-in at the console's own page, by a passkey that the browser finds by itself.

use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential};

use super::{Entered, entry, json, stored as read};
use crate::app::App;
use crate::crypto::token::Digest;
use crate::custody;
use crate::fault::Fault;
use crate::ids::{RequestId, SessionId};
use crate::ledger;
use crate::once::{self, Kind};
use crate::people::{Refusal, session, store};
use crate::webauthn::ceremony::{self, Begun, LIFE};
use crate::webauthn::client_data::{self, Ceremony};
use crate::webauthn::{LONGEST_ID, relying_party};

/// Begins. The same for everybody.
///
/// # Errors
/// When the database fails.
pub async fn begin(app: &App, browser: &Digest) -> Result<Begun, Fault> {
    let (options, state) = relying_party(&app.config)?
        .start_discoverable_authentication()
        .map_err(|_| Fault::Internal("a sign-in did not begin"))?;
    let options = serde_json::to_value(&options).map_err(|_| Fault::Internal("options do not serialise"))?;
    ceremony::begin(app, Kind::PersonCeremony, browser, &options, &state).await
}

/// Finishes: a session under a fresh cookie, entered; `before`, the one this browser had, ends.
///
/// # Errors
/// `CeremonyEnded`, or `PasskeyRefused`: the same for an unknown passkey, a resident's, and a bad signature.
pub async fn finish(
    app: &App, browser: &Digest, answer: &PublicKeyCredential, before: Option<&SessionId>, request: &RequestId,
) -> Result<Entered, Refusal> {
    let issuer = &app.config.server.issuer;
    let challenge = client_data::check(issuer, Ceremony::Get, &answer.response.client_data_json)?;
    let state: DiscoverableAuthentication = ceremony::take(app, Kind::PersonCeremony, browser, &challenge).await?;
    let refused = Refusal::PasskeyRefused;
    let handle = answer.get_user_unique_id().filter(|handle| handle.len() == 16).ok_or(refused("no user handle"))?;
    if answer.get_credential_id().len() > LONGEST_ID {
        return Err(refused("the credential id is too long"));
    }
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let credential = Digest::of(answer.get_credential_id());
    let found = store::find_passkey(&mut tx, &credential, handle).await?;
    let (id, person, stored) = found.ok_or(refused("unknown"))?;
    let mut passkey = read(&stored)?;
    let result = relying_party(&app.config)?
        .finish_discoverable_authentication_v2(answer, state, &passkey)
        .map_err(|_| refused("the assertion did not verify"))?;
    if !result.user_verified() {
        return Err(refused("the device did not verify its owner"));
    }
    let response = &answer.response;
    let seen = Digest::of_parts(&[&response.authenticator_data, &response.client_data_json, &response.signature]);
    if !once::present(&mut tx, Kind::PasskeyAssertion, &seen, now, now.plus(LIFE * 2)).await? {
        return Err(refused("the same assertion again"));
    }
    let _ = passkey.update_credential(&result);
    if !store::used_passkey(&mut tx, &id, &json(&passkey)?, result.counter(), now).await? {
        return Err(refused("removed, or a later counter was seen meanwhile"));
    }
    let entered = entry(&person, "person_signed_in", request, now);
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entered).await?;
    if let Some(before) = before {
        store::end_session(&mut tx, before, now).await?;
    }
    let opened = session::open(&mut tx, person, &id, now).await?;
    head.commit(tx).await?;
    Ok(opened)
}
