//! By which ways a client comes to tokens.

use super::NotAClient;
use super::members::Members;
use crate::claims::ClientClass;
use crate::oauth::client::{Client, GrantType};

/// Takes the grant types; without them, those of an app with a browser (a resource server has none).
///
/// # Errors
/// `invalid_client_metadata` when one of them is not open here.
pub fn grant_types(members: &mut Members, class: ClientClass) -> Result<Vec<GrantType>, NotAClient> {
    let asks = class != ClientClass::ResourceServer;
    let usual = || if asks { vec![GrantType::Code, GrantType::Refresh] } else { Vec::new() };
    Ok(members.take("grant_types")?.unwrap_or_else(usual))
}

/// Whether there is a way by which a resident can be asked.
///
/// # Errors
/// When there is none.
pub fn check(client: &Client) -> Result<(), NotAClient> {
    let asks = |grant: &GrantType| matches!(grant, GrantType::Code | GrantType::Device);
    if client.grant_types.iter().any(asks) {
        return Ok(());
    }
    Err(NotAClient::metadata("grant_types: a refresh token alone comes from nowhere"))
}
