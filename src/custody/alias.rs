//! Whose alias it is: answered by trying every resident's log key, because nothing that is stored links the two.

use super::{Custody, store};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;

/// Residents whose keys are read at a time.
const STEP: i64 = 500;

/// The resident of an alias. `None`: there is nobody, or her log key was destroyed.
///
/// # Errors
/// When the database fails, or a key was altered.
pub async fn whose(tx: &mut Tx, custody: &Custody, alias: &[u8; 16]) -> Result<Option<ResidentId>, Fault> {
    let mut after = String::new();
    loop {
        let some = store::residents_after(tx, &after, STEP).await?;
        let Some((last, _)) = some.last() else { return Ok(None) };
        after = last.as_str().to_owned();
        for (resident, keys) in some {
            if custody.log_key(&resident, &keys.wrapped_lk)?.resident_alias() == *alias {
                return Ok(Some(resident));
            }
        }
    }
}
