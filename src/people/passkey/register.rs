//! From the operator's link to the first passkey.

use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::{PasskeyRegistration, RegisterPublicKeyCredential, Uuid};

use super::{Entered, entry, json};
use crate::app::App;
use crate::crypto::random;
use crate::crypto::token::Digest;
use crate::custody;
use crate::fault::Fault;
use crate::ids::{PasskeyId, PersonId, RequestId};
use crate::ledger;
use crate::once::{self, Kind};
use crate::people::{Refusal, invitation, session, store};
use crate::webauthn::ceremony::{self, Begun};
use crate::webauthn::client_data::{self, Ceremony};
use crate::webauthn::{LONGEST_ID, discoverable, relying_party};

#[derive(Serialize, Deserialize)]
struct Registering {
    state: PasskeyRegistration,
    invitation: String,
}

/// Begins. `label` is what the authenticator shows beside the community's name.
///
/// # Errors
/// `InvitationUnknown`.
pub async fn begin(app: &App, browser: &Digest, token: &str, label: &str) -> Result<Begun, Refusal> {
    let (person, _) = invitation::invited(app, token).await?;
    let mut tx = app.db.read().await?;
    let handle = store::handle(&mut tx, &person.id).await?.ok_or(Refusal::InvitationUnknown)?;
    drop(tx);
    let (options, state) = relying_party(&app.config)?
        .start_passkey_registration(Uuid::from_bytes(handle), label, label, None)
        .map_err(|_| Fault::Internal("a registration did not begin"))?;
    let invitation = Digest::of(token.as_bytes()).as_str().to_owned();
    Ok(ceremony::begin(
        app,
        Kind::PersonCeremony,
        browser,
        &discoverable(&options)?,
        &Registering { state, invitation },
    )
    .await?)
}

/// Finishes: the link is used up, the passkey stored and entered, a session opened, in one transaction.
///
/// # Errors
/// `CeremonyEnded`, `PasskeyRefused`, or that the link is gone meanwhile.
pub async fn finish(
    app: &App, browser: &Digest, token: &str, answer: &RegisterPublicKeyCredential, request: &RequestId,
) -> Result<Entered, Refusal> {
    let issuer = &app.config.server.issuer;
    let challenge = client_data::check(issuer, Ceremony::Create, &answer.response.client_data_json)?;
    let begun: Registering = ceremony::take(app, Kind::PersonCeremony, browser, &challenge).await?;
    let digest = Digest::of(token.as_bytes());
    if begun.invitation != digest.as_str() {
        return Err(Refusal::CeremonyEnded("begun by another link"));
    }
    let passkey = relying_party(&app.config)?
        .finish_passkey_registration(answer, &begun.state)
        .map_err(|_| Refusal::PasskeyRefused("the registration did not verify"))?;
    if passkey.cred_id().len() > LONGEST_ID {
        return Err(Refusal::PasskeyRefused("the credential id is too long"));
    }

    let now = app.now();
    let id: PasskeyId = random::id()?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let used = once::consume(&mut tx, Kind::PersonInvitation, &digest, now).await?;
    let person = PersonId::stored(used.ok_or(Refusal::InvitationUnknown)?.subject);
    let Some((person, None)) = store::person(&mut tx, &person).await? else {
        return Err(Refusal::InvitationUnknown);
    };
    let credential = Digest::of(passkey.cred_id());
    if !store::insert_passkey(&mut tx, &id, &person.id, &credential, &json(&passkey)?, 0, now).await? {
        return Err(Refusal::PasskeyRefused("the credential is registered already"));
    }
    let entered = entry(&person, "person_enrolled", request, now);
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entered).await?;
    let opened = session::open(&mut tx, person, &id, now).await?;
    head.commit(tx).await?;
    Ok(opened)
}
