//! Clients that publish their keys at a `jwks_uri` (cases 56 and 58), at real servers on this machine.

use std::sync::Arc;
use std::time::Duration;

use latchkey::config::Network;
use latchkey::ids::ClientId;
use latchkey::oauth::{self, NotRegistered};
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::keys::{Key, with};
use crate::support::partner::Partner;
use crate::support::races::at_once;
use crate::support::receiver::{Receiver, Reply, without_length};

/// A town whose operator lets this machine be asked, and has no patience.
async fn town() -> TestApp {
    TestApp::start_with(|config| {
        config.outgoing.allow = vec![Network::parse("127.0.0.0/8").unwrap()];
        config.outgoing.whole_milliseconds = 500;
    })
    .await
}

/// The manifest of a partner that publishes its keys there.
fn manifest(partner: &Partner, address: &str) -> String {
    let manifest = partner.manifest();
    format!("jwks_uri = \"{address}\"\n{}", manifest.split("[[jwks").next().unwrap())
}

async fn publishes_at(town: &TestApp, address: &str) -> Partner {
    let partner = town.unregistered("rp-a");
    town.register(&manifest(&partner, address)).await;
    partner
}

fn named(key: &Key, kid: &str) -> Value {
    let mut jwk = key.jwk();
    jwk["kid"] = json!(kid);
    jwk
}

fn set(keys: &[Value]) -> Reply {
    Reply::Json(200, json!({ "keys": keys }))
}

/// Whether an assertion by this key, which it calls `kid`, proves the client.
async fn proves(partner: &Partner, key: &Key, kid: &str) -> bool {
    let assertion = key.sign(&json!({ "alg": key.alg(), "kid": kid }), &partner.assertion_claims());
    let form = with(&partner.authentication(), &[("client_assertion", &assertion), ("token", "x")]);
    let answer = partner.post("/revoke", &form, None).await;
    match answer.status.as_u16() {
        200 => true,
        _ => {
            answer.refused(401, "invalid_client");
            false
        }
    }
}

#[tokio::test]
async fn case_56_a_published_key_is_kept_for_a_minute_and_not_longer() {
    let (town, server) = (town().await, Receiver::start().await);
    let partner = publishes_at(&town, &server.at("/jwks")).await;
    let (old, new) = (Key::new(), Key::new());
    server.always(set(&[named(&old, "1")]));
    assert!(server.arrived().is_empty(), "nothing is fetched before it is needed");
    for _ in 0..5 {
        assert!(proves(&partner, &old, "1").await);
    }
    assert_eq!(server.arrived().len(), 1);

    // The owner takes the old key out: another minute, and it is refused.
    server.always(set(&[named(&new, "2")]));
    town.pass_seconds(59);
    assert!(proves(&partner, &old, "1").await);
    town.pass_seconds(1);
    assert!(!proves(&partner, &old, "1").await);
    assert!(proves(&partner, &new, "2").await);
    assert_eq!(server.arrived().len(), 2);
}

#[tokio::test]
async fn case_56_a_new_key_is_found_when_it_is_used_but_nobody_makes_us_knock_for_ever() {
    let (town, server) = (town().await, Receiver::start().await);
    let partner = publishes_at(&town, &server.at("/jwks")).await;
    let (old, new) = (Key::new(), Key::new());
    server.always(set(&[named(&old, "1")]));
    assert!(proves(&partner, &old, "1").await);
    server.always(set(&[named(&old, "1"), named(&new, "2")]));
    assert!(!proves(&partner, &new, "2").await, "half a minute after the last look at the soonest");
    town.pass_seconds(30);
    assert!(proves(&partner, &new, "2").await && proves(&partner, &old, "1").await);
    assert_eq!(server.arrived().len(), 2);
    for kid in 0..50 {
        assert!(!proves(&partner, &new, &format!("unknown-{kid}")).await);
    }
    assert_eq!(server.arrived().len(), 2);
}

#[tokio::test]
async fn case_56_a_server_that_is_down_is_asked_again_and_its_old_keys_are_not_used_on() {
    let (town, server) = (town().await, Receiver::start().await);
    let partner = publishes_at(&town, &server.at("/jwks")).await;
    let key = Key::new();
    server.always(set(&[named(&key, "1")]));
    assert!(proves(&partner, &key, "1").await);
    server.always(Reply::Status(503));
    town.pass_seconds(40);
    // An unknown key makes us look; what is still believed is not lost by the failure.
    assert!(!proves(&partner, &key, "2").await && proves(&partner, &key, "1").await);
    town.pass_seconds(20);
    assert!(!proves(&partner, &key, "1").await);
    let knocked = server.arrived().len();
    assert!(!proves(&partner, &key, "1").await);
    assert_eq!(server.arrived().len(), knocked, "not again at once");
    server.always(set(&[named(&key, "1")]));
    town.pass_seconds(5);
    assert!(proves(&partner, &key, "1").await);
}

#[tokio::test]
async fn many_at_once_fetch_one_document() {
    let (town, server) = (town().await, Receiver::start().await);
    let partner = publishes_at(&town, &server.at("/jwks")).await;
    let key = Key::new();
    server.always(set(&[named(&key, "1")]));
    let (partner, key) = (Arc::new(partner), Arc::new(key));
    let racers = (0..32).map(|_| {
        let (partner, key) = (partner.clone(), key.clone());
        async move { proves(&partner, &key, "1").await }
    });
    assert!(at_once(racers.collect()).await.into_iter().all(|proved| proved));
    assert_eq!(server.arrived().len(), 1);
}

#[tokio::test]
async fn case_58_what_a_server_may_answer_is_bounded() {
    let (town, server) = (town().await, Receiver::start().await);
    let partner = publishes_at(&town, &server.at("/jwks")).await;
    let (key, elsewhere) = (Key::new(), Receiver::start().await);
    elsewhere.always(set(&[named(&key, "1")]));
    let mut private = named(&key, "1");
    private["d"] = json!("AA");
    let before = town.state().await;
    for reply in [
        Reply::To(elsewhere.at("/jwks")),
        Reply::To("http://169.254.169.254/latest/meta-data".to_owned()),
        Reply::To("http://10.0.0.1/jwks".to_owned()),
        Reply::Long(11 << 20),
        Reply::Stall(Duration::from_secs(31)),
        Reply::Status(200),
        Reply::Status(404),
        Reply::Json(500, json!({ "keys": [named(&key, "1")] })),
        Reply::Json(200, json!([named(&key, "1")])),
        Reply::Json(200, json!({ "keys": "x" })),
        set(&[]),
        set(&[private]),
        set(&[json!({ "kty": "oct", "k": "AAAA", "kid": "1" })]),
        set(&[named(&key, "1"), named(&Key::new(), "1")]),
    ] {
        server.always(reply.clone());
        assert!(!proves(&partner, &key, "1").await, "{reply:?}");
        town.pass_seconds(5);
    }
    assert_eq!(town.state().await, before);
    assert!(elsewhere.arrived().is_empty(), "no redirect is followed");
    server.always(set(&[json!({ "kty": "EC", "crv": "P-521", "kid": "9" }), named(&key, "1")]));
    assert!(proves(&partner, &key, "1").await, "a key of another kind beside it harms nobody");
}

#[tokio::test]
async fn case_58_a_body_without_end_is_cut_off() {
    let town = town().await;
    let address = without_length(176).await;
    let partner = publishes_at(&town, &format!("http://{address}/jwks")).await;
    assert!(!proves(&partner, &Key::new(), "1").await);
}

#[tokio::test]
async fn case_58_private_addresses_are_not_registered_and_names_that_lead_there_not_asked() {
    let (town, server) = (TestApp::start().await, Receiver::start().await);
    let partner = town.unregistered("rp-a");
    let before = town.state().await;
    for address in [
        "http://127.0.0.1/jwks",
        "https://127.0.0.1/jwks",
        "https://[::1]/jwks",
        "https://169.254.169.254/jwks",
        "https://10.0.0.1/jwks",
        "https://192.168.1.1/jwks",
        "https://[fe80::1]/jwks",
        "https://[::ffff:127.0.0.1]/jwks",
        "https://user@a.test/jwks",
        "ftp://a.test/jwks",
        "file:///etc/passwd",
        "https://a.test/jwks#x",
        "HTTPS://a.test/jwks",
        "jwks",
        "",
    ] {
        let refused = oauth::register(&town.app, &manifest(&partner, address)).await;
        let Err(NotRegistered::Manifest(cause)) = refused else { panic!("{address}") };
        assert_eq!(cause.code, "invalid_client_metadata", "{address}");
    }
    let both = format!("jwks_uri = \"https://a.test/jwks\"\n{}", partner.manifest());
    assert!(oauth::register(&town.app, &both).await.is_err(), "one or the other");
    assert_eq!(town.state().await, before);
    // A name is judged by the address that it has when it is asked.
    let name = format!("https://localhost:{}/jwks", server.address.port());
    town.register(&manifest(&partner, &name)).await;
    assert!(!proves(&partner, &Key::new(), "1").await);
    assert!(server.arrived().is_empty());
}

#[tokio::test]
async fn keys_that_a_client_publishes_are_not_rotated_here() {
    let town = town().await;
    publishes_at(&town, "https://a.test/jwks").await;
    let id = ClientId::parse("rp-a").unwrap();
    let keys = json!({ "keys": [Key::new().jwk()] }).to_string();
    let refused = oauth::rotate_keys(&town.app, &id, keys.as_bytes(), Duration::ZERO).await.unwrap_err();
    assert!(refused.to_string().contains("jwks_uri"), "{refused}");
}
