//! The whole of it: ledger, residents' entries, and every sealed field against what its write entry said.

use crate::crypto::hash;
use crate::custody;
use crate::custody::Custody;
use crate::db::Db;
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::ledger::verify::Finding;

use super::store;

/// Verifies everything that can be verified with the keys of this installation.
///
/// # Errors
/// When the database fails; what is wrong with the records is a [`Finding`].
pub async fn verify(db: &Db, custody: &Custody) -> Result<Finding, Fault> {
    // Custody's memory first: what it remembers must be in the snapshot that is taken next.
    let last_signed = custody.last_signed().await?;
    let mut tx = db.read().await?;
    let (finding, mut written) = custody::verify::verify(&mut tx, custody, last_signed).await?;
    if matches!(finding, Finding::Broken { .. }) {
        return Ok(finding);
    }
    let (mut resident, mut name) = (String::new(), String::new());
    loop {
        let fields = store::after(&mut tx, &resident, &name, 1_000).await?;
        let Some(last) = fields.last() else { break };
        (resident, name) = (last.resident.clone(), last.field.clone());
        for field in fields {
            let position = Some(field.position.cast_unsigned());
            let key = (ResidentId::stored(field.resident), field.field);
            let Some((version, digest)) = written.remove(&key) else {
                return Ok(Finding::Broken { position, what: "a sealed field that no entry wrote" });
            };
            if version != field.version.cast_unsigned() || digest != hash::sha256(&field.sealed) {
                return Ok(Finding::Broken { position, what: "a sealed field is not what its entry wrote" });
            }
        }
    }
    if written.is_empty() {
        return Ok(finding);
    }
    Ok(Finding::Broken { position: None, what: "a sealed field that an entry wrote is gone" })
}
