//! A child of a flat, found as an import knows people without a document number again: name, birth date and flat.

use jiff::civil::Date;

use super::address::Address;
use super::here::FINGERPRINT;
use super::record::fingerprint;
use super::store;
use crate::custody::Custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;

/// Who lives in this flat under this name and was born that day; nobody when two would fit.
///
/// # Errors
/// When the database fails.
pub async fn in_flat(
    tx: &mut Tx, custody: &Custody, address: &Address, name: &str, born: Date,
) -> Result<Option<ResidentId>, Fault> {
    let digest = custody.blind_index(FINGERPRINT, &fingerprint(name.trim(), &born.to_string(), address))?;
    store::of_digest(tx, FINGERPRINT, &digest).await
}
