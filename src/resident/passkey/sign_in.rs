//! Sign-in: a passkey that the browser finds by itself; nobody types a name, so nobody can try names (case 116).

use webauthn_rs::prelude::{AuthenticationResult, Passkey, PublicKeyCredential, WebauthnError};

use super::ceremony::{self, State};
use super::store::Found;
use super::{credential_act, decoy, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::token::{Digest, Token};
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{RequestId, ResidentId, SessionId};
use crate::ledger::{self, Entry, Outcome};
use crate::once::{self, Kind};
use crate::resident::session::{self, Session};
use crate::resident::store as residents;
use crate::resident::{Refusal, sealed};
use crate::webauthn::ceremony::{Begun, LIFE};
use crate::webauthn::client_data::{self, Ceremony};
use crate::webauthn::{LONGEST_ID, relying_party};

/// Begins. The same for everybody: there is nothing to know yet.
///
/// # Errors
/// When the database fails.
pub async fn begin(app: &App, browser: &Digest) -> Result<Begun, Fault> {
    let (options, state) = relying_party(&app.config)?
        .start_discoverable_authentication()
        .map_err(|_| Fault::Internal("a sign-in did not begin"))?;
    let options = serde_json::to_value(&options).map_err(|_| Fault::Internal("options do not serialise"))?;
    ceremony::begin(app, browser, &options, &State::SignIn(state)).await
}

/// A passkey that was shown and verified; nothing rests on it yet.
pub struct Shown {
    found: Found,
    result: AuthenticationResult,
}

impl Shown {
    /// Whose passkey it is.
    #[must_use]
    pub fn resident(&self) -> &ResidentId {
        &self.found.resident
    }
}

/// Finishes: a session under a fresh cookie; `before`, the one this browser had, ends.
///
/// # Errors
/// `CeremonyEnded`, or `PasskeyRefused`: the same for an unknown passkey and for a bad signature; `Sealed` when the record
/// was sealed lately, because she is said to have died.
pub async fn finish(
    app: &App, browser: &Digest, answer: &PublicKeyCredential, before: Option<&SessionId>, request: &RequestId,
) -> Result<(Session, Token), Refusal> {
    let shown = shown(app, browser, answer, request).await?;
    let mut tx = app.db.begin().await?;
    if sealed::may_say_alive(&mut tx, shown.resident(), app.now()).await? {
        return Err(Refusal::Sealed);
    }
    let opened = open(&mut tx, app, shown, answer).await?;
    if let Some(before) = before {
        session::replace(&mut tx, before, &opened.0, app.now()).await?;
    }
    tx.commit().await?;
    Ok(opened)
}

/// The passkey that a browser shows on the ceremony it began, verified.
///
/// # Errors
/// `CeremonyEnded`, or `PasskeyRefused`.
pub async fn shown(
    app: &App, browser: &Digest, answer: &PublicKeyCredential, request: &RequestId,
) -> Result<Shown, Refusal> {
    let issuer = &app.config.server.issuer;
    let challenge = client_data::check(issuer, Ceremony::Get, &answer.response.client_data_json)?;
    let State::SignIn(state) = ceremony::take(app, browser, &challenge).await? else {
        return Err(Refusal::CeremonyEnded("the other ceremony"));
    };
    let verify = |passkey: &Passkey| -> Result<_, Fault> {
        Ok(relying_party(&app.config)?.finish_discoverable_authentication_v2(answer, state, passkey))
    };
    let Some(found) = find(app, answer).await? else {
        // The same work as for a known one; what comes out of it does not count.
        let _ = verify(&decoy::for_answer(answer)?)?;
        return Err(Refusal::PasskeyRefused("unknown"));
    };
    match verify(&found.passkey)? {
        Ok(result) if !result.user_verified() => Err(Refusal::PasskeyRefused("the device did not verify its owner")),
        Ok(result) => Ok(Shown { found, result }),
        Err(WebauthnError::CredentialPossibleCompromise) => Err(suspect(app, &found, request).await?),
        Err(_) => Err(Refusal::PasskeyRefused("the assertion did not verify")),
    }
}

/// The passkey that answered, when the user handle is its owner's.
async fn find(app: &App, answer: &PublicKeyCredential) -> Result<Option<Found>, Fault> {
    let Some(handle) = answer.get_user_unique_id().filter(|handle| handle.len() == 16) else { return Ok(None) };
    if answer.get_credential_id().len() > LONGEST_ID {
        return Ok(None);
    }
    let mut tx = app.db.read().await?;
    store::find(&mut tx, &Digest::of(answer.get_credential_id()), handle).await
}

/// Opens the session of a passkey that was shown; the caller commits.
///
/// # Errors
/// `PasskeyRefused` when she is locked, or the passkey is gone by now.
pub async fn open(
    tx: &mut Tx, app: &App, shown: Shown, answer: &PublicKeyCredential,
) -> Result<(Session, Token), Refusal> {
    let now = app.now();
    let Shown { found, result } = shown;
    let (resident, id) = (found.resident.clone(), found.id.clone());
    keep_use(tx, found, &result, answer, now).await?;
    Ok(session::open(tx, &resident, &id, now).await?)
}

/// What every use of a passkey comes to, whatever for: this assertion once, of an open resident, the counter forward.
pub(super) async fn keep_use(
    tx: &mut Tx, mut found: Found, result: &AuthenticationResult, answer: &PublicKeyCredential, now: Timestamp,
) -> Result<(), Refusal> {
    let seen = assertion(answer);
    if !once::present(tx, Kind::PasskeyAssertion, &seen, now, now.plus(LIFE * 2)).await? {
        return Err(Refusal::PasskeyRefused("the same assertion again"));
    }
    if !residents::is_open(tx, &found.resident).await? {
        return Err(Refusal::PasskeyRefused("the resident is locked"));
    }
    let _ = found.passkey.update_credential(result);
    if !store::used(tx, &found, result, now).await? {
        return Err(Refusal::PasskeyRefused("removed, or a later counter was seen meanwhile"));
    }
    Ok(())
}

/// A counter ran backwards under a good signature: two devices hold this key. Refused, remembered, and told to the
/// resident in her book; the stored counter stays (case 119, V63).
pub(super) async fn suspect(app: &App, found: &Found, request: &RequestId) -> Result<Refusal, Fault> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    store::suspect(&mut tx, &found.id, now).await?;
    let entry = Entry {
        request: Some(request.clone()),
        outcome: Outcome::Refused,
        ..credential_act(&found.resident, "credential_clone_suspected", now)
    };
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    tracing::warn!(event = "credential_clone_suspected", request = %request, "a passkey's counter ran backwards");
    Ok(Refusal::PasskeyRefused("the counter ran backwards"))
}

/// What makes an assertion the same one.
fn assertion(answer: &PublicKeyCredential) -> Digest {
    let response = &answer.response;
    Digest::of_parts(&[&response.authenticator_data, &response.client_data_json, &response.signature])
}

/// Reads a passkey from its stored form.
pub(super) fn stored(passkey: &[u8]) -> Result<Passkey, Fault> {
    serde_json::from_slice(passkey).map_err(|_| Fault::Stored("a passkey does not read"))
}
