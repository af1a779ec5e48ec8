//! How what a client gets is signed: `id_token_signed_response_alg`.

use super::{Members, NotAClient};
use crate::oauth::signing::IdTokenAlg;

/// Takes the member; ES256 without it.
///
/// # Errors
/// `invalid_client_metadata` for another algorithm.
pub fn alg(members: &mut Members) -> Result<IdTokenAlg, NotAClient> {
    Ok(members.take("id_token_signed_response_alg")?.unwrap_or_default())
}
