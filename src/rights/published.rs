//! Schemas of what residents are handed, made of the structs themselves.

use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;

use super::export::{Export, SCHEMA};
use crate::app::App;
use crate::ledger::evidence::{self, Evidence};

/// The JSON Schema (2020-12) of a copy.
#[must_use]
pub fn schema(app: &App) -> Value {
    published::<Export>(app, SCHEMA, "A copy of a resident's record")
}

/// The JSON Schema (2020-12) of evidence.
#[must_use]
pub fn evidence_schema(app: &App) -> Value {
    published::<Evidence>(app, evidence::SCHEMA, "A resident's entries in the ledger, each with its proof")
}

/// The JSON Schema (2020-12) of a document whose struct this is, published at this path.
#[must_use]
pub fn published<T: ToSchema>(app: &App, at: &str, title: &str) -> Value {
    let mut parts: Vec<(String, RefOr<Schema>)> = Vec::new();
    T::schemas(&mut parts);
    let named = parts.into_iter().map(|(name, schema)| (name, serde_json::to_value(schema).unwrap_or_default()));
    let parts: Map<String, Value> = named.collect();
    let mut whole = serde_json::to_value(T::schema()).unwrap_or_default();
    if let Value::Object(members) = &mut whole {
        members.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        members.insert("$id".to_owned(), json!(app.config.server.issuer.at(at)));
        members.insert("title".to_owned(), json!(title));
        members.insert("$defs".to_owned(), Value::Object(parts));
    }
    point_inside(&mut whole);
    whole
}

/// References lead to `$defs`, not into an OpenAPI document.
fn point_inside(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::String(target)) = members.get_mut("$ref") {
                *target = target.replace("#/components/schemas/", "#/$defs/");
            }
            members.values_mut().for_each(point_inside);
        }
        Value::Array(items) => items.iter_mut().for_each(point_inside),
        _ => {}
    }
}
