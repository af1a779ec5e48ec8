//! The certificate: a JWS that says what was erased and when, what is still kept, and until when copies may exist.
//!
//! It names nobody. Whoever holds its address was the resident, or had it from her.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::store::{self, Done, Row};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::hash;
use crate::crypto::jws::Unverified;
use crate::crypto::token::Digest;
use crate::fault::Fault;

/// How much of what was erased.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Sealed fields.
    pub fields: u64,
    /// Passkeys.
    pub passkeys: u64,
    /// Consents that were in force until then.
    pub consents: u64,
    /// Clients that knew her by a name of their own.
    pub clients: u64,
}

/// What can be read at the address of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is not done yet, and can still be undone until then (Unix seconds).
    Pending(i64),
    /// It was undone then.
    Undone(i64),
    /// It is done. The certificate follows within minutes.
    Erased(Box<Erased>),
}

/// An erasure that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// When it was asked for, Unix seconds.
    pub begun_at: i64,
    /// When the key was destroyed.
    pub erased_at: i64,
    /// How much it was.
    pub counts: Counts,
    /// Until when the details of the access log are kept.
    pub details_until: i64,
    /// When they went.
    pub details_gone_at: Option<i64>,
    /// Until when backups may hold a copy of the key.
    pub copies_until: i64,
    /// The entry in the ledger, counted from 1.
    pub entry: u64,
    /// The certificate, if it is signed, and verifies by a key of ours.
    pub certificate: Option<String>,
}

/// What can be read under the secret of an address.
///
/// # Errors
/// When the database fails.
pub async fn standing(app: &App, token: &str) -> Result<Option<Standing>, Fault> {
    let row = store::by_link(&mut app.db.read().await?, &Digest::of(token.as_bytes())).await?;
    row.map(|row| stands(app, row)).transpose()
}

fn stands(app: &App, row: Row) -> Result<Standing, Fault> {
    if let Some(undone_at) = row.undone_at {
        return Ok(Standing::Undone(undone_at));
    }
    let Some(done) = row.done()? else { return Ok(Standing::Pending(row.due_at)) };
    Ok(Standing::Erased(Box::new(Erased {
        begun_at: row.begun_at,
        erased_at: done.erased_at,
        details_until: done.details_until,
        details_gone_at: row.details_gone_at,
        copies_until: copies_until(app, done.erased_at),
        entry: done.position + 1,
        counts: done.counts,
        certificate: row.certificate.filter(|certificate| is_ours(app, certificate)),
    })))
}

/// A key that signed once is kept for ever, though it is published no more.
fn is_ours(app: &App, certificate: &str) -> bool {
    let Ok(read) = Unverified::read(certificate) else { return false };
    let key = read.header("kid").and_then(|kid| app.keyring.public(kid));
    key.is_some_and(|key| read.verify::<Value>(&key).is_ok())
}

/// Signs the certificate of an erasure of which nothing is in the database's files any more.
pub(super) async fn issue(app: &App, row: &Row) -> Result<(), Fault> {
    let Some(done) = row.done()? else { return Ok(()) };
    let mut tx = app.db.begin().await?;
    let leaf = store::leaf(&mut tx, done.position).await?;
    let signed = app.keyring.signer(app.now())?.sign("erasure-certificate+jwt", &claims(app, row, &done, &leaf))?;
    store::certify(&mut tx, &row.id, &signed, app.now()).await?;
    tx.commit().await
}

fn claims(app: &App, row: &Row, done: &Done, leaf: &[u8]) -> Value {
    json!({
        "iss": app.config.server.issuer.as_str(),
        "iat": app.now().seconds(),
        "jti": row.id,
        "schema": "cn.community.erasure/1",
        "community": app.config.community.id,
        "law": "PIPL 47",
        "asked_at": row.begun_at,
        "erased_at": done.erased_at,
        "erased": {
            "data_key": "destroyed",
            "fields": done.counts.fields,
            "passkeys": done.counts.passkeys,
            "consents_ended": done.counts.consents,
            "clients_told": done.counts.clients,
            "indexes": "deleted",
        },
        "kept": {
            "what": "details of the access log and proofs of consents, sealed under a key of their own",
            "law": "CSL 21(3), PIPL 69",
            "destroyed_after": done.details_until,
        },
        "ledger": {
            "origin": app.custody.origin(),
            "entry": done.position,
            "leaf_sha256": hex::encode(hash::sha256(leaf)),
        },
        // Keys lie in files: an older backup of both key folder and database opens until it is thrown away.
        "copies": { "root_key": "file", "backups_kept_until": copies_until(app, done.erased_at) },
    })
}

fn copies_until(app: &App, erased_at: i64) -> i64 {
    let days = std::time::Duration::from_secs(u64::from(app.config.privacy.backup_days) * 86_400);
    Timestamp::from_seconds(erased_at).plus(days).seconds()
}
