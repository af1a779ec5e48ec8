//! 阳光停车 (Sunshine Parking): a partner app, as anybody could write one.
//!
//! It knows of Latchkey only what its public HTTP surface says, and keeps nothing about anybody: each time its page
//! is opened it reads afresh what the resident allows, and the resident sees that read in the visitors' book.
//!
//! `cargo run --example parking` serves it on <http://localhost:8081> beside a Latchkey on <http://localhost:8080>, and
//! writes the manifest for `latchkey clients register parking.toml`. `bin/demo` does all of it.
#![expect(clippy::print_stdout, reason = "it says where it listens")]
#![expect(clippy::indexing_slicing, reason = "a JSON value indexed by a name that it lacks is null")]

mod key;
mod machine;
mod manifest;
mod pages;
mod partner;
mod proof;
mod visits;
mod words;

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, serve};
use clap::Parser;
use serde::Deserialize;
use tokio::net::TcpListener;

use crate::key::Key;
use crate::partner::Partner;
use crate::proof::Nonce;
use crate::visits::{Visit, Visits};
use crate::words::Words;

/// The partner app of the demo.
#[derive(Parser)]
struct Arguments {
    /// Port to listen on, at localhost.
    #[arg(long, default_value_t = 8081)]
    port: u16,
    /// Where Latchkey is.
    #[arg(long, default_value = "http://localhost:8080")]
    issuer: String,
    /// File of the app's signing key; made if it is not there. Without it the key lasts as long as the program.
    #[arg(long)]
    key: Option<PathBuf>,
    /// Where to write the manifest that the operator registers.
    #[arg(long, default_value = "parking.toml")]
    manifest: PathBuf,
}

#[derive(Clone)]
struct Parking {
    partner: Arc<Partner>,
    visits: Visits,
}

#[tokio::main]
async fn main() -> Result<(), String> {
    let arguments = Arguments::parse();
    let key = arguments.key.as_deref().map_or_else(Key::make, Key::at)?;
    let redirect_uri = format!("http://localhost:{}/back", arguments.port);
    manifest::write(&arguments.manifest, &key, &redirect_uri)?;

    // Which library computes for TLS is the program's choice; an error says that it was made already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build();
    let partner = Partner {
        id: manifest::ID.to_owned(),
        issuer: arguments.issuer.trim_end_matches('/').to_owned(),
        redirect_uri,
        key,
        http: http.map_err(|cause| cause.to_string())?,
        nonce: Nonce::default(),
    };
    let parking = Parking { partner: Arc::new(partner), visits: Visits::default() };
    let router = Router::new()
        .route("/", get(home))
        .route("/ask", get(ask))
        .route("/back", get(back))
        .route("/leave", post(leave))
        .route("/style.css", get(style))
        .with_state(parking);

    let taken = |cause| format!("port {} cannot be used: {cause}", arguments.port);
    let listener = TcpListener::bind(("127.0.0.1", arguments.port)).await.map_err(taken)?;
    println!("阳光停车 http://localhost:{}", arguments.port);
    serve(listener, router).await.map_err(|cause| cause.to_string())
}

/// Who is here? Nobody yet: an invitation. Somebody: what we may read of them, read now.
async fn home(State(parking): State<Parking>, headers: HeaderMap) -> Response {
    let words = words::of(&headers);
    let Some(visit) = parking.visits.of(&headers).await else { return page(&pages::welcome(words)) };
    let mut visit = visit.lock().await;
    let Some(access) = visit.access.as_mut() else { return page(&pages::welcome(words)) };
    match parking.partner.read(access).await {
        Ok(read) => page(&pages::member(words, &access.subject, &read)),
        Err(cause) => trouble(words, &cause),
    }
}

/// Off to Latchkey.
async fn ask(State(parking): State<Parking>, headers: HeaderMap) -> Response {
    let words = words::of(&headers);
    let sent = async {
        let (url, asked) = parking.partner.ask(words.locale).await?;
        parking.visits.end(&headers).await;
        let cookie = parking.visits.begin(Visit { asked: Some(asked), access: None }).await?;
        Ok::<_, String>((url, cookie))
    };
    match sent.await {
        Ok((url, cookie)) => (StatusCode::SEE_OTHER, [(LOCATION, url), (SET_COOKIE, cookie)]).into_response(),
        Err(cause) => trouble(words, &cause),
    }
}

#[derive(Deserialize)]
struct Back {
    code: Option<String>,
    error: Option<String>,
    state: Option<String>,
    iss: Option<String>,
}

/// Back from Latchkey: with a code, or with a no. Each is the answer to our own question, or it is nothing.
async fn back(State(parking): State<Parking>, headers: HeaderMap, Query(back): Query<Back>) -> Response {
    let words = words::of(&headers);
    let Some(visit) = parking.visits.of(&headers).await else { return trouble(words, "no such visit") };
    let mut visit = visit.lock().await;
    let Some(asked) = visit.asked.take() else { return trouble(words, "nothing was asked") };
    if back.state.as_deref() != Some(&asked.state) || back.iss.as_deref() != Some(&parking.partner.issuer) {
        return trouble(words, "not the answer to our question");
    }
    let Some(code) = back.code else {
        return page(&pages::declined(words, back.error.as_deref().unwrap_or_default()));
    };
    match redeem(&parking.partner, asked, &code).await {
        Ok(access) => {
            visit.access = Some(access);
            (StatusCode::SEE_OTHER, [(LOCATION, "/")]).into_response()
        }
        Err(cause) => trouble(words, &cause),
    }
}

async fn redeem(partner: &Partner, asked: partner::Asked, code: &str) -> Result<partner::Access, String> {
    let access = partner.redeem(asked, code).await?;
    if partner.is_same_resident(&access).await? { Ok(access) } else { Err("userinfo names somebody else".to_owned()) }
}

/// Forgets the browser. The consent stays the resident's to stop, at Latchkey.
async fn leave(State(parking): State<Parking>, headers: HeaderMap) -> Response {
    parking.visits.end(&headers).await;
    (StatusCode::SEE_OTHER, [(LOCATION, "/")]).into_response()
}

async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("style.css"))
}

fn page(html: &str) -> Response {
    let policy = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    let headers =
        [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store"), (CONTENT_SECURITY_POLICY, policy)];
    (headers, html.to_owned()).into_response()
}

/// Something went wrong between the two of us: the cause is ours to read, not the resident's.
fn trouble(words: &Words, cause: &str) -> Response {
    println!("trouble: {cause}");
    (StatusCode::BAD_GATEWAY, page(&pages::trouble(words))).into_response()
}
