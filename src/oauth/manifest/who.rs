//! Who a client is, in texts that residents and operators read.

use super::NotAClient;
use super::members::Members;
use crate::ids::ClientId;
use crate::oauth::client::Client;

/// Takes the id.
///
/// # Errors
/// `invalid_client_metadata` when it is missing or would have to be escaped somewhere.
pub fn id(members: &mut Members) -> Result<ClientId, NotAClient> {
    let id: String = members.required("id")?;
    ClientId::parse(&id)
        .map_err(|_| NotAClient::metadata("id: 1 to 64 of A-Z a-z 0-9 - . _ ~, so that every library can send it"))
}

/// Takes the sector: its own id, unless it registers one that it shares.
///
/// # Errors
/// `invalid_client_metadata` when it is no text.
pub fn sector(members: &mut Members, id: &ClientId) -> Result<String, NotAClient> {
    let shared: Option<String> = members.take("sector")?;
    // No client id has a colon: nobody shares a sector with a client that did not say so itself.
    Ok(shared.map_or_else(|| id.as_str().to_owned(), |name| format!("sector:{name}")))
}

/// Whether all texts can stand on a page.
///
/// # Errors
/// The first that cannot.
pub fn check(client: &Client) -> Result<(), NotAClient> {
    let texts = [
        ("name.zh-Hans", &client.name.zh_hans),
        ("name.en", &client.name.en),
        ("controller", &client.controller),
        ("contact", &client.contact),
        ("sector", &client.sector),
    ];
    for (member, text) in texts {
        let length = text.chars().count();
        if !(1..=80).contains(&length) || text.trim() != text || text.chars().any(char::is_control) {
            return Err(NotAClient::metadata(format!("{member}: 1 to 80 characters on one line")));
        }
    }
    Ok(())
}
