//! Where a client may have residents sent back to.

use super::NotAClient;
use crate::claims::ClientClass;
use crate::oauth::client::{AuthMethod, Client, GrantType};
use crate::oauth::redirect::{self, Application};

/// Most redirect URIs of one client.
const MOST: usize = 16;

/// Whether residents may be sent there.
///
/// # Errors
/// `invalid_redirect_uri` with the first URI that may not be registered.
pub fn check(client: &Client, loopback_issuer: bool) -> Result<(), NotAClient> {
    let comes_back = client.grant_types.contains(&GrantType::Code);
    if !comes_back && !client.redirect_uris.is_empty() {
        return Err(NotAClient::metadata("redirect_uris: only the grant type authorization_code sends residents back"));
    }
    if comes_back && client.redirect_uris.is_empty() || client.redirect_uris.len() > MOST {
        return Err(NotAClient::metadata("redirect_uris: 1 to 16"));
    }
    for uri in &client.redirect_uris {
        redirect::check(uri, client.application, loopback_issuer)
            .map_err(|why| NotAClient { code: "invalid_redirect_uri", sentence: format!("{uri}: {why}") })?;
    }
    let public = client.class == ClientClass::Ordinary && client.auth == AuthMethod::None;
    if client.application == Application::Native && !public {
        return Err(NotAClient::metadata("a native app keeps no secret: ordinary, token_endpoint_auth_method none"));
    }
    Ok(())
}
