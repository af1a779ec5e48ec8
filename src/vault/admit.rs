//! Admitting: a new resident's keys, sealed fields and write entry, all in the caller's transaction.

use std::collections::BTreeMap;

use super::store::{self, SealedField};
use crate::app::App;
use crate::crypto::hash;
use crate::custody::{self, NewResident, insert_keys};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::ledger::{Actor, Entry, Extra, Head, Kind};

/// A record about to be sealed.
pub struct NewRecord {
    /// Whose.
    pub resident: ResidentId,
    /// Field by field, normalised; empty ones are left out.
    pub fields: BTreeMap<&'static str, String>,
}

/// Makes keys for new residents, seals their fields, and enters one write for each, at the held head.
///
/// # Errors
/// When the database fails or one of them has keys already.
pub async fn admit(tx: &mut Tx, app: &App, head: &mut Head, records: &[NewRecord]) -> Result<(), Fault> {
    let mut keys = Vec::with_capacity(records.len());
    let mut sealed = Vec::new();
    let mut entries = Vec::with_capacity(records.len());
    for (position, record) in (head.next()..).zip(records) {
        let new = app.custody.new_resident(&record.resident)?;
        let fields = seal(record, &new, position)?;
        entries.push(write_entry(app, record, &fields));
        sealed.extend(fields);
        keys.push(new);
    }
    let pairs: Vec<(&ResidentId, &NewResident)> = records.iter().map(|record| &record.resident).zip(&keys).collect();
    insert_keys(tx, &pairs).await?;
    custody::enter_all(tx, &app.custody, head, entries).await?;
    store::insert(tx, &sealed, app.now()).await
}

fn seal(record: &NewRecord, new: &NewResident, position: u64) -> Result<Vec<SealedField>, Fault> {
    let filled = record.fields.iter().filter(|(_, value)| !value.is_empty());
    let seal = |(field, value): (&&'static str, &String)| {
        Ok(SealedField {
            resident: record.resident.as_str().to_owned(),
            field: (*field).to_owned(),
            version: 1,
            sealed: new.data_key.seal(field, 1, value)?,
            position: position.cast_signed(),
        })
    };
    filled.map(seal).collect()
}

fn write_entry(app: &App, record: &NewRecord, fields: &[SealedField]) -> Entry {
    let written =
        |field: &SealedField| (field.field.clone(), field.version.cast_unsigned(), hash::sha256(&field.sealed));
    let mut entry = Entry::about(Kind::Write, &record.resident, app.now());
    entry.actor = Actor::Operator;
    entry.reason = "import";
    entry.claims = fields.iter().map(|field| field.field.clone()).collect();
    entry.extra = Extra::Written(fields.iter().map(written).collect());
    entry
}
