//! Signed-in browsers: how they begin and end, and that nobody else speaks for them.

use crate::support::forge::Lies;
use crate::support::{SoftPasskey, TestApp};

const SESSION: &str = "__Host-latchkey";
const BROWSER: &str = "__Host-latchkey-browser";

#[tokio::test]
async fn v15_a_cookie_from_before_the_sign_in_opens_nothing_after_it() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;

    // A session that an attacker planted: his own, then hers is opened in the same browser.
    let mut bob = town.neighbour("bob").await;
    let browser = town.browser();
    browser.signs_in(&mut bob.phone).await;
    let planted = browser.cookie(SESSION).unwrap();
    browser.signs_in(&mut alice.phone).await;
    let fresh = browser.cookie(SESSION).unwrap();
    assert_ne!(planted, fresh);
    let attacker = town.browser();
    attacker.set_cookie(SESSION, &planted);
    assert!(!attacker.is_in().await, "the cookie of before the sign-in is dead");

    // The browser's own cookie, or one made up, is no session either.
    for made_up in [browser.cookie(BROWSER).unwrap(), "A".repeat(43), String::new()] {
        let attacker = town.browser();
        attacker.set_cookie(SESSION, &made_up);
        attacker.set_cookie(BROWSER, &browser.cookie(BROWSER).unwrap());
        assert!(!attacker.is_in().await);
    }
    assert!(browser.is_in().await);
}

#[tokio::test]
async fn v15_a_get_never_changes_who_is_signed_in() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let before = alice.browser.cookie(SESSION);
    for path in ["/sign-in", "/sign-in?again=1", "/sign-out", "/signed-out", "/recover", "/sign-in/finish", "/"] {
        alice.browser.get(path).await;
        assert_eq!(alice.browser.cookie(SESSION), before, "{path}");
        assert!(alice.browser.is_in().await, "{path}");
    }
    let stranger = town.browser();
    for path in ["/sign-in", "/", "/recover", "/me/passkeys"] {
        stranger.get(path).await;
        assert_eq!(stranger.cookie(SESSION), None, "{path}");
    }
}

#[tokio::test]
async fn v15_an_attackers_sign_in_cannot_be_finished_in_another_browser() {
    let town = TestApp::start().await;
    let bob = town.forged("bob", &Lies::default()).await;
    let page = bob.browser.open("/sign-in?again=1").await;
    let options = bob.browser.begins(&page).await;
    let answer = bob.forge.get(&options, &Lies::default());
    let victim = town.browser();
    let victims_page = victim.open("/sign-in").await;
    assert_eq!(victim.finishes(&victims_page, &answer).await.expect(400).problem(), "ceremony-ended");
    assert_eq!(victim.cookie(SESSION), None);
}

#[tokio::test]
async fn cookies_are_for_this_host_and_no_script() {
    let town = TestApp::start().await;
    let alice = town.forged("alice", &Lies::default()).await;
    let page = alice.browser.open("/sign-in?again=1").await;
    let options = alice.browser.begins(&page).await;
    let answer = alice.browser.finishes(&page, &alice.forge.get(&options, &Lies::default())).await.expect(200);
    let line = answer.header("set-cookie");
    assert!(line.starts_with("__Host-latchkey="), "{line}");
    assert!(line.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{line}");
}

#[tokio::test]
async fn on_localhost_cookies_have_their_plain_names() {
    let town = TestApp::start_with(|config| {
        config.server.issuer = latchkey::config::Issuer::parse("http://localhost:8080").unwrap();
    })
    .await;
    let browser = town.browser();
    let answer = browser.open("/sign-in").await;
    assert!(answer.header("set-cookie").starts_with("latchkey-browser="));
    assert!(!answer.header("set-cookie").contains("Secure"));
    assert_eq!(answer.header("strict-transport-security"), "");
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    for _ in 0..4 {
        town.pass_seconds(1_799);
        assert!(alice.browser.is_in().await);
    }
    town.pass_seconds(1_800);
    assert!(!alice.browser.is_in().await);
    let page = alice.browser.in_english().open("/me/passkeys").await.expect(200);
    assert_eq!(page.path, "/sign-in?next=%2Fme%2Fpasskeys");
}

#[tokio::test]
async fn a_session_ends_after_its_whole_life_however_much_it_is_used() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    for _ in 0..43 {
        town.pass_seconds(1_000);
        assert!(alice.browser.is_in().await);
    }
    town.pass_seconds(200);
    assert!(!alice.browser.is_in().await);
}

#[tokio::test]
async fn signing_out_ends_the_session_at_once() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let cookie = alice.browser.cookie(SESSION).unwrap();
    let page = alice.browser.open("/me/passkeys").await;
    let left = alice.browser.post("/sign-out", &[("csrf", page.csrf())]).await.expect(303);
    let left = alice.browser.in_english().follow(left).await.expect(200);
    assert_eq!(left.path, "/signed-out");
    assert_eq!(alice.browser.cookie(SESSION), None);
    let thief = town.browser();
    thief.set_cookie(SESSION, &cookie);
    assert!(!thief.is_in().await);
}

#[tokio::test]
async fn a_sign_in_leads_back_to_where_it_was_asked_for_and_never_elsewhere() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    let browser = town.browser();
    let asked = browser.open("/me/passkeys").await.expect(200);
    let there = browser.signs_in_on(&asked, &mut alice.phone).await.expect(200);
    assert_eq!(there.path, "/me/passkeys");

    for evil in ["https://evil.test/", "//evil.test", "/%5Cevil.test", "javascript:alert(1)", "%2F%2Fevil.test"] {
        let browser = town.browser();
        let page = browser.open(&format!("/sign-in?next={evil}")).await.expect(200);
        let options = browser.begins(&page).await;
        let shown = alice.phone.get(&options).await.unwrap();
        assert_eq!(browser.finishes(&page, &shown).await.expect(200).json()["next"], "/me", "{evil}");
    }
    let request = "0".repeat(32);
    let browser = town.browser();
    let page = browser.open(&format!("/sign-in?request={request}")).await.expect(200);
    let options = browser.begins(&page).await;
    let shown = alice.phone.get(&options).await.unwrap();
    let next = browser.finishes(&page, &shown).await.expect(200).json()["next"].clone();
    assert_eq!(next, format!("/consent/{request}"));
}

#[tokio::test]
async fn case_021_a_form_works_once_from_our_own_page_in_its_own_session() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let bob = town.neighbour("bob").await;
    let browser = &alice.browser;
    let sheet = "/me/recovery-codes";
    let token = || async { browser.open("/me/passkeys").await.csrf() };
    let before = town.entries_of(&alice.resident.id).await;

    // None, nonsense, another session's, a stranger's, one from before the sign-in.
    let strangers = town.browser().open("/sign-in").await.csrf();
    let bobs = bob.browser.open("/me/passkeys").await.csrf();
    browser.post::<&str, &str>(sheet, &[]).await.expect(403);
    for foreign in ["", "x", strangers.as_str(), bobs.as_str()] {
        browser.post(sheet, &[("csrf", foreign)]).await.expect(403);
    }

    // From another site, though the token is right.
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.test")]
    {
        let csrf = token().await;
        browser.with_header(name, value).post(sheet, &[("csrf", csrf)]).await.expect(403);
    }
    assert_eq!(town.entries_of(&alice.resident.id).await, before);

    // Once.
    let csrf = token().await;
    browser.post(sheet, &[("csrf", csrf.as_str())]).await.expect(200);
    let after = town.entries_of(&alice.resident.id).await;
    browser.post(sheet, &[("csrf", csrf.as_str())]).await.expect(403);
    assert_eq!(town.entries_of(&alice.resident.id).await, after);

    // A page that lay open too long.
    let csrf = token().await;
    town.pass_seconds(12 * 60 * 60);
    browser.post(sheet, &[("csrf", csrf)]).await.expect(401);
}

#[tokio::test]
async fn a_ceremony_begins_from_our_own_page_alone() {
    let town = TestApp::start().await;
    let browser = town.browser();
    let page = browser.open("/sign-in").await;
    let (begin, _, csrf) = page.ceremony();
    let body = serde_json::json!({ "csrf": csrf });
    browser.post_json(&begin, "", &body).await.expect(403);
    town.browser().post_json(&begin, &csrf, &body).await.expect(403);
    browser.with_header("sec-fetch-site", "cross-site").post_json(&begin, &csrf, &body).await.expect(403);
    browser.with_header("origin", "https://evil.test").post_json(&begin, &csrf, &body).await.expect(403);
    browser.post_json(&begin, &csrf, &body).await.expect(200);
}

#[tokio::test]
async fn problems_of_a_ceremony_are_in_the_residents_language() {
    let town = TestApp::start().await;
    let browser = town.browser();
    let page = browser.open("/sign-in").await;
    let (_, finish, csrf) = page.ceremony();
    let chinese = browser.post_json(&finish, &csrf, &serde_json::json!({})).await.expect(400);
    let english = browser.in_english().post_json(&finish, &csrf, &serde_json::json!({})).await.expect(400);
    assert_eq!(chinese.problem(), "bad-request");
    assert_ne!(chinese.json()["title"], english.json()["title"]);
    assert_eq!(english.json()["title"], "We could not read this request");
    assert_eq!(english.json()["request_id"].as_str(), Some(english.header("x-request-id")));
}

#[tokio::test]
async fn an_unknown_phone_is_not_let_in() {
    let town = TestApp::start().await;
    let elsewhere = TestApp::start().await;
    let mut stranger = SoftPasskey::new();
    let resident = elsewhere.resident("bob").await;
    elsewhere.browser().enrols(&resident.invitation, &mut stranger).await.expect(200);
    let browser = town.browser();
    assert_eq!(browser.signs_in(&mut stranger).await.expect(400).problem(), "passkey-refused");
}
