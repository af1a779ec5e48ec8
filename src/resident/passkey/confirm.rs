//! Confirmation: one act of a signed-in resident, signed with her passkey.
//!
//! The challenge is the SHA-256 of the act's canonical record, so what the device signs is this act with these facts
//! and nothing else: an answer to another act, or to the same act with one fact changed, does not fit. It says that a
//! device of hers, with her finger or PIN on it, was there; it does not by itself make a reliable electronic
//! signature (电子签名法 13).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::Value as Cbor;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webauthn_rs::prelude::{PasskeyAuthentication, PublicKeyCredential, WebauthnError};

use super::ceremony::{self, State};
use super::sign_in::{keep_use, suspect};
use super::store;
use super::store::Found;
use crate::app::App;
use crate::crypto::token::Digest;
use crate::crypto::{hash, random};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{RequestId, ResidentId};
use crate::ledger::cbor;
use crate::resident::Refusal;
use crate::resident::session::{self, Session};
use crate::webauthn::ceremony::Begun;
use crate::webauthn::client_data::{self, Ceremony};
use crate::webauthn::{challenged, relying_party};

/// What the record of a confirmed act begins with.
const RECORD: &str = "latchkey/act/v1";

/// An act that takes a confirmation: what is done, about whom, and the facts that make it this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    what: &'static str,
    whose: ResidentId,
    facts: Vec<(&'static str, String)>,
}

impl Act {
    /// An act about a resident: `erasure.begin`.
    #[must_use]
    pub fn new(what: &'static str, whose: &ResidentId) -> Self {
        Self { what, whose: whose.clone(), facts: Vec::new() }
    }

    /// The same act with one more fact. Whatever the resident decides by confirming must be among them.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.facts.push((name, value.into()));
        self
    }
}

/// What makes a record of an act different from every other: when and where the confirmation began.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Occasion {
    session: String,
    at: i64,
    nonce: [u8; 32],
}

/// That a resident confirmed an act, with a passkey of her own, just now. Only [`finish`] makes one.
#[derive(Debug)]
pub struct Confirmed {
    act: Act,
    by: ResidentId,
    proof: Proof,
}

/// What proves a confirmation later, to somebody who has nothing of ours: SHA-256 of `record` is the challenge inside
/// the assertion's client data, and the assertion is signed by `key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The act's canonical record (CBOR), as base64url.
    pub record: String,
    /// The assertion, as WebAuthn's JSON form has it.
    pub assertion: Value,
    /// The public key it was made with; the passkey may be removed before anybody asks.
    pub key: Value,
}

impl Confirmed {
    /// A verb asks for its own act, made from its own arguments.
    ///
    /// # Errors
    /// `PasskeyRefused` when something else was confirmed.
    pub fn proves(&self, act: &Act) -> Result<&Proof, Refusal> {
        if self.act == *act { Ok(&self.proof) } else { Err(Refusal::PasskeyRefused("another act was confirmed")) }
    }

    /// Whose passkey it was: the resident herself, or whoever acts for her.
    #[must_use]
    pub fn by(&self) -> &ResidentId {
        &self.by
    }
}

/// Begins: options that only a passkey of the resident who is signed in can answer.
///
/// # Errors
/// When the database fails, or she has no passkey any more.
pub async fn begin(app: &App, browser: &Digest, session: &Session, act: &Act) -> Result<Begun, Refusal> {
    let mut tx = app.db.read().await?;
    let own = store::passkeys(&mut tx, &session.holder).await?;
    drop(tx);
    let (options, state) = relying_party(&app.config)?
        .start_passkey_authentication(&own)
        .map_err(|_| Refusal::PasskeyRefused("no passkey to confirm with"))?;
    let occasion =
        Occasion { session: session.id.as_str().to_owned(), at: app.now().millis(), nonce: random::bytes()? };
    let challenge = URL_SAFE_NO_PAD.encode(hash::sha256(&record(app, session, act, &occasion)));
    let options = challenged(&options, "/publicKey/challenge", &challenge)?;
    let state = serde_json::from_value(challenged(&state, "/ast/challenge", &challenge)?);
    let state: PasskeyAuthentication =
        state.map_err(|_| Fault::Internal("webauthn-rs keeps ceremonies in another form"))?;
    Ok(ceremony::begin(app, browser, &options, &State::Confirm { state, occasion }).await?)
}

/// Finishes. The act is the caller's own, made again from what was submitted.
///
/// # Errors
/// `CeremonyEnded`, or `PasskeyRefused`: also when the device signed another act.
pub async fn finish(
    app: &App, browser: &Digest, session: &Session, act: Act, answer: &PublicKeyCredential, request: &RequestId,
) -> Result<Confirmed, Refusal> {
    let issuer = &app.config.server.issuer;
    let challenge = client_data::check(issuer, Ceremony::Get, &answer.response.client_data_json)?;
    let State::Confirm { state, occasion } = ceremony::take(app, browser, &challenge).await? else {
        return Err(Refusal::CeremonyEnded("the other ceremony"));
    };
    if occasion.session != session.id.as_str() {
        return Err(Refusal::CeremonyEnded("begun in another session"));
    }
    let record = record(app, session, &act, &occasion);
    if Digest::of(&hash::sha256(&record)) != challenge {
        return Err(Refusal::PasskeyRefused("the device signed another act"));
    }
    let found = own_key(app, session, answer).await?;
    let key = public_key(&found)?;
    match relying_party(&app.config)?.finish_passkey_authentication(answer, &state) {
        Ok(result) if result.user_verified() => {
            let mut tx = app.db.begin().await?;
            still_open(&mut tx, session).await?;
            keep_use(&mut tx, found, &result, answer, app.now()).await?;
            tx.commit().await?;
        }
        Err(WebauthnError::CredentialPossibleCompromise) => return Err(suspect(app, &found, request).await?),
        Ok(_) => return Err(Refusal::PasskeyRefused("the device did not verify its owner")),
        Err(_) => return Err(Refusal::PasskeyRefused("the assertion did not verify")),
    }
    let assertion = serde_json::to_value(answer).map_err(|_| Fault::Internal("an assertion does not serialise"))?;
    let proof = Proof { record: URL_SAFE_NO_PAD.encode(record), assertion, key };
    Ok(Confirmed { act, by: session.holder.clone(), proof })
}

/// The passkey that answered, when it is hers.
async fn own_key(app: &App, session: &Session, answer: &PublicKeyCredential) -> Result<Found, Refusal> {
    let mut tx = app.db.read().await?;
    let found = store::find_own(&mut tx, &Digest::of(answer.get_credential_id()), &session.holder).await?;
    found.ok_or(Refusal::PasskeyRefused("not a passkey of hers"))
}

/// Whoever ended the session meanwhile must not be overtaken.
async fn still_open(tx: &mut Tx, session: &Session) -> Result<(), Refusal> {
    if session::is_open(tx, session).await? { Ok(()) } else { Err(Refusal::CeremonyEnded("the session ended")) }
}

/// The canonical record: whatever is signed, as one array (RFC 8949 §4.2.1).
fn record(app: &App, session: &Session, act: &Act, occasion: &Occasion) -> Vec<u8> {
    let fact = |(name, value): &(&str, String)| Cbor::Array(vec![cbor::text(name), cbor::text(value)]);
    cbor::encode(&Cbor::Array(vec![
        cbor::text(RECORD),
        Cbor::Bytes(app.custody.installation().to_vec()),
        cbor::text(act.what),
        cbor::text(session.holder.as_str()),
        cbor::text(act.whose.as_str()),
        cbor::text(&occasion.session),
        Cbor::from(occasion.at),
        Cbor::Bytes(occasion.nonce.to_vec()),
        Cbor::Array(act.facts.iter().map(fact).collect()),
    ]))
}

fn public_key(found: &Found) -> Result<Value, Fault> {
    let unknown = "webauthn-rs stores passkeys in another form";
    let passkey = serde_json::to_value(&found.passkey).map_err(|_| Fault::Internal(unknown))?;
    passkey.pointer("/cred/cred").cloned().ok_or(Fault::Internal(unknown))
}
