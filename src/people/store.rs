//! SQL of people, their passkeys and sessions.

use super::invitation::Listed;
use super::session::Session;
use super::{Person, Role};
use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{PasskeyId, PersonId, SessionId};

pub(super) async fn insert_person(
    tx: &mut Tx, person: &Person, handle: &[u8; 16], now: Timestamp,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("INSERT INTO person (id, handle, role, name, created_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(person.id.as_str())
            .bind(handle.to_vec())
            .bind(person.role.as_str())
            .bind(person.name.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}

/// A person, and when it was disabled.
pub(super) async fn person(tx: &mut Tx, id: &PersonId) -> Result<Option<(Person, Option<Timestamp>)>, Fault> {
    let row: Option<(String, String, String, Option<i64>)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT id, name, role, disabled_at FROM person WHERE id = $1").bind(id.as_str())
    )?;
    row.map(|(id, name, role, disabled)| Ok((read(id, name, &role)?, disabled.map(Timestamp::from_seconds))))
        .transpose()
}

fn read(id: String, name: String, role: &str) -> Result<Person, Fault> {
    let role = Role::of(role).ok_or(Fault::Stored("a role that is none"))?;
    Ok(Person { id: PersonId::stored(id), name, role })
}

pub(super) async fn everybody(tx: &mut Tx) -> Result<Vec<Listed>, Fault> {
    type Row = (String, String, String, i64, Option<i64>, i64);
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT p.id, p.name, p.role, p.created_at, p.disabled_at,
                    (SELECT count(*) FROM person_passkey k WHERE k.person = p.id AND k.removed_at IS NULL)
               FROM person p ORDER BY p.created_at, p.id",
        )
    )?;
    let listed = |(id, name, role, since, disabled, keys): Row| {
        Ok(Listed {
            person: read(id, name, &role)?,
            since: Timestamp::from_seconds(since),
            disabled_at: disabled.map(Timestamp::from_seconds),
            enrolled: keys > 0,
        })
    };
    rows.into_iter().map(listed).collect()
}

/// `false`: was disabled before.
pub(super) async fn set_disabled(tx: &mut Tx, id: &PersonId, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE person SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL")
            .bind(id.as_str())
            .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// The user handle of somebody who is not disabled.
pub(super) async fn handle(tx: &mut Tx, id: &PersonId) -> Result<Option<[u8; 16]>, Fault> {
    let handle: Option<Vec<u8>> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar("SELECT handle FROM person WHERE id = $1 AND disabled_at IS NULL").bind(id.as_str())
    )?;
    handle.map(|bytes| bytes.try_into().map_err(|_| Fault::Stored("a user handle of another length"))).transpose()
}

/// `false`: the credential id is registered already.
pub(super) async fn insert_passkey(
    tx: &mut Tx, id: &PasskeyId, person: &PersonId, credential: &Digest, passkey: &[u8], counter: u32, now: Timestamp,
) -> Result<bool, Fault> {
    let inserted = execute!(
        tx,
        sqlx::query(
            "INSERT INTO person_passkey (id, person, credential, passkey, counter, created_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (credential) DO NOTHING",
        )
        .bind(id.as_str())
        .bind(person.as_str())
        .bind(credential.as_str())
        .bind(passkey)
        .bind(i64::from(counter))
        .bind(now.seconds())
    )?;
    Ok(inserted == 1)
}

/// The passkey of a credential id, when the user handle is its person's and the person is not disabled.
pub(super) async fn find_passkey(
    tx: &mut Tx, credential: &Digest, handle: &[u8],
) -> Result<Option<(PasskeyId, Person, Vec<u8>)>, Fault> {
    let row: Option<(String, Vec<u8>, String, String, String)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT k.id, k.passkey, p.id, p.name, p.role
               FROM person_passkey k JOIN person p ON p.id = k.person
              WHERE k.credential = $1 AND p.handle = $2 AND k.removed_at IS NULL AND p.disabled_at IS NULL",
        )
        .bind(credential.as_str())
        .bind(handle)
    )?;
    row.map(|(key, passkey, id, name, role)| Ok((PasskeyId::stored(key), read(id, name, &role)?, passkey))).transpose()
}

/// The passkeys of somebody who is not disabled: to confirm with.
pub(super) async fn passkeys(tx: &mut Tx, person: &PersonId) -> Result<Vec<Vec<u8>>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_scalar(
            "SELECT k.passkey FROM person_passkey k JOIN person p ON p.id = k.person
              WHERE k.person = $1 AND k.removed_at IS NULL AND p.disabled_at IS NULL",
        )
        .bind(person.as_str())
    )?)
}

/// The passkey of a credential id, when it is this person's, not removed, and the person not disabled.
pub(super) async fn own_passkey(
    tx: &mut Tx, credential: &Digest, person: &PersonId,
) -> Result<Option<(PasskeyId, Vec<u8>)>, Fault> {
    let row: Option<(String, Vec<u8>)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT k.id, k.passkey FROM person_passkey k JOIN person p ON p.id = k.person
              WHERE k.credential = $1 AND k.person = $2 AND k.removed_at IS NULL AND p.disabled_at IS NULL",
        )
        .bind(credential.as_str())
        .bind(person.as_str())
    )?;
    Ok(row.map(|(id, passkey)| (PasskeyId::stored(id), passkey)))
}

/// Keeps what a sign-in changed. `false`: removed or disabled meanwhile, or a later counter was seen.
pub(super) async fn used_passkey(
    tx: &mut Tx, id: &PasskeyId, passkey: &[u8], counter: u32, now: Timestamp,
) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE person_passkey SET passkey = $2, counter = $3, last_used_at = $4
              WHERE id = $1 AND removed_at IS NULL AND (counter < $3 OR (counter = 0 AND $3 = 0))
                AND EXISTS (SELECT 1 FROM person p WHERE p.id = person_passkey.person AND p.disabled_at IS NULL)",
        )
        .bind(id.as_str())
        .bind(passkey)
        .bind(i64::from(counter))
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

pub(super) async fn remove_passkeys(tx: &mut Tx, person: &PersonId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE person_passkey SET removed_at = $2, passkey = $3 WHERE person = $1 AND removed_at IS NULL")
            .bind(person.as_str())
            .bind(now.seconds())
            .bind(Vec::<u8>::new())
    )?;
    Ok(())
}

/// An open session, and when it was last used.
pub(super) async fn session(
    tx: &mut Tx, digest: &Digest, idle_since: Timestamp, begun_since: Timestamp,
) -> Result<Option<(Session, Timestamp)>, Fault> {
    type Row = (String, String, String, String, i64, i64);
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT s.id, p.id, p.name, p.role, s.signed_in_at, s.last_seen_at
               FROM person_session s
               JOIN person p ON p.id = s.person
               JOIN person_passkey k ON k.id = s.passkey
              WHERE s.digest = $1 AND s.ended_at IS NULL AND s.last_seen_at > $2 AND s.signed_in_at > $3
                AND p.disabled_at IS NULL AND k.removed_at IS NULL",
        )
        .bind(digest.as_str())
        .bind(idle_since.seconds())
        .bind(begun_since.seconds())
    )?;
    let session = |(id, person, name, role, signed_in_at, seen): Row| {
        let signed_in_at = Timestamp::from_seconds(signed_in_at);
        let session = Session { id: SessionId::stored(id), person: read(person, name, &role)?, signed_in_at };
        Ok((session, Timestamp::from_seconds(seen)))
    };
    row.map(session).transpose()
}

pub(super) async fn session_is_open(tx: &mut Tx, id: &SessionId) -> Result<bool, Fault> {
    let row: Option<(String,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT s.id FROM person_session s
               JOIN person p ON p.id = s.person
               JOIN person_passkey k ON k.id = s.passkey
              WHERE s.id = $1 AND s.ended_at IS NULL AND p.disabled_at IS NULL AND k.removed_at IS NULL",
        )
        .bind(id.as_str())
    )?;
    Ok(row.is_some())
}

pub(super) async fn insert_session(
    tx: &mut Tx, session: &Session, passkey: &PasskeyId, digest: &Digest,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO person_session (id, digest, person, passkey, signed_in_at, last_seen_at)
             VALUES ($1, $2, $3, $4, $5, $5)",
        )
        .bind(session.id.as_str())
        .bind(digest.as_str())
        .bind(session.person.id.as_str())
        .bind(passkey.as_str())
        .bind(session.signed_in_at.seconds())
    )?;
    Ok(())
}

pub(super) async fn touch_session(tx: &mut Tx, id: &SessionId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE person_session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2")
            .bind(id.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}

pub(super) async fn end_session(tx: &mut Tx, id: &SessionId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE person_session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL")
            .bind(id.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}

pub(super) async fn end_sessions(tx: &mut Tx, person: &PersonId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE person_session SET ended_at = $2 WHERE person = $1 AND ended_at IS NULL")
            .bind(person.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}

pub(super) async fn sweep_sessions(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(
        tx,
        sqlx::query("DELETE FROM person_session WHERE ended_at < $1 OR last_seen_at < $1").bind(before.seconds())
    )?)
}
