//! The operator's acts: inviting, making a new link, disabling, listing. Each stands in the ledger (kind 13).

use std::time::Duration;

use super::{Person, Refusal, Role, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::crypto::token::{Digest, Token};
use crate::custody;
use crate::fault::Fault;
use crate::ids::PersonId;
use crate::ledger::{self, Entry, Extra, Kind as EntryKind};
use crate::once::{self, Issue, Kind, Standing};

/// A link is good for seven days.
const LIFE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Somebody was invited.
#[derive(Debug)]
pub struct Invited {
    /// Who.
    pub person: Person,
    /// Belongs into `/desk/invitation/{token}`.
    pub token: Token,
    /// When the link ends.
    pub until: Timestamp,
}

/// Somebody, as the list shows it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Who.
    pub person: Person,
    /// Since when.
    pub since: Timestamp,
    /// When disabled.
    pub disabled_at: Option<Timestamp>,
    /// Whether there is a passkey.
    pub enrolled: bool,
}

/// Invites somebody under this name.
///
/// # Errors
/// When it could not be made durable.
pub async fn invite(app: &App, role: Role, name: &str) -> Result<Invited, Fault> {
    let now = app.now();
    let person = Person { id: random::id()?, name: name.to_owned(), role };
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    store::insert_person(&mut tx, &person, &random::bytes()?, now).await?;
    let invited = link(&mut tx, person, now).await?;
    let entry = entry("person_invited", &invited.person, now);
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    Ok(invited)
}

/// A new link for somebody whose passkey is gone: the old passkeys and sessions end.
///
/// # Errors
/// `NotFound` when there is nobody of that id, or the person is disabled.
pub async fn renew(app: &App, id: &PersonId) -> Result<Invited, Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let Some((person, None)) = store::person(&mut tx, id).await? else { return Err(Refusal::NotFound) };
    store::end_sessions(&mut tx, id, now).await?;
    store::remove_passkeys(&mut tx, id, now).await?;
    let invited = link(&mut tx, person, now).await?;
    let entry = entry("person_renewed", &invited.person, now);
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    Ok(invited)
}

/// Disables somebody: sessions end at once, and no door opens any more. `false`: was disabled before.
///
/// # Errors
/// `NotFound` when there is nobody of that id.
pub async fn disable(app: &App, id: &PersonId) -> Result<bool, Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let Some((person, _)) = store::person(&mut tx, id).await? else { return Err(Refusal::NotFound) };
    if !store::set_disabled(&mut tx, id, now).await? {
        return Ok(false);
    }
    store::end_sessions(&mut tx, id, now).await?;
    store::remove_passkeys(&mut tx, id, now).await?;
    once::end_all(&mut tx, Kind::PersonInvitation, id.as_str(), now).await?;
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry("person_disabled", &person, now)).await?;
    head.commit(tx).await?;
    Ok(true)
}

/// Everybody, the oldest first; also those who have left.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App) -> Result<Vec<Listed>, Fault> {
    store::everybody(&mut app.db.read().await?).await
}

/// Whom a link invites, and until when, if it may be followed. Changes nothing.
///
/// # Errors
/// `InvitationUnknown`.
pub async fn invited(app: &App, token: &str) -> Result<(Person, Timestamp), Refusal> {
    let mut tx = app.db.read().await?;
    let digest = Digest::of(token.as_bytes());
    let Standing::Open(found) = once::standing(&mut tx, Kind::PersonInvitation, &digest, app.now()).await? else {
        return Err(Refusal::InvitationUnknown);
    };
    let until = found.state.and_then(|state| state.try_into().ok()).map(i64::from_be_bytes);
    let until = until.ok_or(Fault::Stored("an invitation without its end"))?;
    match store::person(&mut tx, &PersonId::stored(found.subject)).await? {
        Some((person, None)) => Ok((person, Timestamp::from_seconds(until))),
        _ => Err(Refusal::InvitationUnknown),
    }
}

async fn link(tx: &mut crate::db::Tx, person: Person, now: Timestamp) -> Result<Invited, Fault> {
    let (token, until) = (Token::random()?, now.plus(LIFE));
    let (digest, end) = (token.digest(), until.seconds().to_be_bytes());
    once::end_all(tx, Kind::PersonInvitation, person.id.as_str(), now).await?;
    let (kind, subject) = (Kind::PersonInvitation, person.id.as_str());
    once::issue(tx, Issue { kind, digest: &digest, subject, state: Some(&end), now, expires: until }).await?;
    Ok(Invited { person, token, until })
}

fn entry(reason: &'static str, person: &Person, now: Timestamp) -> Entry {
    let notes = vec![("person", person.id.to_string()), ("role", person.role.as_str().to_owned())];
    Entry { reason, extra: Extra::Notes(notes), ..Entry::about_nobody(EntryKind::Operator, now) }
}
