//! `GET /openapi.json`: what programs may ask of this service, as an OpenAPI 3.1 document.
//!
//! It is made of three things that cannot go their own way: the values of `clients.rs` and `open.rs`, which a test holds
//! against the router; the schemas of the very structs that are sent; and, for the metadata, the metadata themselves.
//! bin/test has the running service called by schemathesis, by this document alone.

use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use super::{device, discovery, error, health, orders, par, protected, vault};
use crate::app::App;
use crate::{cases, events, oauth};

mod case_doors;
mod clients;
mod door;
mod open;
mod operation;
mod page;
mod refusals;
mod registration;
mod tokens;

use door::{Chapter, Door};
pub use page::page;

/// `GET /openapi.json`
pub async fn serve(State(app): State<App>) -> Json<Value> {
    Json(document(&app))
}

/// Every door of programs.
fn doors() -> Vec<Door> {
    [clients::doors(), case_doors::doors(), tokens::doors(), open::doors()].into_iter().flatten().collect()
}

/// The document.
fn document(app: &App) -> Value {
    let mut paths = Map::new();
    for door in doors() {
        let address = paths.entry(door.path).or_insert_with(|| json!({}));
        if let Value::Object(methods) = address {
            methods.insert(door.method.to_lowercase(), operation::of(&door));
        }
    }
    let tags = Chapter::ALL.map(Chapter::words).map(|(name, about)| json!({ "name": name, "description": about }));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Latchkey",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Residents' identity, consent and data for the apps of a community.",
            "description": ABOUT,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": app.config.server.issuer.as_str() }],
        "tags": tags,
        "paths": paths,
        "components": { "schemas": schemas(app), "securitySchemes": operation::schemes() },
    })
}

const ABOUT: &str = "What apps may ask. Where people sign in and agree (`/authorize`, pages) is no part of it. \
    Parameters that are not named here are not looked at by the doors of clients; everywhere else they are an error. Every \
    answer names its request (`X-Request-Id`).";

/// The schemas by name: of what is sent, as it is sent.
fn schemas(app: &App) -> Value {
    let mut all = Map::new();
    add::<oauth::TokenSet>(&mut all);
    add::<oauth::introspect::Introspection>(&mut all);
    all.insert("Introspection".to_owned(), introspection());
    add::<events::Fetched>(&mut all);
    add::<orders::OrderAnswered>(&mut all);
    add::<device::DeviceAuthorization>(&mut all);
    add::<oauth::management::Granted>(&mut all);
    add::<cases::ForClient>(&mut all);
    add::<cases::Listed>(&mut all);
    all.insert("Registered".to_owned(), registration::registered());
    all.insert("RegistrationError".to_owned(), registration::error());
    add::<par::Pushed>(&mut all);
    add::<vault::Disclosure>(&mut all);
    add::<health::Health>(&mut all);
    add::<error::OAuthErrorBody>(&mut all);
    add::<error::ProblemBody>(&mut all);
    all.insert("Metadata".to_owned(), like(&discovery::document(app)));
    all.insert(
        "ResourceMetadata".to_owned(),
        common(&protected::document(app, ""), &protected::document(app, "/grants")),
    );
    all.insert("Keys".to_owned(), keys());
    all.insert("Userinfo".to_owned(), userinfo());
    Value::Object(all)
}

/// The schema of a struct that is sent, with those that it is made of.
fn add<T: ToSchema + PartialSchema>(all: &mut Map<String, Value>) {
    let mut parts: Vec<(String, RefOr<Schema>)> = Vec::new();
    T::schemas(&mut parts);
    parts.push((T::name().into_owned(), T::schema()));
    for (name, schema) in parts {
        all.insert(name, serde_json::to_value(schema).unwrap_or_default());
    }
}

/// The schema of a document: everything that it has, everything always there.
fn like(value: &Value) -> Value {
    match value {
        Value::Bool(_) => json!({ "type": "boolean" }),
        Value::Number(_) => json!({ "type": "integer" }),
        Value::Array(items) => json!({ "type": "array", "items": items.first().map_or(json!({}), like) }),
        Value::Object(members) => {
            let properties: Map<String, Value> = members.iter().map(|(name, it)| (name.clone(), like(it))).collect();
            json!({ "type": "object", "properties": properties, "required": members.keys().collect::<Vec<_>>() })
        }
        _ => json!({ "type": "string" }),
    }
}

/// The schema of documents that have not all the same members: what is in one of them may be missing in another.
fn common(one: &Value, other: &Value) -> Value {
    let mut schema = like(one);
    if let (Some(members), Some(required)) =
        (other.as_object(), schema.get_mut("required").and_then(Value::as_array_mut))
    {
        required.retain(|name| name.as_str().is_some_and(|name| members.contains_key(name)));
    }
    schema
}

/// A living token with all that is said of it, or the one word that it is none (RFC 7662 §2.2).
fn introspection() -> Value {
    let active =
        |yes: bool| json!({ "type": "object", "properties": { "active": { "const": yes } }, "required": ["active"] });
    let mut dead = active(false);
    if let Value::Object(members) = &mut dead {
        members.insert("additionalProperties".to_owned(), json!(false));
    }
    json!({ "oneOf": [{ "allOf": [{ "$ref": "#/components/schemas/Living" }, active(true)] }, dead] })
}

fn keys() -> Value {
    let key = json!({
        "type": "object",
        "description": "A public key (RFC 7517 §4): no private member ever stands here.",
        "properties": {
            "kty": { "type": "string" }, "kid": { "type": "string" }, "alg": { "type": "string" },
            "use": { "type": "string", "const": "sig" }, "crv": { "type": "string" }, "x": { "type": "string" },
            "y": { "type": "string" }, "n": { "type": "string" }, "e": { "type": "string" },
        },
        "required": ["kty", "kid", "alg", "use"],
        "additionalProperties": false,
    });
    json!({
        "type": "object",
        "properties": { "keys": { "type": "array", "items": key, "minItems": 1 } },
        "required": ["keys"],
        "additionalProperties": false,
    })
}

fn userinfo() -> Value {
    json!({
        "type": "object",
        "description": "Besides `sub`, the claims that the resident gave this client.",
        "properties": { "sub": { "type": "string", "description": "What this client calls the resident, and no other." } },
        "required": ["sub"],
        "additionalProperties": true,
    })
}
