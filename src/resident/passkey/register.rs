//! Registration: an invitation's first passkey, a further one, or the one that a recovery code allows.

use webauthn_rs::prelude::{Passkey, RegisterPublicKeyCredential, Uuid};

use super::ceremony::{self, Ground, State};
use super::{credential_act, inside, store as keys};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::crypto::token::{Digest, Token};
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{PasskeyId, RequestId, ResidentId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, Entry, Head};
use crate::once;
use crate::resident::session::{self, Session};
use crate::resident::{Refusal, invitation, recovery, store as residents};
use crate::webauthn::ceremony::Begun;
use crate::webauthn::client_data::{self, Ceremony};
use crate::webauthn::{LONGEST_ID, discoverable, relying_party};

/// Who wants to register, and by which right.
#[derive(Debug)]
pub enum Registration<'a> {
    /// Somebody who followed an invitation: its token.
    Invited(&'a str),
    /// A resident who is signed in.
    Another(&'a Session),
    /// A resident whose recovery code was right: the token of the right it gave.
    Recovering(&'a str),
    /// A resident to whom the desk gave a link to recover: its token.
    AtDesk(&'a str),
}

/// A passkey was made.
#[derive(Debug)]
pub struct Registered {
    /// Its name in our pages.
    pub passkey: PasskeyId,
    /// The session that it opened at once, and its cookie; none when a resident added a further one.
    pub session: Option<(Session, Token)>,
}

/// Begins. `name` is what the authenticator shows beside the community's name; nothing the device's owner does not
/// know of herself.
///
/// # Errors
/// A refusal when the right to register is not there, or not any more.
pub async fn begin(app: &App, browser: &Digest, registration: Registration<'_>, name: &str) -> Result<Begun, Refusal> {
    let (resident, ground) = right(app, browser, &registration).await?;
    let mut tx = app.db.read().await?;
    let handle = residents::handle(&mut tx, &resident).await?.ok_or(Refusal::NotFound)?;
    let own = keys::passkeys(&mut tx, &resident).await?;
    drop(tx);
    let exclude = own.iter().map(|key| key.cred_id().clone()).collect();
    let (options, state) = relying_party(&app.config)?
        .start_passkey_registration(Uuid::from_bytes(handle), name, name, Some(exclude))
        .map_err(|_| Fault::Internal("a registration did not begin"))?;
    let state = State::Register { state, resident: resident.as_str().to_owned(), ground };
    Ok(ceremony::begin(app, browser, &discoverable(&options)?, &state).await?)
}

async fn right(app: &App, browser: &Digest, wanted: &Registration<'_>) -> Result<(ResidentId, Ground), Refusal> {
    match wanted {
        Registration::Invited(token) => {
            let invited = invitation::invitation(app, token).await?;
            let digest = Digest::of(token.as_bytes()).as_str().to_owned();
            Ok((invited.resident, Ground::Invitation(digest)))
        }
        Registration::Another(session) if !session.is_fresh(app.now()) => Err(Refusal::NotFresh),
        Registration::Another(session) => {
            Ok((session.resident.clone(), Ground::Session(session.id.as_str().to_owned())))
        }
        Registration::Recovering(token) => {
            let digest = Digest::of(token.as_bytes());
            let mut tx = app.db.read().await?;
            let right = recovery::right(app, &mut tx, browser, &digest).await?;
            Ok((right.resident, Ground::Recovery(digest.as_str().to_owned())))
        }
        Registration::AtDesk(token) => {
            let digest = Digest::of(token.as_bytes());
            let resident = recovery::desk_ground(app, &mut app.db.read().await?, &digest).await?;
            Ok((resident, Ground::Desk(digest.as_str().to_owned())))
        }
    }
}

/// Finishes. Using the right up, storing the passkey, entering it and opening the session are one transaction: if we
/// crash before its commit, the invitation or code is still good.
///
/// # Errors
/// `CeremonyEnded`, `PasskeyRefused`, or that the right is gone meanwhile. Also for [`Registration::AtDesk`]: that one
/// ends a recovery, in a transaction of the desk's own.
pub async fn finish(
    app: &App, browser: &Digest, registration: Registration<'_>, answer: &RegisterPublicKeyCredential,
    request: &RequestId,
) -> Result<Registered, Refusal> {
    if matches!(registration, Registration::AtDesk(_)) {
        return Err(Refusal::CeremonyEnded("not without its recovery"));
    }
    let new = checked(app, browser, &registration, answer).await?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let registered = store(&mut tx, app, &mut head, browser, &registration, &new, request).await?;
    head.commit(tx).await?;
    Ok(registered)
}

/// Checks an answer, and uses its ceremony up.
///
/// # Errors
/// `CeremonyEnded`, `PasskeyRefused`.
pub async fn checked(
    app: &App, browser: &Digest, registration: &Registration<'_>, answer: &RegisterPublicKeyCredential,
) -> Result<New, Refusal> {
    let issuer = &app.config.server.issuer;
    let challenge = client_data::check(issuer, Ceremony::Create, &answer.response.client_data_json)?;
    let State::Register { state, resident, ground } = ceremony::take(app, browser, &challenge).await? else {
        return Err(Refusal::CeremonyEnded("the other ceremony"));
    };
    if !belongs(&ground, registration) {
        return Err(Refusal::CeremonyEnded("begun by another right"));
    }
    let passkey = relying_party(&app.config)?
        .finish_passkey_registration(answer, &state)
        .map_err(|_| Refusal::PasskeyRefused("the registration did not verify"))?;
    if passkey.cred_id().len() > LONGEST_ID {
        return Err(Refusal::PasskeyRefused("the credential id is too long"));
    }
    Ok(New { resident: ResidentId::stored(resident), ground, passkey })
}

/// A passkey that was made and checked, and is not stored yet.
#[derive(Debug)]
pub struct New {
    resident: ResidentId,
    ground: Ground,
    passkey: Passkey,
}

impl New {
    /// Whose it will be.
    #[must_use]
    pub const fn resident(&self) -> &ResidentId {
        &self.resident
    }
}

/// Uses the right up, stores the passkey, enters it and opens the session, at the held head.
///
/// # Errors
/// `PasskeyRefused`, or that the right is gone meanwhile.
pub async fn store(
    tx: &mut Tx, app: &App, head: &mut Head, browser: &Digest, registration: &Registration<'_>, new: &New,
    request: &RequestId,
) -> Result<Registered, Refusal> {
    let now = app.now();
    let id: PasskeyId = random::id()?;
    let reason = use_right(app, tx, browser, new, registration, now).await?;
    let inside = inside(&new.passkey)?;
    let row = keys::NewRow { id: &id, resident: &new.resident, passkey: &new.passkey, inside };
    if !keys::insert(tx, row, now).await? {
        return Err(Refusal::PasskeyRefused("the credential is registered already"));
    }
    recovery::void_rights(tx, &new.resident, now).await?;
    // Whoever has a passkey needs no slip: one that was printed meanwhile must not wait for its day.
    once::end_all(tx, once::Kind::Invitation, new.resident.as_str(), now).await?;
    let session = match registration {
        Registration::Another(_) => None,
        _ => Some(session::open(tx, &new.resident, &id, now).await?),
    };
    let entry = Entry { request: Some(request.clone()), ..credential_act(&new.resident, reason, now) };
    let _pending = custody::enter(tx, &app.custody, head, entry).await?;
    if let Some(word) = told(reason, registration) {
        inbox::put(tx, &Tell { resident: &new.resident, word, client: None, about: None }, now).await?;
    }
    Ok(Registered { passkey: id, session })
}

/// What she is told of it. Of the first passkey she needs no message: she has just made it.
fn told(reason: &str, registration: &Registration<'_>) -> Option<Word> {
    match (reason, registration) {
        ("recovery_used", _) => Some(Word::Recovered),
        (_, Registration::Another(_)) => Some(Word::NewPasskey),
        _ => None,
    }
}

/// Uses the right up, and says what the ledger will call it.
async fn use_right(
    app: &App, tx: &mut Tx, browser: &Digest, new: &New, registration: &Registration<'_>, now: Timestamp,
) -> Result<&'static str, Refusal> {
    if !residents::is_open(tx, &new.resident).await? {
        return Err(Refusal::NotFound);
    }
    match (&new.ground, registration) {
        (Ground::Invitation(digest), _) => {
            let digest = Digest::stored(digest.clone());
            invitation::accept(tx, &digest, &new.resident, now).await?;
            Ok("passkey_added")
        }
        (Ground::Session(_), Registration::Another(session)) => {
            let fresh = session.is_fresh(now) && session::is_open(tx, session).await?;
            if fresh { Ok("passkey_added") } else { Err(Refusal::NotFresh) }
        }
        (Ground::Session(_), _) => Err(Refusal::NotFresh),
        (Ground::Recovery(digest), _) => {
            let digest = Digest::stored(digest.clone());
            recovery::redeem(app, tx, browser, &digest, now).await?;
            Ok("recovery_used")
        }
        (Ground::Desk(digest), _) => {
            recovery::redeem_at_desk(tx, &Digest::stored(digest.clone()), &new.resident, now).await?;
            Ok("recovered_at_desk")
        }
    }
}

/// Whether the ceremony was begun by the right that it is finished with.
fn belongs(ground: &Ground, registration: &Registration<'_>) -> bool {
    let same = |digest: &str, token: &str| digest == Digest::of(token.as_bytes()).as_str();
    match (ground, registration) {
        (Ground::Invitation(digest), Registration::Invited(token))
        | (Ground::Recovery(digest), Registration::Recovering(token))
        | (Ground::Desk(digest), Registration::AtDesk(token)) => same(digest, token),
        (Ground::Session(id), Registration::Another(session)) => id == session.id.as_str(),
        _ => false,
    }
}
