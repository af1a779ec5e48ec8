//! An act confirmed with a passkey: what was signed is this act, by her, here, once.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use latchkey::crypto::hash;
use latchkey::crypto::token::Digest;
use latchkey::ids::RequestId;
use latchkey::resident::{self, Act, Confirmed, Refusal, Session, confirm};
use serde_json::Value;

use crate::support::TestApp;
use crate::support::browser::Browser;
use crate::support::town::Neighbour;

fn act(who: &Neighbour, until: &str) -> Act {
    Act::new("test.act", &who.resident.id).with("until", until)
}

fn browser_of(browser: &Browser) -> Digest {
    Digest::of(browser.cookie("__Host-latchkey-browser").unwrap().as_bytes())
}

async fn session_of(app: &TestApp, browser: &Browser) -> Session {
    let cookie = browser.cookie("__Host-latchkey").unwrap();
    resident::find(&app.app, &cookie).await.unwrap().unwrap()
}

async fn signs(app: &TestApp, who: &mut Neighbour, act: &Act) -> Value {
    let session = session_of(app, &who.browser).await;
    let begun = confirm::begin(&app.app, &browser_of(&who.browser), &session, act).await.unwrap();
    who.phone.get(&serde_json::to_value(begun).unwrap()).await.unwrap()
}

async fn finishes(app: &TestApp, who: &Neighbour, act: Act, answer: &Value) -> Result<Confirmed, Refusal> {
    let session = session_of(app, &who.browser).await;
    let answer = serde_json::from_value(answer.clone()).unwrap();
    let request = RequestId::from_bytes([7; 16]);
    confirm::finish(&app.app, &browser_of(&who.browser), &session, act, &answer, &request).await
}

#[tokio::test]
async fn the_challenge_is_the_hash_of_the_act_and_the_proof_says_so() {
    let app = TestApp::start().await;
    let mut alice = app.neighbour("alice").await;
    let wanted = act(&alice, "2027-02-22");
    let answer = signs(&app, &mut alice, &wanted).await;
    let confirmed = finishes(&app, &alice, wanted.clone(), &answer).await.unwrap();

    let proof = confirmed.proves(&wanted).unwrap();
    let record = URL_SAFE_NO_PAD.decode(&proof.record).unwrap();
    let data = proof.assertion["response"]["clientDataJSON"].as_str().unwrap();
    let data: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(data).unwrap()).unwrap();
    assert_eq!(data["challenge"], URL_SAFE_NO_PAD.encode(hash::sha256(&record)));
    assert!(String::from_utf8_lossy(&record).contains("2027-02-22"));
    assert!(proof.key.to_string().contains("SECP256R1"), "{}", proof.key);
    assert_eq!(confirmed.by(), &alice.resident.id);
    assert!(confirmed.proves(&act(&alice, "2027-02-23")).is_err());
}

#[tokio::test]
async fn an_answer_fits_no_other_act_and_only_once() {
    let app = TestApp::start().await;
    let mut alice = app.neighbour("alice").await;
    let wanted = act(&alice, "2027-02-22");
    let answer = signs(&app, &mut alice, &wanted).await;
    let other = finishes(&app, &alice, act(&alice, "2099-12-31"), &answer).await;
    assert!(matches!(other, Err(Refusal::PasskeyRefused("the device signed another act"))), "{other:?}");
    // A failed answer has no second try, not even with the right act.
    let again = finishes(&app, &alice, wanted.clone(), &answer).await;
    assert!(matches!(again, Err(Refusal::CeremonyEnded(_))), "{again:?}");

    let answer = signs(&app, &mut alice, &wanted).await;
    finishes(&app, &alice, wanted.clone(), &answer).await.unwrap();
    let replay = finishes(&app, &alice, wanted, &answer).await;
    assert!(matches!(replay, Err(Refusal::CeremonyEnded(_))), "{replay:?}");
}

#[tokio::test]
async fn a_confirmation_is_of_one_person_one_session_and_five_minutes() {
    let app = TestApp::start().await;
    let (mut alice, mut bob) = (app.neighbour("alice").await, app.neighbour("bob").await);
    let wanted = act(&alice, "2027-02-22");

    // Bob finds the page open: his finger is not hers, though her session asked.
    let session = session_of(&app, &alice.browser).await;
    let begun = confirm::begin(&app.app, &browser_of(&alice.browser), &session, &wanted).await.unwrap();
    let mut options = serde_json::to_value(begun).unwrap();
    options["publicKey"].as_object_mut().unwrap().remove("allowCredentials");
    let his = bob.phone.get(&options).await.unwrap();
    let refused = finishes(&app, &alice, wanted.clone(), &his).await;
    assert!(matches!(refused, Err(Refusal::PasskeyRefused(_))), "{refused:?}");

    // The same phone, but signed in anew meanwhile: another session.
    let answer = signs(&app, &mut alice, &wanted).await;
    alice.browser.signs_in(&mut alice.phone).await.expect(200);
    let refused = finishes(&app, &alice, wanted.clone(), &answer).await;
    assert!(matches!(refused, Err(Refusal::CeremonyEnded("begun in another session"))), "{refused:?}");

    // Another browser with her session's cookie.
    let answer = signs(&app, &mut alice, &wanted).await;
    let elsewhere = app.browser();
    elsewhere.open("/sign-in").await;
    let session = session_of(&app, &alice.browser).await;
    let asked = serde_json::from_value(answer).unwrap();
    let request = RequestId::from_bytes([7; 16]);
    let refused = confirm::finish(&app.app, &browser_of(&elsewhere), &session, wanted.clone(), &asked, &request).await;
    assert!(matches!(refused, Err(Refusal::CeremonyEnded("begun in another browser"))), "{refused:?}");

    let answer = signs(&app, &mut alice, &wanted).await;
    app.pass_seconds(301);
    let refused = finishes(&app, &alice, wanted, &answer).await;
    assert!(matches!(refused, Err(Refusal::CeremonyEnded(_))), "{refused:?}");
}

#[tokio::test]
async fn a_sign_in_confirms_nothing_and_a_confirmation_signs_nobody_in() {
    let app = TestApp::start().await;
    let mut alice = app.neighbour("alice").await;
    let wanted = act(&alice, "2027-02-22");
    let page = alice.browser.open("/sign-in?again=1").await.expect(200);
    let options = alice.browser.begins(&page).await;
    let answer = alice.phone.get(&options).await.unwrap();
    let refused = finishes(&app, &alice, wanted.clone(), &answer).await;
    assert!(matches!(refused, Err(Refusal::CeremonyEnded("the other ceremony"))), "{refused:?}");

    let answer = signs(&app, &mut alice, &wanted).await;
    let refused = alice.browser.finishes(&page, &answer).await.expect(400);
    assert_eq!(refused.problem(), "ceremony-ended");
}
