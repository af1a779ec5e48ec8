//! An ordinary app with the `openidconnect` crate: signs residents in, and knows them again tomorrow.
//!
//! `cargo run --example openidconnect -- --issuer http://localhost:8080 --port 3003`
//!
//! The crate does discovery, PKCE, and every check of the ID token. What stands here is what an app must decide by
//! itself: where it keeps what is to come back unchanged, and what it does with the answer.

#![allow(clippy::print_stdout, reason = "a program for a terminal")]

mod http;
mod pages;
mod protocol;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use clap::Parser;
use tokio::sync::Mutex;

use protocol::{App, Asked, Resident};

/// A sign-in with an app of one's own.
#[derive(Parser)]
struct Arguments {
    /// Where Latchkey is.
    #[arg(long, default_value = "http://localhost:8080")]
    issuer: String,
    /// The port of this app.
    #[arg(long, default_value_t = 3003)]
    port: u16,
    /// The id in the manifest.
    #[arg(long, default_value = "newsletter")]
    client_id: String,
    /// The secret that came with the registration, if this app has one.
    #[arg(long, env = "CLIENT_SECRET", hide_env_values = true)]
    secret: Option<String>,
}

/// What is known of one browser.
#[derive(Default)]
struct Session {
    asked: Option<Asked>,
    resident: Option<Resident>,
}

/// The app, and the browsers that came. In memory: this is an example.
struct Desk {
    app: App,
    sessions: Mutex<HashMap<String, Session>>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let here = format!("http://localhost:{}", arguments.port);
    let app =
        App::discover(arguments.issuer, arguments.client_id, arguments.secret, format!("{here}/callback")).await?;
    let desk = Arc::new(Desk { app, sessions: Mutex::default() });
    let routes = Router::new()
        .route("/", get(home))
        .route("/sign-in", get(sign_in))
        .route("/callback", get(callback))
        .route("/refresh", get(refresh))
        .with_state(desk);
    let listener = tokio::net::TcpListener::bind(("localhost", arguments.port)).await?;
    println!("Then open:  {here}/");
    axum::serve(listener, routes).await?;
    Ok(())
}

async fn home() -> Response {
    pages::show("Newsletter", None, &["/sign-in"])
}

async fn sign_in(State(desk): State<Arc<Desk>>) -> Response {
    let (address, asked) = desk.app.ask();
    let id = asked.state().to_owned();
    desk.sessions.lock().await.insert(id.clone(), Session { asked: Some(asked), resident: None });
    pages::go(&address, Some(&id))
}

async fn callback(State(desk): State<Arc<Desk>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let mut sessions = desk.sessions.lock().await;
    let Some(session) = pages::session(&headers).and_then(|id| sessions.get_mut(&id)) else {
        return pages::trouble("no such session");
    };
    let Some(asked) = session.asked.take() else { return pages::trouble("nothing was asked") };
    match desk.app.redeem(asked, query.as_deref().unwrap_or_default()).await {
        Ok(resident) => pages::resident(session.resident.insert(resident)),
        Err(why) => pages::trouble(&why),
    }
}

async fn refresh(State(desk): State<Arc<Desk>>, headers: HeaderMap) -> Response {
    let mut sessions = desk.sessions.lock().await;
    let known = pages::session(&headers).and_then(|id| sessions.get_mut(&id));
    let Some(resident) = known.and_then(|session| session.resident.as_mut()) else {
        return pages::trouble("nobody is signed in here");
    };
    match desk.app.refresh(resident).await {
        Ok(()) => pages::resident(resident),
        Err(why) => pages::trouble(&why),
    }
}
