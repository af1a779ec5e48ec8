//! Writing: new versions of fields of a record that is here already, in the caller's transaction.
//!
//! 1. The data key is taken for sealing alone: what lies there already is not opened for it.
//! 2. One entry (kind 7) names each field with its new version and the SHA-256 of what was sealed.
//! 3. The rows follow, with the position of that entry, and so do the blind indexes by which she is found.

use std::collections::BTreeMap;

use super::store::{self, SealedField};
use crate::app::App;
use crate::crypto::hash;
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{RequestId, ResidentId};
use crate::ledger::{By, Entry, Extra, Head, Kind};

/// What is to be written of a record.
#[derive(Clone)]
pub struct Change<'a> {
    /// Whose record.
    pub resident: &'a ResidentId,
    /// Field by field, in the one spelling that is kept; an empty value says that there is none any more.
    pub fields: BTreeMap<&'static str, String>,
    /// By what she is known again when she has no document number, if any part of it changes
    /// (`roster::Record::fingerprint`): only who has seen the rest of her record can say it.
    pub fingerprint: Option<String>,
    /// By whose hand.
    pub by: &'a By,
    /// Why, as a code: `correction`, `preference` …
    pub reason: &'static str,
    /// The HTTP request, if it came with one.
    pub request: Option<&'a RequestId>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// Her key is destroyed: there is no record any more.
    #[error("the record was erased")]
    Erased,
    /// Somebody else here has this document number.
    #[error("the document number is somebody else's")]
    DocumentTaken,
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Writes fields at the held head; the position that the entry will have. The caller commits.
///
/// # Errors
/// When there is no record any more, another resident has the document number, or the database fails. The caller
/// drops the transaction then.
pub async fn write(tx: &mut Tx, app: &App, head: &mut Head, change: Change<'_>) -> Result<u64, NotWritten> {
    let keys = custody::wrapped_keys(tx, change.resident).await?;
    let keys = keys.ok_or(Fault::Key("a resident without keys"))?;
    let wrapped = keys.wrapped_rk.ok_or(NotWritten::Erased)?;
    let key = app.custody.sealing_key(change.resident, &wrapped, keys.rk_version)?;
    let versions = store::versions(tx, change.resident).await?;
    let mut sealed = Vec::with_capacity(change.fields.len());
    for (field, value) in &change.fields {
        let version = versions.get(*field).copied().unwrap_or_default() + 1;
        sealed.push(SealedField {
            resident: change.resident.as_str().to_owned(),
            field: (*field).to_owned(),
            version,
            sealed: key.seal(field, version.cast_unsigned(), value)?,
            position: 0,
        });
    }
    let pending = custody::enter(tx, &app.custody, head, entry(app, &change, &sealed)).await?;
    for field in &mut sealed {
        field.position = pending.position().cast_signed();
        store::put(tx, field, change.by.actor().as_str(), app.now()).await?;
    }
    keep_in_step(tx, app, &change).await?;
    Ok(pending.position())
}

fn entry(app: &App, change: &Change<'_>, sealed: &[SealedField]) -> Entry {
    let written =
        |field: &SealedField| (field.field.clone(), field.version.cast_unsigned(), hash::sha256(&field.sealed));
    let mut entry = Entry::about(Kind::Write, change.resident, app.now());
    entry.reason = change.reason;
    entry.request = change.request.cloned();
    entry.claims = sealed.iter().map(|field| field.field.clone()).collect();
    entry.extra = Extra::Written(sealed.iter().map(written).collect());
    entry.by(change.by)
}

/// The blind indexes say what the record says: the old mark goes, the new one comes.
async fn keep_in_step(tx: &mut Tx, app: &App, change: &Change<'_>) -> Result<(), NotWritten> {
    let value = |field: &str| change.fields.get(field).map(String::as_str);
    let marks = [
        ("document", value("document_number")),
        ("phone", value("phone")),
        ("fingerprint", change.fingerprint.as_deref()),
    ];
    for (index, value) in marks.into_iter().filter_map(|(index, value)| Some((index, value?))) {
        store::remove_mark(tx, index, change.resident).await?;
        if value.is_empty() {
            continue;
        }
        let digest = app.custody.blind_index(index, value)?;
        let is_hers = store::insert_mark(tx, index, &digest, change.resident).await?;
        // Two may share a phone; a fingerprint that somebody has already stays theirs, as at the import.
        if !is_hers && index == "document" {
            return Err(NotWritten::DocumentTaken);
        }
    }
    Ok(())
}
