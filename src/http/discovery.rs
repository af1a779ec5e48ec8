//! What this service is, for programs: metadata (OIDC Discovery §3, RFC 8414 §2) and keys (RFC 7517 §5).
//!
//! Both documents are made of the constants that the checks use. Every URL is made of the configured issuer; the
//! request's `Host` is not looked at.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::claims::ClientClass;
use crate::crypto::jwk::Alg;
use crate::oauth::authorization::{ACR, SIGN_IN};
use crate::oauth::{client, management, rar, resource, scope, signing};

/// Programs may keep both for an hour: keys are published a day before they sign.
pub const KEEP: &str = "public, max-age=3600";

/// The endpoints that answer on the listener for certificates, too: all that programs ask at.
const ALIASES: [&str; 6] = [
    "pushed_authorization_request_endpoint",
    "token_endpoint",
    "device_authorization_endpoint",
    "revocation_endpoint",
    "introspection_endpoint",
    "userinfo_endpoint",
];

/// `GET /.well-known/openid-configuration` and `GET /.well-known/oauth-authorization-server`
pub async fn metadata(State(app): State<App>) -> Response {
    ([(header::CACHE_CONTROL, KEEP)], Json(document(&app))).into_response()
}

/// `GET /jwks`
pub async fn jwks(State(app): State<App>) -> Response {
    let keys = app.keyring.published(app.now());
    ([(header::CACHE_CONTROL, KEEP)], Json(json!({ "keys": keys }))).into_response()
}

pub fn document(app: &App) -> Value {
    let at = |path: &str| app.config.server.issuer.at(path);
    let methods = client::AuthMethod::ALL.into_iter().filter(|method| method.is_open(&app.config));
    let methods: Vec<&str> = methods.map(client::AuthMethod::name).collect();
    // Whoever asks about tokens has to prove who it is.
    let proving: Vec<&str> = methods.iter().copied().filter(|name| *name != client::AuthMethod::None.name()).collect();
    let mut document = json!({
        "issuer": app.config.server.issuer.as_str(),
        "authorization_endpoint": at("/authorize"),
        "pushed_authorization_request_endpoint": at("/par"),
        "token_endpoint": at("/token"),
        "device_authorization_endpoint": at("/device_authorization"),
        "userinfo_endpoint": at("/userinfo"),
        "revocation_endpoint": at("/revoke"),
        "introspection_endpoint": at("/introspect"),
        "end_session_endpoint": at("/end_session"),
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "registration_endpoint": at("/register"),
        "grant_management_endpoint": at("/grants"),
        "grant_management_actions_supported": management::ACTIONS,
        "grant_management_action_required": false,
        "protected_resources": resource::OWN.map(at),
        "jwks_uri": at("/jwks"),
        "scopes_supported": scopes(app),
        "claims_supported": claims(app),
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": client::GrantType::ALL.map(client::GrantType::name),
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "acr_values_supported": [ACR],
        "ui_locales_supported": ["zh-Hans", "en"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": signing::id_token_algs(app),
        "token_endpoint_auth_methods_supported": methods,
        "token_endpoint_auth_signing_alg_values_supported": Alg::ACCEPTED,
        "revocation_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_signing_alg_values_supported": Alg::ACCEPTED,
        "introspection_endpoint_auth_methods_supported": proving,
        "introspection_endpoint_auth_signing_alg_values_supported": Alg::ACCEPTED,
        "introspection_signing_alg_values_supported": [Alg::Es256.name()],
        "dpop_signing_alg_values_supported": Alg::ACCEPTED,
        "authorization_details_types_supported": [rar::TYPE],
        "authorization_response_iss_parameter_supported": true,
    });
    with_certificates(app, &mut document);
    document
}

/// What clients with certificates find, where there is a listener for them (RFC 8705 §3.3, §5).
fn with_certificates(app: &App, document: &mut Value) {
    let (Some((_, base)), Value::Object(members)) = (app.config.mtls.listener(), document) else { return };
    let issuer = app.config.server.issuer.as_str();
    let path = |name: &str| members.get(name)?.as_str()?.strip_prefix(issuer).map(str::to_owned);
    let aliases: Map<String, Value> =
        ALIASES.into_iter().filter_map(|name| Some((name.to_owned(), base.at(&path(name)?).into()))).collect();
    members.insert("mtls_endpoint_aliases".to_owned(), aliases.into());
    members.insert("tls_client_certificate_bound_access_tokens".to_owned(), true.into());
}

fn scopes(app: &App) -> Vec<String> {
    let fixed = ["openid", "profile", "offline_access"].into_iter().chain(scope::ON_GRANTS).map(str::to_owned);
    fixed.chain(app.catalogue.purposes().map(crate::claims::Purpose::scope)).collect()
}

/// What an ID token says, and what userinfo may say to ordinary clients.
fn claims(app: &App) -> Vec<String> {
    let fixed = ["iss", "sub", "aud", "azp", "exp", "iat", "auth_time", "nonce", "acr", "amr", "at_hash", "sid"];
    let row = app.catalogue.purpose(SIGN_IN).filter(|row| row.clients == ClientClass::Ordinary);
    let told = row.into_iter().flat_map(|row| row.all_claims().map(str::to_owned));
    fixed.into_iter().map(str::to_owned).chain(told).collect()
}
