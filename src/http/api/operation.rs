//! A door as an OpenAPI operation.

use serde_json::{Map, Value, json};

use super::door::{Answer, By, Door, Field, Takes};

/// The operation object (OpenAPI 3.1 §4.8.10).
pub fn of(door: &Door) -> Value {
    let mut operation = Map::new();
    operation.insert("operationId".to_owned(), json!(door.name));
    operation.insert("tags".to_owned(), json!([door.chapter.words().0]));
    operation.insert("summary".to_owned(), json!(door.summary));
    operation.insert("description".to_owned(), json!(door.about));
    operation.insert("security".to_owned(), security(door.by));
    if !door.reads.is_empty() {
        operation.insert("parameters".to_owned(), door.reads.iter().map(parameter).collect());
    }
    match &door.takes {
        Takes::Nothing => {}
        Takes::Form(fields) => {
            operation.insert("requestBody".to_owned(), body("application/x-www-form-urlencoded", &object(fields)));
        }
        Takes::Json(fields) => {
            operation.insert("requestBody".to_owned(), body("application/json", &object(fields)));
        }
    }
    let responses: Map<String, Value> =
        door.answers.iter().map(|answer| (answer.status.to_string(), response(answer))).collect();
    operation.insert("responses".to_owned(), Value::Object(responses));
    Value::Object(operation)
}

/// The ways to say who one is. What stands in a form has no scheme in OpenAPI: see the fields.
pub fn schemes() -> Value {
    json!({
        "clientSecret": {
            "type": "http", "scheme": "basic",
            "description": "`client_secret_basic` (RFC 6749 §2.3.1). The other ways, `client_secret_post` and \
                `private_key_jwt`, are fields of the form.",
        },
        "clientAssertion": {
            "type": "http", "scheme": "bearer",
            "description": "An assertion signed with the client's key (RFC 7523), where there is no form to put it in.",
        },
        "clientCertificate": {
            "type": "mutualTLS",
            "description": "A certificate of the client's, on the listener for certificates (RFC 8705).",
        },
        "boundToken": {
            "type": "apiKey", "in": "header", "name": "Authorization",
            "description": "`DPoP TOKEN`, with a proof of its key in the header `DPoP` (RFC 9449 §7.1); or `Bearer TOKEN` on \
                the listener for certificates, for a token bound to the certificate (RFC 8705 §3).",
        },
        "initialToken": {
            "type": "http", "scheme": "bearer",
            "description": "`latchkey clients` gives it out; good for one registration (RFC 7591 §3).",
        },
        "bearerToken": {
            "type": "http", "scheme": "bearer",
            "description": "For tokens of ordinary clients that did not ask for a bound one (RFC 6750).",
        },
    })
}

fn security(by: By) -> Value {
    match by {
        By::Anybody => json!([]),
        By::Client | By::ProvenClient => json!([{ "clientSecret": [] }, { "clientCertificate": [] }, {}]),
        By::ClientOfHeader => json!([{ "clientSecret": [] }, { "clientAssertion": [] }, { "clientCertificate": [] }]),
        By::InitialToken => json!([{ "initialToken": [] }]),
        By::Token => json!([{ "boundToken": [] }, { "bearerToken": [] }]),
    }
}

fn parameter(field: &Field) -> Value {
    json!({
        "name": field.name,
        "in": field.place,
        "required": field.required,
        "description": field.about,
        "schema": schema(field),
    })
}

fn schema(field: &Field) -> Value {
    if let Some(kind) = &field.kind {
        return kind.clone();
    }
    if field.values.is_empty() {
        json!({ "type": "string" })
    } else {
        json!({ "type": "string", "enum": field.values })
    }
}

fn object(fields: &[Field]) -> Value {
    let property = |field: &Field| {
        let mut schema = schema(field);
        if let Value::Object(members) = &mut schema {
            members.insert("description".to_owned(), json!(field.about));
        }
        (field.name.to_owned(), schema)
    };
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    json!({
        "type": "object",
        "properties": fields.iter().map(property).collect::<Map<String, Value>>(),
        "required": required,
    })
}

fn body(kind: &str, schema: &Value) -> Value {
    json!({ "required": true, "content": { kind: { "schema": schema } } })
}

fn response(answer: &Answer) -> Value {
    let mut headers = Map::new();
    headers.insert("X-Request-Id".to_owned(), header("X-Request-Id", true));
    for (name, always) in &answer.headers {
        headers.insert((*name).to_owned(), header(name, *always));
    }
    let mut response = json!({ "description": answer.about, "headers": headers });
    if let (false, Value::Object(members)) = (answer.bodies.is_empty(), &mut response) {
        let content = answer.bodies.iter().map(|(kind, schema)| ((*kind).to_owned(), json!({ "schema": schema })));
        members.insert("content".to_owned(), content.collect::<Map<String, Value>>().into());
    }
    response
}

fn header(name: &str, always: bool) -> Value {
    let (about, schema) = match name {
        "X-Request-Id" => ("The number of this request, as our log has it.", json!({ "type": "string" })),
        "Retry-After" => {
            ("Whole seconds after which the same request may pass.", json!({ "type": "integer", "minimum": 1 }))
        }
        "Ledger-Proof" => (
            "Where the proof of it is (C2SP tlog-proof), once a checkpoint covers it: within a second or so.",
            json!({ "type": "string", "format": "uri" }),
        ),
        "Ledger-Position" => ("Where this read stands in the ledger.", json!({ "type": "integer", "minimum": 0 })),
        "DPoP-Nonce" => ("The nonce for the next proof (RFC 9449 §8.2).", json!({ "type": "string" })),
        "WWW-Authenticate" => ("How to show a token, and what was wrong with this one.", json!({ "type": "string" })),
        "Location" => ("Where it is from now on.", json!({ "type": "string" })),
        _ => ("See RFC 9111.", json!({ "type": "string" })),
    };
    json!({ "description": about, "required": always, "schema": schema })
}
