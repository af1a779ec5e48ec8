//! Pages about a client, for people.

use super::NotAClient;
use super::members::Members;
use crate::oauth::client::{Client, Links};
use crate::oauth::redirect::{self, Application};

/// Takes them all.
///
/// # Errors
/// `invalid_client_metadata` when one is no text.
pub fn links(members: &mut Members) -> Result<Links, NotAClient> {
    Ok(Links {
        home: members.take("client_uri")?,
        logo: members.take("logo_uri")?,
        policy: members.take("policy_uri")?,
        terms: members.take("tos_uri")?,
    })
}

/// Whether each is the address of a page on the web, written as strictly as where residents are sent back to: a `javascript:`
/// that nobody follows today may be a link on a page of tomorrow.
///
/// # Errors
/// `invalid_client_metadata` with the first that is not.
pub fn check(client: &Client, loopback_issuer: bool) -> Result<(), NotAClient> {
    for (name, uri) in client.links.all() {
        redirect::check(uri, Application::Web, loopback_issuer)
            .map_err(|why| NotAClient::metadata(format!("{name}: {why}")))?;
    }
    Ok(())
}
