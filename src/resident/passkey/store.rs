//! SQL of passkeys.

use webauthn_rs::prelude::{AuthenticationResult, Passkey};

use super::sign_in::stored;
use super::{Inside, KeyView};
use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{PasskeyId, ResidentId};

/// A passkey that may be registered.
pub(super) struct NewRow<'a> {
    pub id: &'a PasskeyId,
    pub resident: &'a ResidentId,
    pub passkey: &'a Passkey,
    pub inside: Inside,
}

/// A passkey that somebody shows.
pub(super) struct Found {
    pub id: PasskeyId,
    pub resident: ResidentId,
    pub passkey: Passkey,
}

impl Found {
    fn read((id, resident, passkey): (String, String, Vec<u8>)) -> Result<Self, Fault> {
        let passkey = stored(&passkey)?;
        Ok(Self { id: PasskeyId::stored(id), resident: ResidentId::stored(resident), passkey })
    }
}

/// `false`: the credential id is registered already, to whomever, or was once.
pub(super) async fn insert(tx: &mut Tx, row: NewRow<'_>, now: Timestamp) -> Result<bool, Fault> {
    let inserted = execute!(
        tx,
        sqlx::query(
            "INSERT INTO resident_passkey (id, resident, credential, passkey, counter, synced, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (credential) DO NOTHING",
        )
        .bind(row.id.as_str())
        .bind(row.resident.as_str())
        .bind(Digest::of(row.passkey.cred_id()).as_str().to_owned())
        .bind(json(row.passkey)?)
        .bind(i64::from(row.inside.counter))
        .bind(i64::from(row.inside.synced))
        .bind(now.seconds())
    )?;
    Ok(inserted == 1)
}

/// The passkey of a credential id, if it is not removed and the user handle is its owner's.
pub(super) async fn find(tx: &mut Tx, credential: &Digest, handle: &[u8]) -> Result<Option<Found>, Fault> {
    let row: Option<(String, String, Vec<u8>)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT p.id, p.resident, p.passkey
               FROM resident_passkey p JOIN resident r ON r.id = p.resident
              WHERE p.credential = $1 AND r.handle = $2 AND p.removed_at IS NULL",
        )
        .bind(credential.as_str())
        .bind(handle)
    )?;
    row.map(Found::read).transpose()
}

/// The passkey of a credential id, if it is not removed and this resident's.
pub(super) async fn find_own(tx: &mut Tx, credential: &Digest, resident: &ResidentId) -> Result<Option<Found>, Fault> {
    let row: Option<(String, String, Vec<u8>)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id, resident, passkey FROM resident_passkey
              WHERE credential = $1 AND resident = $2 AND removed_at IS NULL",
        )
        .bind(credential.as_str())
        .bind(resident.as_str())
    )?;
    row.map(Found::read).transpose()
}

/// The passkeys of a resident: to be excluded from a registration, or to confirm with.
pub(super) async fn passkeys(tx: &mut Tx, resident: &ResidentId) -> Result<Vec<Passkey>, Fault> {
    let rows: Vec<(Vec<u8>,)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT passkey FROM resident_passkey WHERE resident = $1 AND removed_at IS NULL")
            .bind(resident.as_str())
    )?;
    rows.iter().map(|(passkey,)| stored(passkey)).collect()
}

/// Keeps what a sign-in changed. `false`: removed meanwhile, or somebody was let in with a later counter.
pub(super) async fn used(
    tx: &mut Tx, found: &Found, result: &AuthenticationResult, now: Timestamp,
) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE resident_passkey SET passkey = $2, counter = $3, synced = $4, last_used_at = $5
              WHERE id = $1 AND removed_at IS NULL AND (counter < $3 OR (counter = 0 AND $3 = 0))",
        )
        .bind(found.id.as_str())
        .bind(json(&found.passkey)?)
        .bind(i64::from(result.counter()))
        .bind(i64::from(result.backup_state()))
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

pub(super) async fn suspect(tx: &mut Tx, id: &PasskeyId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE resident_passkey SET suspected_at = $2 WHERE id = $1")
            .bind(id.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}

/// The newest first.
pub(super) async fn views(tx: &mut Tx, resident: &ResidentId) -> Result<Vec<KeyView>, Fault> {
    let rows: Vec<(String, i64, Option<i64>, i64)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT id, created_at, last_used_at, synced FROM resident_passkey
              WHERE resident = $1 AND removed_at IS NULL ORDER BY created_at DESC, id",
        )
        .bind(resident.as_str())
    )?;
    let view = |(id, made_at, used_at, synced): (String, i64, Option<i64>, i64)| KeyView {
        id: PasskeyId::stored(id),
        made_at: Timestamp::from_seconds(made_at),
        used_at: used_at.map(Timestamp::from_seconds),
        synced: synced == 1,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Removes it, and its public key. `false`: it is not hers, or was removed before.
pub(super) async fn remove(tx: &mut Tx, resident: &ResidentId, id: &PasskeyId, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE resident_passkey SET removed_at = $3, passkey = $4
              WHERE id = $1 AND resident = $2 AND removed_at IS NULL",
        )
        .bind(id.as_str())
        .bind(resident.as_str())
        .bind(now.seconds())
        .bind(Vec::<u8>::new())
    )?;
    Ok(changed == 1)
}

/// Removes all of them, as [`remove`] does one.
pub(super) async fn remove_all(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE resident_passkey SET removed_at = $2, passkey = $3 WHERE resident = $1 AND removed_at IS NULL",
        )
        .bind(resident.as_str())
        .bind(now.seconds())
        .bind(Vec::<u8>::new())
    )?;
    Ok(())
}

fn json(passkey: &Passkey) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(passkey).map_err(|_| Fault::Internal("a passkey does not serialise"))
}
