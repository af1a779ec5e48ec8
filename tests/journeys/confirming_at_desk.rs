//! A grave act of somebody of the service centre: signed with the passkey, and approved by another hand.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use latchkey::config::Issuer;
use latchkey::crypto::hash;
use latchkey::crypto::token::Digest;
use latchkey::people::confirm::{self, approval};
use latchkey::people::{self, Act, Confirmed, Recorded, Refusal, Role, Session, two_hands};
use serde_json::Value;

use crate::support::TestApp;
use crate::support::desk::Colleague;

const APPROVE: &str = "test.approve";

fn act(case: &str) -> Act {
    Act::new("test.open").with("case", case)
}

fn browser_of(who: &Colleague) -> Digest {
    Digest::of(who.browser.cookie("__Host-latchkey-browser").unwrap().as_bytes())
}

async fn session_of(app: &TestApp, who: &Colleague) -> Session {
    let cookie = who.browser.cookie("__Host-latchkey-console").unwrap();
    people::find(&app.app, &cookie).await.unwrap().unwrap()
}

async fn signs(app: &TestApp, who: &mut Colleague, act: &Act) -> Value {
    let session = session_of(app, who).await;
    let begun = confirm::begin(&app.app, &browser_of(who), &session, act).await.unwrap();
    who.phone.get(&serde_json::to_value(begun).unwrap()).await.unwrap()
}

async fn finishes(app: &TestApp, who: &Colleague, act: Act, answer: &Value) -> Result<Confirmed, Refusal> {
    let session = session_of(app, who).await;
    let answer = serde_json::from_value(answer.clone()).unwrap();
    confirm::finish(&app.app, &browser_of(who), &session, act, &answer).await
}

async fn confirms(app: &TestApp, who: &mut Colleague, act: Act) -> Confirmed {
    let answer = signs(app, who, &act).await;
    finishes(app, who, act, &answer).await.unwrap()
}

fn approved(app: &TestApp, asked: &Confirmed, by: &Confirmed) -> Result<Recorded, Refusal> {
    two_hands(&app.app, asked.proves(&act("2027-1")).unwrap(), by, APPROVE)
}

#[tokio::test]
async fn what_a_colleague_signs_is_the_act_and_reads_back_from_the_signed_bytes() {
    let app = TestApp::start().await;
    let mut wang = app.staff("王姐").await;
    let confirmed = confirms(&app, &mut wang, act("2027-1")).await;
    let proof = confirmed.proves(&act("2027-1")).unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(&proof.record).unwrap();
    let data = proof.assertion["response"]["clientDataJSON"].as_str().unwrap();
    let data: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(data).unwrap()).unwrap();
    assert_eq!(data["challenge"], URL_SAFE_NO_PAD.encode(hash::sha256(&bytes)));
    let read = proof.recorded(&app.app).unwrap();
    assert_eq!((read.what.as_str(), read.fact("case")), ("test.open", Some("2027-1")));
    assert_eq!((&read.person, read.role), (&wang.id, Role::Staff));
    assert!(confirmed.proves(&act("2027-2")).is_err());

    let mut forged = proof.clone();
    let other = String::from_utf8_lossy(&bytes).contains("2027-1").then(|| bytes.clone()).unwrap();
    let at = other.windows(6).position(|part| part == b"2027-1").unwrap();
    let changed: Vec<u8> = [&other[..at], b"2027-9", &other[at + 6..]].concat();
    forged.record = URL_SAFE_NO_PAD.encode(changed);
    assert!(forged.recorded(&app.app).is_err(), "bytes that were not signed");
}

#[tokio::test]
async fn what_was_signed_before_the_service_moved_is_read_after_it() {
    let app = TestApp::start().await;
    let mut wang = app.staff("王姐").await;
    let confirmed = confirms(&app, &mut wang, act("2027-1")).await;
    let proof = confirmed.proves(&act("2027-1")).unwrap();
    let mut moved = app.app.clone();
    let mut config = (*moved.config).clone();
    config.server.issuer = Issuer::parse("https://new.test").unwrap();
    moved.config = Arc::new(config);
    assert_eq!(proof.recorded(&moved).unwrap().fact("case"), Some("2027-1"));
    // The name is of the signed bytes, not of whoever keeps them.
    let mut elsewhere = proof.clone();
    elsewhere.origin = Some("https://new.test".to_owned());
    assert!(elsewhere.recorded(&app.app).is_err() && elsewhere.recorded(&moved).is_err());
}

#[tokio::test]
async fn a_colleagues_answer_fits_one_act_once_in_one_session_for_five_minutes() {
    let app = TestApp::start().await;
    let (mut wang, mut li) = (app.staff("王姐").await, app.staff("李哥").await);
    let answer = signs(&app, &mut wang, &act("2027-1")).await;
    let other = finishes(&app, &wang, act("2027-2"), &answer).await;
    assert!(matches!(other, Err(Refusal::PasskeyRefused("the device signed another act"))), "{other:?}");
    let again = finishes(&app, &wang, act("2027-1"), &answer).await;
    assert!(matches!(again, Err(Refusal::CeremonyEnded(_))), "{again:?}");

    let answer = signs(&app, &mut wang, &act("2027-1")).await;
    wang.signs_in().await;
    let refused = finishes(&app, &wang, act("2027-1"), &answer).await;
    assert!(matches!(refused, Err(Refusal::CeremonyEnded("begun in another session"))), "{refused:?}");

    // Li finds her page open; his finger is not hers.
    let session = session_of(&app, &wang).await;
    let begun = confirm::begin(&app.app, &browser_of(&wang), &session, &act("2027-1")).await.unwrap();
    let mut options = serde_json::to_value(begun).unwrap();
    options["publicKey"].as_object_mut().unwrap().remove("allowCredentials");
    let his = li.phone.get(&options).await.unwrap();
    let refused = finishes(&app, &wang, act("2027-1"), &his).await;
    assert!(matches!(refused, Err(Refusal::PasskeyRefused("not a passkey of theirs"))), "{refused:?}");

    let answer = signs(&app, &mut wang, &act("2027-1")).await;
    app.pass_seconds(301);
    let refused = finishes(&app, &wang, act("2027-1"), &answer).await;
    assert!(matches!(refused, Err(Refusal::CeremonyEnded(_))), "{refused:?}");
}

#[tokio::test]
async fn whoever_was_disabled_between_begin_and_finish_confirms_nothing() {
    let app = TestApp::start().await;
    let mut wang = app.staff("王姐").await;
    let session = session_of(&app, &wang).await;
    let answer = signs(&app, &mut wang, &act("2027-1")).await;
    people::disable(&app.app, &wang.id).await.unwrap();
    let answer = serde_json::from_value(answer).unwrap();
    let refused = confirm::finish(&app.app, &browser_of(&wang), &session, act("2027-1"), &answer).await;
    assert!(matches!(refused, Err(Refusal::PasskeyRefused(_))), "{refused:?}");
}

#[tokio::test]
async fn an_approval_is_of_another_hand_within_a_quarter_of_an_hour_and_word_for_word() {
    let app = TestApp::start().await;
    let (mut wang, mut li) = (app.staff("王姐").await, app.staff("李哥").await);
    let asked = confirms(&app, &mut wang, act("2027-1")).await;
    let words = approval(asked.proves(&act("2027-1")).unwrap(), APPROVE);

    let own = confirms(&app, &mut wang, words.clone()).await;
    assert!(matches!(approved(&app, &asked, &own), Err(Refusal::SameHand)));

    let changed = confirms(&app, &mut wang, act("2027-2")).await;
    let to_changed = approval(changed.proves(&act("2027-2")).unwrap(), APPROVE);
    let of_other = confirms(&app, &mut li, to_changed).await;
    assert!(matches!(approved(&app, &asked, &of_other), Err(Refusal::PasskeyRefused(_))));
    // The same words asked for a second time are another request: the approval of the one is none of the other.
    let twin = confirms(&app, &mut wang, act("2027-1")).await;
    let good = confirms(&app, &mut li, words).await;
    assert!(matches!(approved(&app, &twin, &good), Err(Refusal::PasskeyRefused(_))));

    assert_eq!(approved(&app, &asked, &good).unwrap().fact("case"), Some("2027-1"));
    assert_ne!(asked.key(), good.key());
    app.pass_seconds(15 * 60);
    assert!(matches!(approved(&app, &asked, &good), Err(Refusal::Late)));
}
