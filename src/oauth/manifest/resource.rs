//! What a resource server stands for: one resource, the clients it serves, and the scopes it defines.

use url::Url;

use super::NotAClient;
use super::members::Members;
use crate::claims::ClientClass;
use crate::ids::ClientId;
use crate::oauth::client::{AuthMethod, Client};
use crate::oauth::resource::Resource;
use crate::oauth::scope;

/// Most clients that one serves, and most scopes that it defines.
const MOST: usize = 32;
/// Longest identifier, in bytes.
const LONGEST: usize = 256;

/// Takes what only a resource server has.
///
/// # Errors
/// `invalid_client_metadata` when one has it not, or is no list of client ids or texts.
pub fn resource(members: &mut Members, class: ClientClass) -> Result<Option<Resource>, NotAClient> {
    if class != ClientClass::ResourceServer {
        return Ok(None);
    }
    let ids: Vec<String> = members.required("serves")?;
    let parse = |id: &String| ClientId::parse(id);
    let serves: Result<Vec<ClientId>, _> = ids.iter().map(parse).collect();
    Ok(Some(Resource {
        uri: members.required("resource")?,
        serves: serves.map_err(|_| NotAClient::metadata("serves: ids of clients"))?,
        scopes: members.take("scopes")?.unwrap_or_default(),
    }))
}

/// Whether it may be registered as a resource server: it asks nobody, proves who it is, and stands for something.
///
/// # Errors
/// The first member that breaks a rule.
pub fn check(client: &Client, resource: &Resource, loopback_issuer: bool) -> Result<(), NotAClient> {
    let no = |sentence: &str| Err(NotAClient::metadata(sentence));
    if client.auth == AuthMethod::None {
        return no("a resource server authenticates");
    }
    if !(client.redirect_uris.is_empty() && client.purposes.is_empty() && client.grant_types.is_empty()) {
        return no("a resource server asks no resident: no redirect_uris, purposes or grant_types");
    }
    if !is_identifier(&resource.uri, loopback_issuer) {
        return no("resource: an https URL without user, query and fragment, at most 256 bytes");
    }
    if resource.serves.is_empty() || resource.serves.len() > MOST {
        return no("serves: 1 to 32 clients");
    }
    if resource.scopes.len() > MOST || !resource.scopes.iter().all(|name| scope::is_free(name)) {
        return no("scopes: at most 32 names that are none of ours, 1 to 64 of A-Z a-z 0-9 . _ : / -");
    }
    Ok(())
}

/// An absolute URI without a fragment (RFC 8707 §2), written as every parser would write it.
fn is_identifier(uri: &str, loopback_issuer: bool) -> bool {
    let Ok(url) = Url::parse(uri) else { return false };
    let local = loopback_issuer && url.scheme() == "http" && matches!(url.host_str(), Some("localhost" | "127.0.0.1"));
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    // `https://api.test` and `https://api.test/` are two identifiers, and both are taken as they are written.
    let as_written = url.as_str() == uri || url.as_str().strip_suffix('/') == Some(uri);
    (url.scheme() == "https" || local) && plain && url.fragment().is_none() && as_written && uri.len() <= LONGEST
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::claims::Catalogue;

    const SERVER: &str = r#"
        id = "rs-v"
        class = "resource_server"
        kind = "company"
        controller = "甲公司"
        contact = "李静 0551-6000-1234"
        resource = "https://api.a.test/"
        serves = ["rp-a"]
        scopes = ["spots:read", "spots:write"]
        name = { zh-Hans = "甲接口", en = "API of A" }
        [[jwks.keys]]
        kty = "EC"
        crv = "P-256"
        x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
        y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
    "#;

    fn check(manifest: &str) -> Result<(), NotAClient> {
        Client::parse(manifest)?.check(&Catalogue::built_in().unwrap(), false)
    }

    #[test]
    fn a_resource_server_reads_as_a_client_that_asks_nobody() {
        assert_eq!(check(SERVER), Ok(()));
        let server = Client::parse(SERVER).unwrap();
        assert!(!server.is_partner() && !server.is_public());
        assert!(server.grant_types.is_empty(), "so that no door to tokens opens to it");
        assert_eq!(server.resource.unwrap().scopes, ["spots:read", "spots:write"]);
    }

    #[test]
    fn what_is_no_resource_server_cannot_be_registered_as_one() {
        for (good, bad) in [
            ("https://api.a.test/", "http://api.a.test/"),
            ("https://api.a.test/", "https://api.a.test/#x"),
            ("https://api.a.test/", "https://api.a.test/?x=1"),
            ("https://api.a.test/", "https://u@api.a.test/"),
            ("https://api.a.test/", "https://API.a.test/"),
            ("https://api.a.test/", "https://api.a.test/../x"),
            ("https://api.a.test/", "api.a.test"),
            ("https://api.a.test/", "urn:x:y"),
            ("[\"rp-a\"]", "[]"),
            ("[\"rp-a\"]", "[\"rp a\"]"),
            ("spots:read", "openid"),
            ("spots:read", "cc:parking.book"),
            ("spots:read", "grant_management_revoke"),
            ("spots:read", "spots read"),
            ("kind =", "token_endpoint_auth_method = \"none\"\nkind ="),
            ("kind =", "purposes = [\"parking.book\"]\nkind ="),
            ("kind =", "redirect_uris = [\"https://a.test/cb\"]\nkind ="),
            ("kind =", "grant_types = [\"authorization_code\"]\nkind ="),
            ("\"resource_server\"", "\"partner\""),
        ] {
            let error = check(&SERVER.replacen(good, bad, 1)).unwrap_err();
            assert_eq!(error.code, "invalid_client_metadata", "{bad}");
        }
    }
}
