//! What the vault's refusals look like to a resident, on her own pages.

use super::{PageError, Trouble};
use crate::fault::Fault;
use crate::vault::Refusal;

impl From<Refusal> for PageError {
    /// The gate refuses nobody her own eyes: whatever comes here is ours.
    fn from(refusal: Refusal) -> Self {
        let fault = match refusal {
            Refusal::Fault(fault) => fault,
            _ => Fault::Internal("the gate refused a resident's own eyes"),
        };
        Trouble::fault(fault).into()
    }
}
