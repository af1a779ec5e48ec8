//! The document of the JSON API says what runs: every door of programs, and no other.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::TestApp;

/// The table of doors, as it stands in the source.
const DOORS: &str = include_str!("../../src/http/mod.rs");

/// The methods that a line of the table opens, of those that it may name.
const METHODS: [&str; 5] = ["get", "post", "put", "delete", "patch"];

async fn document(town: &TestApp) -> Value {
    town.browser().get("/openapi.json").await.expect(200).json()
}

fn operations(document: &Value) -> BTreeSet<(String, String)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let methods = |(path, item): (&String, &Value)| -> Vec<(String, String)> {
        item.as_object().unwrap().keys().map(|method| (path.clone(), method.clone())).collect()
    };
    paths.flat_map(methods).collect()
}

/// What the groups of programs open in the source. Files for pages are no part of the API.
fn opened() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for group in ["fn protocol()", "fn data()", "fn open()"] {
        let body = DOORS.split(group).nth(1).unwrap_or_else(|| panic!("no {group}")).split("\n}").next().unwrap();
        assert!(!body.contains(".merge(") && !body.contains(".nest("), "{group}: say each door in the table");
        // A constant in the table is written as what it is, and doors that another file puts together as what they are.
        let body = body
            .replace("protected::WELL_KNOWN", "\"/.well-known/oauth-protected-resource\"")
            .replace("grants::doors()", "get(query).delete(revoke)");
        for route in body.split(".route(").skip(1) {
            let path = &route.split('"').nth(1).unwrap().replace("{*", "{");
            let handlers = route.split('"').nth(2).unwrap();
            let methods: Vec<_> = METHODS.iter().filter(|method| handlers.contains(&format!("{method}("))).collect();
            assert!(!methods.is_empty(), "{path}: no method that is known here");
            found.extend(methods.into_iter().map(|method| (path.to_owned(), (*method).to_owned())));
        }
    }
    // Files and pictures for pages.
    for path in ["/assets/{name}", "/device/qr/{code}"] {
        assert!(found.remove(&(path.to_owned(), "get".to_owned())), "{path}");
    }
    found
}

#[tokio::test]
async fn every_door_of_programs_is_in_the_document_and_nothing_else_is() {
    let town = TestApp::start().await;
    assert_eq!(operations(&document(&town).await), opened());
}

#[tokio::test]
async fn what_the_document_names_is_there() {
    let town = TestApp::start().await;
    for (path, method) in operations(&document(&town).await) {
        let address = path.replace("{path}", "userinfo").replace(['{', '}'], "");
        let method = reqwest::Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
        let answer = town.browser().send(town.browser().request(method.clone(), &address), &address).await;
        assert!(answer.status != 405 && !answer.status.is_server_error(), "{method} {path}: {}", answer.status);
        assert!(!answer.body.contains("no such address"), "{method} {path}");
    }
}

#[tokio::test]
async fn the_document_is_openapi_and_every_reference_leads_somewhere() {
    let town = TestApp::start().await;
    let document = document(&town).await;
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], "https://id.test", "of the configuration, not of the request");

    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
    let mut names = BTreeSet::new();
    for (path, method) in operations(&document) {
        let operation = &document["paths"][&path][&method];
        assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{path}: a name that is taken");
        for word in ["summary", "description"] {
            assert!(operation[word].as_str().is_some_and(|text| text.len() > 8), "{method} {path}: no {word}");
        }
        let responses = operation["responses"].as_object().unwrap();
        for status in ["429", "500", "503"] {
            assert!(responses.contains_key(status), "{method} {path}: {status}");
        }
        assert_eq!(responses["429"]["headers"]["Retry-After"]["required"], true, "{method} {path}");
    }
}

#[tokio::test]
async fn the_schema_of_the_metadata_is_of_the_metadata() {
    let town = TestApp::start().await;
    let schema = document(&town).await["components"]["schemas"]["Metadata"].clone();
    let metadata = town.browser().get("/.well-known/openid-configuration").await.expect(200).json();
    let named: BTreeSet<_> = schema["properties"].as_object().unwrap().keys().collect();
    assert_eq!(named, metadata.as_object().unwrap().keys().collect());
}

/// Every parameter that some door of clients looks at.
fn looked_at(folder: &std::path::Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            looked_at(&entry, found);
        } else {
            let text = std::fs::read_to_string(&entry).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for call in ["params.get(\"", "params.required(\""] {
                found.extend(code.split(call).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
            }
        }
    }
}

#[tokio::test]
async fn every_parameter_that_is_looked_at_is_in_the_document() {
    let town = TestApp::start().await;
    let document = document(&town).await;
    let mut named = BTreeSet::new();
    for (path, method) in operations(&document) {
        let form = &document["paths"][&path][&method]["requestBody"]["content"]["application/x-www-form-urlencoded"];
        named.extend(form["schema"]["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()));
    }
    let mut found = BTreeSet::new();
    for folder in ["src/oauth", "src/http"] {
        looked_at(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    // Looked at to be refused; or of a page (`/authorize`, `/end_session`): they are no part of the API.
    for elsewhere in ["request", "request_uri", "claims", "post_logout_redirect_uri", "logout_hint"] {
        found.remove(elsewhere);
    }
    let missing: Vec<_> = found.difference(&named).collect();
    assert!(found.len() > 15 && missing.is_empty(), "{missing:?}");
}
