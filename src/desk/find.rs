//! Finding somebody: exactly, by what she says or shows; counted, and entered whatever comes of it.

use std::time::Duration;

use super::sitting::{Label, Sitting, open};
use super::{Refusal, store};
use crate::app::App;
use crate::custody;
use crate::ids::{RequestId, ResidentId};
use crate::ledger::{self, Actor, Entry, Extra, Kind, Outcome};
use crate::people::Session;
use crate::vault;

/// An hour, in which so many looks are allowed.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// A value of a blind index, in the import's spelling.
#[derive(Debug, Clone, Copy)]
pub struct Index<'a> {
    /// Which index.
    pub field: &'a str,
    /// The value.
    pub value: &'a str,
}

/// Looks for residents. One sitting for each that was found, a few at most: a family may share a phone.
///
/// # Errors
/// `TooMany` when this person searched too often in this hour; that is entered for the auditors.
pub async fn find(
    app: &App, session: &Session, wanted: &[Index<'_>], request: &RequestId,
) -> Result<Vec<Sitting>, Refusal> {
    let now = app.now();
    let mut digests = Vec::new();
    for index in wanted {
        digests.push((index.field.to_owned(), app.custody.blind_index(index.field, index.value)?));
    }
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let looks = store::looks_since(&mut tx, &session.person.id, now.minus(HOUR)).await?;
    let allowed = looks < i64::from(app.config.desk.looks_per_hour);
    store::insert_look(&mut tx, &session.person.id, !allowed, now).await?;
    let mut found: Vec<ResidentId> = Vec::new();
    for (field, digest) in &digests {
        if allowed && found.is_empty() {
            found = store::with_index(&mut tx, field, digest).await?;
        }
    }
    if found.is_empty() {
        // Nobody's book has a line of it, so the auditors' has.
        let entry = Entry {
            actor: Actor::Staff,
            person: Some(session.person.id.clone()),
            outcome: if allowed { Outcome::Allowed } else { Outcome::Refused },
            reason: if allowed { "desk_look_found_nobody" } else { "desk_looks_too_many" },
            request: Some(request.clone()),
            extra: Extra::Notes(vec![("staff", session.person.id.to_string())]),
            ..Entry::about_nobody(Kind::Staff, now)
        };
        let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    }
    head.commit(tx).await?;
    if !allowed {
        return Err(Refusal::TooMany("looks of a member of staff"));
    }
    let mut sittings = Vec::with_capacity(found.len());
    for resident in found {
        // The gate enters the look in her book before anything is opened.
        let fields = vault::look_at_desk(app, &resident, &session.person.id, request.clone()).await?;
        sittings.push(open(app, session, &resident, Label::of(&fields)).await?);
    }
    Ok(sittings)
}
