//! What the service fetches and pushes: only where it may, only so much, only so long.

use std::time::Duration;

use latchkey::config::{self, Network};
use latchkey::outgoing::{Failed, Outgoing};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use url::Url;

use crate::support::receiver::{Receiver, Reply, without_length};

const MIB: usize = 1024 * 1024;

fn settings(allow: &[&str]) -> config::Outgoing {
    let allow = allow.iter().map(|text| Network::parse(text).unwrap()).collect();
    config::Outgoing { allow, connect_milliseconds: 500, whole_milliseconds: 500, ..config::Outgoing::default() }
}

fn outgoing(allow: &[&str]) -> Outgoing {
    Outgoing::new(&settings(allow)).unwrap()
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[tokio::test]
async fn what_is_fetched_is_the_body_of_a_200() {
    let receiver = Receiver::start().await;
    let outgoing = outgoing(&["127.0.0.0/8"]);
    receiver.next([Reply::Json(200, serde_json::json!({ "keys": [] })), Reply::Status(404), Reply::Status(500)]);
    let fetched = outgoing.get_json(&url(&receiver.at("/jwks")), MIB).await;
    assert_eq!(fetched.unwrap(), br#"{"keys":[]}"#);
    for status in [404, 500] {
        assert_eq!(outgoing.get_json(&url(&receiver.at("/jwks")), MIB).await, Err(Failed::Status(status)));
    }
    let asked = &receiver.arrived()[0];
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("GET", "/jwks"));
    assert!(asked.headers["user-agent"].to_str().unwrap().starts_with("latchkey/"));
    assert!(asked.headers.get("cookie").is_none() && asked.headers.get("referer").is_none());
}

#[tokio::test]
async fn what_is_posted_arrives_once_as_it_was_given() {
    let receiver = Receiver::start().await;
    let outgoing = outgoing(&["127.0.0.0/8"]);
    receiver.next([Reply::Accepted, Reply::Json(400, serde_json::json!({ "err": "invalid_key" }))]);
    let to = url(&receiver.at("/events"));
    let post = |authorization| outgoing.post(&to, "application/secevent+jwt", b"a.b.c".to_vec(), authorization);
    assert_eq!(post(Some("Bearer x")).await.unwrap().status, 202);
    let refused = post(None).await.unwrap();
    assert_eq!((refused.status, refused.body.as_slice()), (400, br#"{"err":"invalid_key"}"#.as_slice()));
    let arrived = receiver.arrived();
    assert_eq!((arrived.len(), arrived[0].body.as_str()), (2, "a.b.c"));
    assert_eq!(arrived[0].headers["content-type"], "application/secevent+jwt");
    assert_eq!(arrived[0].headers["authorization"], "Bearer x");
    assert!(arrived[1].headers.get("authorization").is_none());
}

#[tokio::test]
async fn case_58_a_redirect_is_not_followed() {
    let (first, second) = (Receiver::start().await, Receiver::start().await);
    first.always(Reply::To(second.at("/secret")));
    let outgoing = outgoing(&["127.0.0.0/8"]);
    assert_eq!(outgoing.get_json(&url(&first.at("/jwks")), MIB).await, Err(Failed::Redirected));
    let posted = outgoing.post(&url(&first.at("/events")), "application/jwt", Vec::new(), None).await;
    assert_eq!(posted.unwrap_err(), Failed::Redirected);
    assert!(second.arrived().is_empty());
}

#[tokio::test]
async fn case_58_an_answer_of_eleven_mebibytes_is_cut_off() {
    let receiver = Receiver::start().await;
    let outgoing = outgoing(&["127.0.0.0/8"]);
    receiver.always(Reply::Long(11 * MIB));
    assert_eq!(outgoing.get_json(&url(&receiver.at("/jwks")), MIB).await, Err(Failed::TooLong));
    // Nobody said how long it would be: it is counted.
    let silent = without_length(11 * 16).await;
    assert_eq!(outgoing.get_json(&url(&format!("http://{silent}/")), MIB).await, Err(Failed::TooLong));
}

#[tokio::test]
async fn case_58_a_server_that_stalls_is_left() {
    let receiver = Receiver::start().await;
    let outgoing = outgoing(&["127.0.0.0/8"]);
    receiver.always(Reply::Stall(Duration::from_secs(31)));
    assert_eq!(outgoing.get_json(&url(&receiver.at("/jwks")), MIB).await, Err(Failed::Slow));
    let silent = without_length(1).await;
    assert_eq!(outgoing.get_json(&url(&format!("http://{silent}/")), MIB).await, Err(Failed::Slow));
}

#[tokio::test]
async fn case_58_what_is_not_of_the_public_internet_is_not_reached() {
    let receiver = Receiver::start().await;
    let (outside, inside) = (outgoing(&[]), outgoing(&["127.0.0.0/8"]));
    let port = receiver.address.port();
    let barred = [
        format!("https://127.0.0.1:{port}/jwks"),
        format!("https://localhost:{port}/jwks"),
        format!("https://2130706433:{port}/jwks"),
        format!("https://0x7f.1:{port}/jwks"),
        format!("https://[::1]:{port}/jwks"),
        format!("https://[::ffff:127.0.0.1]:{port}/jwks"),
        format!("https://0.0.0.0:{port}/jwks"),
        format!("http://127.0.0.1:{port}/jwks"),
        "https://169.254.169.254/latest/meta-data/".to_owned(),
        "https://10.0.0.1/jwks".to_owned(),
        "http://8.8.8.8/jwks".to_owned(),
    ];
    for address in barred {
        assert_eq!(outside.get_json(&url(&address), MIB).await, Err(Failed::Barred), "{address}");
    }
    for address in [format!("https://[::ffff:127.0.0.1]:{port}/"), "http://10.0.0.1/".to_owned()] {
        assert_eq!(inside.get_json(&url(&address), MIB).await, Err(Failed::Barred), "{address}");
    }
    for address in [format!("https://a@127.0.0.1:{port}/"), format!("ftp://127.0.0.1:{port}/"), "data:,x".to_owned()] {
        assert_eq!(inside.get_json(&url(&address), MIB).await, Err(Failed::Address), "{address}");
    }
    assert!(receiver.arrived().is_empty());
    // By the name of this machine, in clear, as it was allowed.
    assert!(inside.post(&url(&format!("http://localhost:{port}/")), "text/plain", Vec::new(), None).await.is_ok());
}

#[tokio::test]
async fn where_nobody_listens_nothing_is_reached() {
    let outgoing = outgoing(&["127.0.0.0/8"]);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(outgoing.get_json(&url(&format!("http://{free}/")), MIB).await, Err(Failed::Unreachable));
    assert_eq!(outgoing.get_json(&url("https://nobody.invalid/"), MIB).await, Err(Failed::Unresolved));
}

#[tokio::test]
async fn over_tls_only_whom_an_authority_names() {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let receiver = Receiver::start_tls(&certificate.pem(), &key.serialize_pem()).await;
    let folder = tempfile::tempdir().unwrap();
    let roots = folder.path().join("roots.pem");
    std::fs::write(&roots, authority.pem()).unwrap();

    let port = receiver.address.port();
    let (named, by_number) = (format!("https://localhost:{port}/"), format!("https://127.0.0.1:{port}/"));
    let knowing = Outgoing::new(&config::Outgoing { roots: roots.clone(), ..settings(&["127.0.0.0/8"]) }).unwrap();
    let post = async |by: &Outgoing, to: &str| by.post(&url(to), "text/plain", b"x".to_vec(), None).await;
    assert_eq!(post(&knowing, &named).await.unwrap().status, 202);
    assert_eq!(post(&knowing, &by_number).await.unwrap_err(), Failed::Unreachable, "another name");
    assert_eq!(post(&outgoing(&["127.0.0.0/8"]), &named).await.unwrap_err(), Failed::Unreachable, "a stranger");
    assert_eq!(receiver.arrived().len(), 1);

    std::fs::write(&roots, "nothing").unwrap();
    assert!(Outgoing::new(&config::Outgoing { roots, ..settings(&[]) }).is_err());
}
