//! What a sector of clients calls a resident (OIDC Core §8.1): a stored random value, so nothing can be computed back.

use super::store;
use crate::crypto::random;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;

/// The pairwise `sub` of a resident for `sector`, if it was ever made.
///
/// # Errors
/// When the database fails.
pub async fn known(tx: &mut Tx, resident: &ResidentId, sector: &str) -> Result<Option<String>, Fault> {
    store::subject(tx, resident, sector).await
}

/// The pairwise `sub` of a resident for `sector`, made at the first call: 32 hexadecimal digits.
///
/// # Errors
/// When the database fails.
pub async fn subject(tx: &mut Tx, resident: &ResidentId, sector: &str) -> Result<String, Fault> {
    if let Some(known) = store::subject(tx, resident, sector).await? {
        return Ok(known);
    }
    // Two requests may get here at once: the first one's value stands for both.
    store::insert_subject(tx, resident, sector, &hex::encode(random::bytes::<16>()?)).await?;
    store::subject(tx, resident, sector).await?.ok_or(Fault::Stored("a subject that was just written is not there"))
}
