//! `POST /register` in the document: the metadata by which a client registers itself.

use serde_json::{Value, json};

use super::door::{By, Chapter, Door, Field, Takes, answer, field};
use super::refusals;

/// The door.
pub fn door() -> Door {
    let own = vec![
        answer(201, "It is registered, and waits for the operator's approval; what was registered comes back.")
            .json("Registered")
            .with("Cache-Control"),
        answer(400, "Metadata that this service does not serve; `error_description` says which.")
            .json("RegistrationError"),
        answer(401, "No initial access token that is good.").json("OAuthError").with("WWW-Authenticate"),
    ];
    Door {
        method: "POST",
        path: "/register",
        name: "registerClient",
        chapter: Chapter::Protocol,
        summary: "Register a client",
        about: "A client registers itself (RFC 7591) with a token that the operator gave it, good once. It may do nothing \
                until the operator approves it. Members that are not known are not looked at.",
        by: By::InitialToken,
        reads: Vec::new(),
        takes: Takes::Json(members()),
        answers: refusals::of_clients(By::InitialToken, own),
    }
}

fn list() -> Value {
    json!({ "type": "array", "items": { "type": "string" } })
}

fn members() -> Vec<Field> {
    let member = |name, about| field("json", name, about);
    vec![
        member("client_name", "Its name, as residents read it. `client_name#en` is the English one."),
        member("redirect_uris", "Where answers may go.").of(list()),
        member("application_type", "`web` or `native`."),
        member("token_endpoint_auth_method", "How it will say who it is; without it, `client_secret_basic`."),
        member("grant_types", "What it will bring to `/token`.").of(list()),
        member("response_types", "`code` alone.").of(list()),
        member("scope", "What it will ask for, separated by spaces."),
        member("jwks", "Its public keys.").of(json!({ "type": "object" })),
        member("jwks_uri", "Where its public keys stand."),
        member("class", "`ordinary` or `partner`."),
        member("kind", "What kind of body stands behind it."),
        member("controller", "Who is responsible for what it does with data."),
        member("contact", "Whom a resident may call."),
        member("purposes", "For partners: what it asks for.").of(list()),
        member("client_uri", "A page about it. So are `logo_uri`, `policy_uri` and `tos_uri`."),
        member("post_logout_redirect_uris", "Where a browser may go after signing out.").of(list()),
        member("backchannel_logout_uri", "Where it is told that a session ended."),
        member("backchannel_logout_session_required", "Whether it wants to know which.")
            .of(json!({ "type": "boolean" })),
        member("tls_client_certificate_bound_access_tokens", "Whether its tokens are bound to its certificate.")
            .of(json!({ "type": "boolean" })),
        member("tls_client_auth_subject_dn", "The subject of its certificate. Or one of `tls_client_auth_san_…`."),
    ]
}

/// What comes back: all that was registered, and what the client is called now (RFC 7591 §3.2.1).
pub fn registered() -> Value {
    json!({
        "type": "object",
        "properties": {
            "client_id": { "type": "string" },
            "client_id_issued_at": { "type": "integer", "description": "Unix seconds." },
            "client_secret": { "type": "string", "description": "Where it has one. It is not shown again." },
            "client_secret_expires_at": { "type": "integer", "const": 0, "description": "It does not run out by itself." },
        },
        "required": ["client_id", "client_id_issued_at"],
        "additionalProperties": true,
    })
}

/// Why not (RFC 7591 §3.2.2).
pub fn error() -> Value {
    json!({
        "type": "object",
        "properties": {
            "error": { "type": "string", "examples": ["invalid_client_metadata"] },
            "error_description": { "type": "string", "description": "Which member, and what it must be." },
        },
        "required": ["error"],
        "additionalProperties": false,
    })
}
