//! What the doors are that take tokens, for programs that come without one (RFC 9728): metadata of each protected
//! resource, and a pointer to them in every challenge.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::error::Problem;
use crate::app::App;
use crate::claims::{ClientClass, Purpose};
use crate::crypto::jwk::Alg;
use crate::oauth::{rar, resource, scope};

/// Where the metadata stand; the path of the resource follows (RFC 9728 §3.1).
pub const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// `GET /.well-known/oauth-protected-resource`: of the service as a whole.
pub async fn metadata(State(app): State<App>) -> Response {
    answer(&app, "")
}

/// `GET /.well-known/oauth-protected-resource/{path}`: of the resource of that path.
pub async fn metadata_of(State(app): State<App>, Path(path): Path<String>) -> Response {
    let path = format!("/{path}");
    match resource::OWN.iter().find(|own| **own == path) {
        Some(own) => answer(&app, own),
        None => Problem::refused(StatusCode::NOT_FOUND, "not-found", "no protected resource").into_response(),
    }
}

fn answer(app: &App, path: &'static str) -> Response {
    ([(header::CACHE_CONTROL, super::discovery::KEEP)], Json(document(app, path))).into_response()
}

pub fn document(app: &App, path: &'static str) -> Value {
    let issuer = &app.config.server.issuer;
    let certificates = app.config.mtls.listen.is_some();
    let mut document = json!({
        "resource": issuer.at(path),
        "resource_name": app.config.community.name,
        "authorization_servers": [issuer.as_str()],
        "bearer_methods_supported": ["header"],
        "scopes_supported": scopes(app, path),
        "dpop_signing_alg_values_supported": Alg::ACCEPTED,
        "tls_client_certificate_bound_access_tokens": certificates,
    });
    let vault = path.starts_with("/vault");
    if let (true, Value::Object(members)) = (vault || path.is_empty(), &mut document) {
        members.insert("authorization_details_types_supported".to_owned(), json!([rar::TYPE]));
        // Only partners read the vault, and no token of theirs is a bearer token: it is bound to a key, or, where
        // certificates are taken, to one of those.
        members.insert("dpop_bound_access_tokens_required".to_owned(), json!(vault && !certificates));
    }
    document
}

/// The scopes that are good for something there.
fn scopes(app: &App, path: &str) -> Vec<String> {
    let purposes = |class| app.catalogue.purposes().filter(move |row| row.clients == class).map(Purpose::scope);
    let named = |names: &[&str]| -> Vec<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    let userinfo = named(&["openid", "profile"]).into_iter().chain(purposes(ClientClass::Ordinary));
    match path {
        "/userinfo" => userinfo.collect(),
        "/grants" => named(&scope::ON_GRANTS),
        "" => userinfo.chain(purposes(ClientClass::Partner)).chain(named(&scope::ON_GRANTS)).collect(),
        _ => purposes(ClientClass::Partner).collect(),
    }
}

/// Puts the address of a resource's metadata into its challenges (RFC 9728 §5.1).
pub async fn point_to_metadata(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = resource_at(request.uri().path());
    let mut response = next.run(request).await;
    let Some(path) = path else { return response };
    let address = app.config.server.issuer.at(&format!("{WELL_KNOWN}{path}"));
    if let header::Entry::Occupied(mut challenges) = response.headers_mut().entry(header::WWW_AUTHENTICATE) {
        for challenge in challenges.iter_mut() {
            let told = challenge.to_str().map(|text| pointing(text, &address));
            if let Some(told) = told.ok().and_then(|text| HeaderValue::from_str(&text).ok()) {
                *challenge = told;
            }
        }
    }
    response
}

/// The protected resource that an address of ours belongs to.
fn resource_at(path: &str) -> Option<&'static str> {
    let whole = resource::OWN.iter().find(|own| !own.is_empty() && **own == path).copied();
    whole.or_else(|| path.starts_with("/grants/").then_some("/grants"))
}

/// A challenge with one more parameter; the first one follows the scheme by a space.
fn pointing(challenge: &str, address: &str) -> String {
    let between = if challenge.contains(' ') { "," } else { "" };
    format!("{challenge}{between} resource_metadata=\"{address}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_gets_one_more_parameter() {
        assert_eq!(pointing("Bearer", "x"), "Bearer resource_metadata=\"x\"");
        assert_eq!(pointing("DPoP algs=\"ES256\"", "x"), "DPoP algs=\"ES256\", resource_metadata=\"x\"");
    }

    #[test]
    fn an_address_belongs_to_one_resource() {
        assert_eq!(resource_at("/vault/claims"), Some("/vault/claims"));
        assert_eq!(resource_at("/grants/0a"), Some("/grants"));
        for not in ["", "/", "/token", "/vault/claims/", "/grants2"] {
            assert_eq!(resource_at(not), None, "{not}");
        }
    }
}
