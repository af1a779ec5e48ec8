//! Passkeys, and everything that is not one: WebAuthn's rules, row by row.

use serde_json::json;

use crate::support::TestApp;
use crate::support::forge::{Forge, Lies, base64, unbase64};

/// Answers that come from another place than our own page.
fn elsewhere() -> Vec<Lies> {
    let from = |origin: &str| Lies { origin: origin.to_owned(), ..Lies::default() };
    vec![
        from("https://badid.test"),
        from("https://id.test.evil.test"),
        from("http://id.test"),
        from("https://id.test:444"),
        from("https://id.test/"),
        from("https://sub.id.test"),
        from("null"),
        Lies { cross_origin: Some(true), ..Lies::default() },
        Lies { top_origin: Some("https://id.test"), ..Lies::default() },
        Lies { top_origin: Some("https://evil.test"), cross_origin: Some(true), ..Lies::default() },
        Lies { rp_id: "evil.test", ..Lies::default() },
    ]
}

#[tokio::test]
async fn case_111_v61_only_our_exact_origin_may_ask() {
    let town = TestApp::start().await;
    let alice = town.resident("alice").await;
    let browser = town.browser();
    let mut forge = Forge::new();
    for lies in elsewhere() {
        let refused = browser.forges_registration(&alice.invitation, &mut forge, &lies).await.expect(400);
        assert_eq!(refused.problem(), "passkey-refused", "{}", lies.origin);
        assert_eq!(town.key_count(&alice.id).await, 0);
    }
    browser.forges_registration(&alice.invitation, &mut forge, &Lies::default()).await.expect(200);

    let stranger = town.browser();
    for lies in elsewhere() {
        let refused = stranger.forges_sign_in(&forge, &lies).await.expect(400);
        assert_eq!(refused.problem(), "passkey-refused", "{}", lies.origin);
        assert!(!stranger.is_in().await);
    }
    stranger.forges_sign_in(&forge, &Lies::default()).await.expect(200);
}

#[tokio::test]
async fn case_112_the_answer_of_one_ceremony_is_none_of_the_other() {
    let town = TestApp::start().await;
    let alice = town.resident("alice").await;
    let browser = town.browser();
    let mut forge = Forge::new();
    let create = Lies { kind: Some("webauthn.get"), ..Lies::default() };
    browser.forges_registration(&alice.invitation, &mut forge, &create).await.expect(400);
    browser.forges_registration(&alice.invitation, &mut forge, &Lies::default()).await.expect(200);
    let get = Lies { kind: Some("webauthn.create"), ..Lies::default() };
    let stranger = town.browser();
    stranger.forges_sign_in(&forge, &get).await.expect(400);

    // Nor does a challenge of the one serve the other.
    let page = browser.open("/me/passkeys").await;
    let challenge = browser.begins(&page).await["publicKey"]["challenge"].as_str().unwrap().to_owned();
    let lies = Lies { challenge: Some(challenge), ..Lies::default() };
    assert_eq!(browser.forges_sign_in(&forge, &lies).await.expect(400).problem(), "ceremony-ended");
}

#[tokio::test]
async fn case_113_a_user_handle_is_random_and_says_nothing() {
    let town = TestApp::start().await;
    let mut handles = Vec::new();
    for name in ["alice", "bob"] {
        let resident = town.resident(name).await;
        let browser = town.browser();
        let page = browser.open(&format!("/invitation/{}", resident.invitation)).await;
        let user = browser.begins(&page).await["publicKey"]["user"].clone();
        let handle = unbase64(user["id"].as_str().unwrap());
        assert_eq!(handle.len(), 16);
        assert!(!resident.id.as_str().contains(&hex::encode(&handle)));
        // The label shows what the device's owner knows of herself, and no more than a mask.
        let label = user["name"].as_str().unwrap();
        assert!(label.contains('*') && !label.contains(resident.fields["name"].as_str()), "{label}");
        handles.push(handle);
    }
    assert_ne!(handles[0], handles[1]);
}

#[tokio::test]
async fn case_115_v70_an_unknown_passkey_and_a_bad_signature_get_the_same_answer() {
    let town = TestApp::start().await;
    let alice = town.forged("alice", &Lies::default()).await;
    let stranger = town.browser();

    let bad = Lies { signature_of: Some(b"something else".to_vec()), ..Lies::default() };
    let mut unknown = Forge::new();
    unknown.handle.clone_from(&alice.forge.handle);
    let mut nobody = Forge::with_id(alice.forge.credential_id.clone());
    nobody.handle = vec![7; 16];
    let mut nameless = Forge::with_id(alice.forge.credential_id.clone());
    nameless.handle = Vec::new();

    let mut answers = Vec::new();
    for (forge, lies) in [(&alice.forge, &bad), (&unknown, &bad), (&nobody, &bad), (&nameless, &Lies::default())] {
        let answer = stranger.forges_sign_in(forge, lies).await;
        let mut body = answer.json();
        body.as_object_mut().unwrap().remove("request_id");
        let mut headers = answer.headers.clone();
        for varying in ["x-request-id", "date"] {
            headers.remove(varying);
        }
        answers.push((answer.status, body, headers));
    }
    assert_eq!(answers[0].0, 400);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[tokio::test]
async fn case_116_nobody_is_told_whose_passkeys_there_are() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    for browser in [town.browser(), alice.browser] {
        let page = browser.open("/sign-in?again=1").await;
        let options = browser.begins(&page).await;
        assert_eq!(options["publicKey"]["allowCredentials"], json!([]));
        assert_eq!(options["publicKey"]["userVerification"], "required");
        assert_eq!(options.get("mediation"), None);
    }
}

#[tokio::test]
async fn case_118_v64_the_device_must_have_verified_its_owner() {
    let town = TestApp::start().await;
    let alice = town.resident("alice").await;
    let browser = town.browser();
    let mut forge = Forge::new();
    let absent = Lies { present: false, ..Lies::default() };
    let unverified = Lies { verified: false, ..Lies::default() };
    for lies in [&absent, &unverified] {
        browser.forges_registration(&alice.invitation, &mut forge, lies).await.expect(400);
        assert_eq!(town.key_count(&alice.id).await, 0);
    }
    browser.forges_registration(&alice.invitation, &mut forge, &Lies::default()).await.expect(200);
    let stranger = town.browser();
    for lies in [&absent, &unverified] {
        assert_eq!(stranger.forges_sign_in(&forge, lies).await.expect(400).problem(), "passkey-refused");
        assert!(!stranger.is_in().await);
    }
}

#[tokio::test]
async fn case_119_v63_a_counter_that_runs_backwards_is_refused_and_told() {
    let town = TestApp::start().await;
    let alice = town.forged("alice", &Lies { counter: 9, ..Lies::default() }).await;
    let browser = town.browser();
    let shows = |counter| Lies { counter, ..Lies::default() };
    browser.forges_sign_in(&alice.forge, &shows(10)).await.expect(200);

    let stranger = town.browser();
    for counter in [0, 9, 10] {
        let before = town.keys_of(&alice.resident.id).await;
        let refused = stranger.forges_sign_in(&alice.forge, &shows(counter)).await.expect(400);
        assert_eq!(refused.problem(), "passkey-refused", "{counter}");
        assert!(!stranger.is_in().await);
        assert_eq!(town.keys_of(&alice.resident.id).await, before);
        assert_eq!(town.entries_of(&alice.resident.id).await[0], "credential_clone_suspected");
    }
    // The stored value stayed: the next true one is good.
    stranger.forges_sign_in(&alice.forge, &shows(11)).await.expect(200);
}

#[tokio::test]
async fn v63_a_counter_that_is_never_used_is_good() {
    let town = TestApp::start().await;
    let alice = town.forged("alice", &Lies::default()).await;
    for _ in 0..3 {
        town.browser().forges_sign_in(&alice.forge, &Lies::default()).await.expect(200);
    }
    let entries = town.entries_of(&alice.resident.id).await;
    assert!(!entries.contains(&"credential_clone_suspected".to_owned()));
}

#[tokio::test]
async fn case_120_v64_what_was_not_asked_for_cannot_be_registered() {
    let town = TestApp::start().await;
    let alice = town.forged("alice", &Lies::default()).await;
    let bob = town.resident("bob").await;
    let browser = town.browser();

    let foreign = Lies { algorithm: -36, ..Lies::default() };
    let mut twin = Forge::with_id(alice.forge.credential_id.clone());
    let mut endless = Forge::with_id(vec![1; 1024]);
    let mut honest = Forge::new();
    for (forge, lies) in [(&mut honest, &foreign), (&mut twin, &Lies::default()), (&mut endless, &Lies::default())] {
        let refused = browser.forges_registration(&bob.invitation, forge, lies).await.expect(400);
        assert_eq!(refused.problem(), "passkey-refused");
        assert_eq!(town.key_count(&bob.id).await, 0);
    }
    // Alice's passkey is hers still, and the invitation was not used up by what failed.
    town.browser().forges_sign_in(&alice.forge, &Lies::default()).await.expect(200);
    let mut longest = Forge::with_id(vec![1; 1023]);
    browser.forges_registration(&bob.invitation, &mut longest, &Lies::default()).await.expect(200);
}

#[tokio::test]
async fn case_121_v25_a_challenge_is_long_and_answers_once_in_its_own_browser_in_time() {
    let town = TestApp::start().await;
    let alice = town.forged("alice", &Lies::default()).await;
    let browser = town.browser();
    let page = browser.open("/sign-in").await;

    let options = browser.begins(&page).await;
    let challenge = unbase64(options["publicKey"]["challenge"].as_str().unwrap());
    assert_eq!(challenge.len(), 32);
    let answer = alice.forge.get(&options, &Lies::default());
    browser.finishes(&page, &answer).await.expect(200);

    // Again, with the same answer and with a fresh signature over the same challenge.
    let page = browser.open("/sign-in?again=1").await;
    for again in [answer, alice.forge.get(&options, &Lies::default())] {
        assert_eq!(browser.finishes(&page, &again).await.expect(400).problem(), "ceremony-ended");
    }

    // Another browser.
    let options = browser.begins(&page).await;
    let stranger = town.browser();
    let strange_page = stranger.open("/sign-in").await;
    let answer = alice.forge.get(&options, &Lies::default());
    assert_eq!(stranger.finishes(&strange_page, &answer).await.expect(400).problem(), "ceremony-ended");
    assert!(!stranger.is_in().await);

    // Too late; and a challenge nobody gave.
    let options = browser.begins(&page).await;
    town.pass_seconds(300);
    let late = alice.forge.get(&options, &Lies::default());
    assert_eq!(browser.finishes(&page, &late).await.expect(400).problem(), "ceremony-ended");
    let invented = Lies { challenge: Some(base64(&[1; 32])), ..Lies::default() };
    assert_eq!(browser.forges_sign_in(&alice.forge, &invented).await.expect(400).problem(), "ceremony-ended");
}

#[tokio::test]
async fn case_121_a_failed_answer_ends_its_challenge() {
    let town = TestApp::start().await;
    let alice = town.forged("alice", &Lies::default()).await;
    let browser = town.browser();
    let page = browser.open("/sign-in").await;
    let options = browser.begins(&page).await;
    let bad = Lies { signature_of: Some(b"x".to_vec()), ..Lies::default() };
    browser.finishes(&page, &alice.forge.get(&options, &bad)).await.expect(400);
    let good = alice.forge.get(&options, &Lies::default());
    assert_eq!(browser.finishes(&page, &good).await.expect(400).problem(), "ceremony-ended");
}
