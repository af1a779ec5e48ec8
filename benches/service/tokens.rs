//! The protocol's own doors: codes for tokens, refreshes, introspections. Assertions and proofs are made beforehand.

use std::sync::Arc;

use reqwest::{Client, Method, Request};
use serde_json::Value;

use crate::support::partner::{Partner, VERIFIER};
use crate::support::town::Neighbour;

/// So many codes, by as many hands at once: each is a push, and a visit of a browser in which she agreed before.
pub async fn codes(parking: &Arc<Partner>, alice: &Arc<Neighbour>, count: usize, hands: usize) -> Vec<String> {
    let share = move |hand: usize| count / hands + usize::from(hand < count % hands);
    let work = |hand: usize| {
        let (parking, alice) = (Arc::clone(parking), Arc::clone(alice));
        tokio::spawn(async move {
            let mut codes = Vec::new();
            for _ in 0..share(hand) {
                let answer = alice.browser.get(&parking.pushed(&[]).await).await.expect(303);
                codes.push(answer.parameter("code").unwrap());
            }
            codes
        })
    };
    let mut codes = Vec::with_capacity(count);
    for hand in (0..hands).map(work).collect::<Vec<_>>() {
        codes.extend(hand.await.unwrap());
    }
    codes
}

/// A code for tokens, with an assertion and a proof.
pub fn exchange(client: &Client, base: &str, parking: &Partner, code: &str) -> Request {
    let asked = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", parking.redirect_uri.as_str()),
        ("code_verifier", VERIFIER),
    ];
    posted(client, base, parking, "/token", &asked)
}

/// A refresh, with an assertion and a proof.
pub fn refresh(client: &Client, base: &str, parking: &Partner, token: &str) -> Request {
    posted(client, base, parking, "/token", &[("grant_type", "refresh_token"), ("refresh_token", token)])
}

/// How an access token stands, asked with an assertion.
pub fn introspection(client: &Client, base: &str, parking: &Partner, token: &str) -> Request {
    let mut form = parking.authentication();
    form.push(("token".to_owned(), token.to_owned()));
    client.request(Method::POST, format!("{base}/introspect")).form(&form).build().unwrap()
}

fn posted(client: &Client, base: &str, parking: &Partner, path: &str, asked: &[(&str, &str)]) -> Request {
    let mut form = parking.authentication();
    form.extend(asked.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let request = client.request(Method::POST, format!("{base}{path}")).form(&form);
    request.header("dpop", parking.proof("POST", path, None)).build().unwrap()
}

/// A member of each answer.
pub fn members(bodies: &[String], name: &str) -> Vec<String> {
    let member = |body: &String| serde_json::from_str::<Value>(body).ok()?[name].as_str().map(str::to_owned);
    bodies.iter().map(|body| member(body).unwrap()).collect()
}
