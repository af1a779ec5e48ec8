//! What a client may ask residents for.

use super::NotAClient;
use super::members::Members;
use crate::claims::{Catalogue, ClientClass};
use crate::oauth::authorization::SIGN_IN;
use crate::oauth::client::Client;

/// Takes the codes of its purposes; an ordinary client that names none signs residents in.
///
/// # Errors
/// `invalid_client_metadata` when it is no list of texts.
pub fn purposes(members: &mut Members, class: ClientClass) -> Result<Vec<String>, NotAClient> {
    let usual = if class == ClientClass::Ordinary { vec![SIGN_IN.to_owned()] } else { Vec::new() };
    Ok(members.take("purposes")?.unwrap_or(usual))
}

/// Whether the catalogue has them all, for clients of this class.
///
/// # Errors
/// The first that it has not.
pub fn check(client: &Client, catalogue: &Catalogue) -> Result<(), NotAClient> {
    if client.purposes.is_empty() {
        return Err(NotAClient::metadata("purposes: at least one"));
    }
    for code in &client.purposes {
        match catalogue.purpose(code) {
            None => return Err(NotAClient::metadata(format!("purposes: the catalogue has no {code}"))),
            Some(purpose) if purpose.clients != client.class => {
                return Err(NotAClient::metadata(format!("purposes: {code} is for the other class of clients")));
            }
            Some(_) => {}
        }
    }
    Ok(())
}
