//! Confirmation: one act of somebody of the service centre, signed with that person's passkey at that moment.
//!
//! What must not lie in one hand is asked for by one person and approved by another. The approval is a confirmation of
//! its own whose facts hold all the bytes that the first one signed ([`approval`]): a request of which one letter was
//! changed is another request, and needs another approval.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webauthn_rs::prelude::{AuthenticationResult, Passkey, PasskeyAuthentication, PublicKeyCredential, WebauthnError};

use super::record::{Act, Occasion, Recorded, challenge, encode};
use super::{json, stored};
use crate::app::App;
use crate::clock::Timestamp;
use crate::config::Issuer;
use crate::crypto::random;
use crate::crypto::token::Digest;
use crate::fault::Fault;
use crate::ids::{PasskeyId, PersonId};
use crate::once::{self, Kind};
use crate::people::session::Session;
use crate::people::{Refusal, session, store};
use crate::webauthn::ceremony::{self, Begun, LIFE};
use crate::webauthn::client_data::{self, Ceremony};
use crate::webauthn::{challenged, relying_party};

#[derive(Serialize, Deserialize)]
struct Confirming {
    confirming: PasskeyAuthentication,
    occasion: Occasion,
}

/// That somebody confirmed an act, with a passkey of their own, just now. Only [`finish`] makes one.
#[derive(Debug, Clone)]
pub struct Confirmed {
    act: Act,
    by: PersonId,
    key: PasskeyId,
    proof: Proof,
}

/// What proves a confirmation later, to somebody who has nothing of ours: SHA-256 of `record` is the challenge inside
/// the assertion's client data, and the assertion is signed by `key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The signed bytes, as base64url.
    pub record: String,
    /// The assertion, as WebAuthn's JSON form has it.
    pub assertion: Value,
    /// The public key it was made with; the passkey may be removed before anybody asks.
    pub key: Value,
    /// Under which name of the service it was signed; `None` in the oldest ones: under the present one. A service that
    /// has moved reads what was signed before.
    #[serde(default)]
    pub origin: Option<String>,
}

impl Proof {
    /// The act, read from the signed bytes: what is shown to whoever approves.
    ///
    /// # Errors
    /// When they are not of this installation, or the assertion is not one of these bytes.
    pub fn recorded(&self, app: &App) -> Result<Recorded, Fault> {
        let altered = || Fault::Stored("a confirmation whose parts do not belong together");
        let bytes = URL_SAFE_NO_PAD.decode(&self.record).map_err(|_| altered())?;
        let said = self.assertion.pointer("/response/clientDataJSON").and_then(Value::as_str).ok_or_else(altered)?;
        let said = URL_SAFE_NO_PAD.decode(said).map_err(|_| altered())?;
        let origin = self.origin.as_deref().map(Issuer::parse).transpose().map_err(|_| altered())?;
        let issuer = origin.as_ref().unwrap_or(&app.config.server.issuer);
        let signed = client_data::check(issuer, Ceremony::Get, &said).map_err(|_| altered())?;
        if signed != Digest::of(&challenge(&bytes)) {
            return Err(altered());
        }
        Recorded::read(&bytes, app.custody.installation()).map_err(|_| altered())
    }
}

impl Confirmed {
    /// A verb asks for its own act, made from its own arguments.
    ///
    /// # Errors
    /// `PasskeyRefused` when something else was confirmed.
    pub fn proves(&self, act: &Act) -> Result<&Proof, Refusal> {
        if self.act == *act { Ok(&self.proof) } else { Err(Refusal::PasskeyRefused("another act was confirmed")) }
    }

    /// Whose passkey it was.
    #[must_use]
    pub fn by(&self) -> &PersonId {
        &self.by
    }

    /// Which passkey it was: entries name it.
    #[must_use]
    pub fn key(&self) -> &PasskeyId {
        &self.key
    }
}

/// The act of approving what somebody asked for: it has all the bytes in it that were signed then.
#[must_use]
pub fn approval(asked: &Proof, what: &str) -> Act {
    Act::new(what).with("asked", &asked.record)
}

/// What was asked for, when it is approved by another hand, in time, and word for word.
///
/// # Errors
/// `SameHand`, `Late` fifteen minutes after it was asked for, `PasskeyRefused` when something else was approved.
pub fn two_hands(app: &App, asked: &Proof, approved: &Confirmed, what: &str) -> Result<Recorded, Refusal> {
    let recorded = asked.recorded(app)?;
    if recorded.person == approved.by {
        return Err(Refusal::SameHand);
    }
    if !recorded.is_open(app.now()) {
        return Err(Refusal::Late);
    }
    approved.proves(&approval(asked, what))?;
    Ok(recorded)
}

/// Begins: options that only a passkey of whoever is signed in can answer.
///
/// # Errors
/// When the database fails, or there is no passkey any more.
pub async fn begin(app: &App, browser: &Digest, session: &Session, act: &Act) -> Result<Begun, Refusal> {
    let own = store::passkeys(&mut app.db.read().await?, &session.person.id).await?;
    let own: Vec<Passkey> = own.iter().map(|passkey| stored(passkey)).collect::<Result<_, _>>()?;
    let (options, state) = relying_party(&app.config)?
        .start_passkey_authentication(&own)
        .map_err(|_| Refusal::PasskeyRefused("no passkey to confirm with"))?;
    let occasion =
        Occasion { session: session.id.as_str().to_owned(), at: app.now().millis(), nonce: random::bytes()? };
    let challenge = URL_SAFE_NO_PAD.encode(challenge(&record(app, session, act, &occasion)));
    let options = challenged(&options, "/publicKey/challenge", &challenge)?;
    let state = serde_json::from_value(challenged(&state, "/ast/challenge", &challenge)?);
    let confirming = state.map_err(|_| Fault::Internal("webauthn-rs keeps ceremonies in another form"))?;
    let state = Confirming { confirming, occasion };
    Ok(ceremony::begin(app, Kind::PersonCeremony, browser, &options, &state).await?)
}

/// Finishes. The act is the caller's own, made again from what was submitted.
///
/// # Errors
/// `CeremonyEnded`, or `PasskeyRefused`: also when the device signed another act.
pub async fn finish(
    app: &App, browser: &Digest, session: &Session, act: Act, answer: &PublicKeyCredential,
) -> Result<Confirmed, Refusal> {
    let refused = Refusal::PasskeyRefused;
    let issuer = &app.config.server.issuer;
    let answered = client_data::check(issuer, Ceremony::Get, &answer.response.client_data_json)?;
    let begun: Confirming = ceremony::take(app, Kind::PersonCeremony, browser, &answered).await?;
    if begun.occasion.session != session.id.as_str() {
        return Err(Refusal::CeremonyEnded("begun in another session"));
    }
    let record = record(app, session, &act, &begun.occasion);
    if Digest::of(&challenge(&record)) != answered {
        return Err(refused("the device signed another act"));
    }
    let credential = Digest::of(answer.get_credential_id());
    let found = store::own_passkey(&mut app.db.read().await?, &credential, &session.person.id).await?;
    let (key, passkey) = found.ok_or(refused("not a passkey of theirs"))?;
    let passkey = stored(&passkey)?;
    let public = public_key(&passkey)?;
    match relying_party(&app.config)?.finish_passkey_authentication(answer, &begun.confirming) {
        Ok(result) if result.user_verified() => keep_use(app, session, (&key, passkey), &result, answer).await?,
        Ok(_) => return Err(refused("the device did not verify its owner")),
        Err(WebauthnError::CredentialPossibleCompromise) => return Err(refused("the counter ran backwards")),
        Err(_) => return Err(refused("the assertion did not verify")),
    }
    let assertion = serde_json::to_value(answer).map_err(|_| Fault::Internal("an assertion does not serialise"))?;
    let origin = Some(issuer.as_str().to_owned());
    let proof = Proof { record: URL_SAFE_NO_PAD.encode(record), assertion, key: public, origin };
    Ok(Confirmed { act, by: session.person.id.clone(), key, proof })
}

/// The same assertion a second time, an ended session, a disabled person or a removed passkey: none of them counts.
async fn keep_use(
    app: &App, session: &Session, (id, mut passkey): (&PasskeyId, Passkey), result: &AuthenticationResult,
    answer: &PublicKeyCredential,
) -> Result<(), Refusal> {
    let (now, response): (Timestamp, _) = (app.now(), &answer.response);
    let seen = Digest::of_parts(&[&response.authenticator_data, &response.client_data_json, &response.signature]);
    let mut tx = app.db.begin().await?;
    if !session::is_open(&mut tx, session).await? {
        return Err(Refusal::CeremonyEnded("the session ended"));
    }
    if !once::present(&mut tx, Kind::PasskeyAssertion, &seen, now, now.plus(LIFE * 2)).await? {
        return Err(Refusal::PasskeyRefused("the same assertion again"));
    }
    let _ = passkey.update_credential(result);
    if !store::used_passkey(&mut tx, id, &json(&passkey)?, result.counter(), now).await? {
        return Err(Refusal::PasskeyRefused("removed, or a later counter was seen meanwhile"));
    }
    tx.commit().await?;
    Ok(())
}

fn record(app: &App, session: &Session, act: &Act, occasion: &Occasion) -> Vec<u8> {
    encode(act, app.custody.installation(), (&session.person.id, session.person.role), occasion)
}

fn public_key(passkey: &Passkey) -> Result<Value, Fault> {
    let unknown = "webauthn-rs stores passkeys in another form";
    let passkey = serde_json::to_value(passkey).map_err(|_| Fault::Internal(unknown))?;
    passkey.pointer("/cred/cred").cloned().ok_or(Fault::Internal(unknown))
}
