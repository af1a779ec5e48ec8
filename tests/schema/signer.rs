//! What a program cannot invent: who it is, what it holds, and a proof of that, for each call anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use super::support::TestApp;
use super::support::partner::Partner;

/// The clients, and what alice gave them.
struct Held {
    partner: Partner,
    access: String,
    refresh: String,
    bearer: String,
}

#[derive(Deserialize)]
struct Call {
    method: String,
    path: String,
}

/// What to add to a call.
#[derive(Default, Serialize)]
struct Signed {
    headers: BTreeMap<&'static str, String>,
    /// Fields that say who it is.
    credentials: BTreeMap<String, String>,
    /// All other fields of a call that is good.
    good: BTreeMap<String, String>,
}

/// Lets alice agree, and answers on a port of its own; the address.
pub async fn start(town: &TestApp) -> String {
    let (partner, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let code = alice.browser.agrees(&partner.pushed(&[]).await, &["plate_masked"]).await;
    let tokens = partner.redeems(&code).await.expect(200);
    let native = town.native().await;
    let code = alice.browser.agrees(&native.plain(&[]), &[]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", native.redirect_uri.as_str()),
        ("code_verifier", super::support::partner::VERIFIER),
        ("client_id", "nat-n"),
    ];
    let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let bearer = native.post("/token", &form, None).await.expect(200).member("access_token");
    let (access, refresh) = (tokens.member("access_token"), tokens.member("refresh_token"));
    let held = Arc::new(Held { partner, access, refresh, bearer });

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let doors = Router::new().route("/sign", get(sign)).with_state(held);
    tokio::spawn(async move { axum::serve(listener, doors).await });
    address
}

async fn sign(State(held): State<Arc<Held>>, Query(call): Query<Call>) -> Json<Signed> {
    let (method, path) = (call.method.as_str(), call.path.as_str());
    let mut signed = Signed::default();
    match (method, path) {
        ("POST", "/userinfo") => {
            signed.headers.insert("Authorization", format!("Bearer {}", held.bearer));
        }
        ("POST", "/events/poll" | "/orders/receipts") => {
            signed.headers.insert("Authorization", format!("Bearer {}", held.partner.assertion()));
        }
        (_, path) if path.starts_with("/grants") || ["/userinfo", "/vault/claims"].contains(&path) => {
            signed.headers.insert("Authorization", format!("DPoP {}", held.access));
            signed.headers.insert("DPoP", held.partner.proof(method, path, Some(&held.access)));
        }
        ("POST", _) => {
            signed.headers.insert("DPoP", held.partner.proof(method, path, None));
            signed.credentials = held.partner.authentication().into_iter().collect();
            signed.good = good(&held, path);
        }
        _ => {}
    }
    Json(signed)
}

fn good(held: &Held, path: &str) -> BTreeMap<String, String> {
    let one = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    match path {
        "/par" => held.partner.request().into_iter().collect(),
        "/token" => one(&[("grant_type", "refresh_token"), ("refresh_token", &held.refresh)]),
        "/introspect" => one(&[("token", &held.access)]),
        "/revoke" => one(&[("token", "given back already")]),
        _ => BTreeMap::new(),
    }
}
