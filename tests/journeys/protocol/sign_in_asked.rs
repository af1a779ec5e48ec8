//! What a client may ask of the sign-in, whose browser a question belongs to, and whose form an answer is (cases 14
//! to 21).

use serde_json::json;

use super::{Scene, scene};
use crate::support::TestApp;

#[tokio::test]
async fn case_14_prompt_none_asks_nobody() {
    let scene = scene().await;
    let native = scene.town.native().await;
    let before = scene.town.state().await;
    let stranger = scene.town.browser().get(&native.plain(&[("prompt", "none")])).await.expect(303);
    assert_eq!(stranger.parameter("error").unwrap(), "login_required");
    let unasked = scene.alice.browser.get(&native.plain(&[("prompt", "none")])).await.expect(303);
    assert_eq!(unasked.parameter("error").unwrap(), "consent_required");
    for answer in [stranger, unasked] {
        assert!(answer.location().unwrap().starts_with("http://127.0.0.1:49152/cb?error="));
        assert_eq!(answer.parameters(), ["error", "state", "iss"]);
    }
    let pushed = scene.a.pushed(&[("prompt", "none")]).await;
    let answer = scene.town.browser().get(&pushed).await.expect(303);
    assert_eq!(answer.parameter("error").unwrap(), "login_required");
    let after = scene.town.state().await;
    let unchanged = |name: &str| !name.starts_with("oauth_request");
    let kept =
        |state: &[(&'static str, i64)]| state.iter().filter(|(name, _)| unchanged(name)).cloned().collect::<Vec<_>>();
    assert_eq!(kept(&after), kept(&before));
}

#[tokio::test]
async fn case_16_an_unknown_acr_is_never_silently_lowered() {
    let scene = scene().await;
    let native = scene.town.native().await;
    let essential = r#"{"id_token":{"acr":{"essential":true,"values":["gold"]}}}"#;
    for change in [("acr_values", "gold"), ("claims", essential)] {
        scene.a.pushes(&[change]).await.refused(400, "unmet_authentication_requirements");
        let answer = scene.alice.browser.get(&native.plain(&[change])).await.expect(303);
        assert_eq!(answer.parameter("error").unwrap(), "unmet_authentication_requirements");
    }
    scene.a.pushes(&[("acr_values", "gold phr")]).await.expect(201);
}

#[tokio::test]
async fn case_17_a_login_hint_finds_nobody_out() {
    let town = TestApp::start().await;
    town.resident("alice").await;
    let native = town.native().await;
    let mut pages = Vec::new();
    for hint in ["13805510001", "19900000000"] {
        let browser = town.browser();
        let answer = browser.get(&native.plain(&[("login_hint", hint)])).await.expect(303);
        assert!(answer.location().unwrap().starts_with("/sign-in?request="));
        assert!(!answer.location().unwrap().contains(hint));
        pages.push(browser.follow(answer).await.expect(200).text());
    }
    assert_eq!(pages[0], pages[1]);
}

#[tokio::test]
async fn a_sign_in_that_is_too_long_ago_is_done_again() {
    let Scene { town, a, mut alice } = scene().await;
    a.redeems(&alice.browser.agrees(&a.pushed(&[]).await, &[]).await).await.expect(200);
    town.pass_seconds(61);
    // The later ones come in the very second of the sign-in before.
    for ask in [("max_age", "60"), ("prompt", "login"), ("max_age", "0"), ("prompt", "select_account")] {
        let address = a.pushed(&[ask]).await;
        let page = alice.browser.open(&address).await.expect(200);
        assert!(page.path.starts_with("/sign-in?request="), "{}", page.path);
        // Coming back without having signed in does not help.
        let back = alice.browser.get(&address).await.expect(303);
        assert!(back.location().unwrap().contains("again=1"), "{:?}", back.location());
        let done = alice.browser.signs_in_on(&page, &mut alice.phone).await;
        assert!(done.parameter("code").is_some(), "{}: {}", done.path, done.text());
    }
    town.pass_seconds(1);
    let none = alice.browser.get(&a.pushed(&[("max_age", "0"), ("prompt", "none")]).await).await.expect(303);
    assert_eq!(none.parameter("error").unwrap(), "login_required");
}

#[tokio::test]
async fn case_21_an_answer_comes_from_our_own_page_once() {
    let scene = scene().await;
    let bob = scene.town.neighbour("bob").await;
    let address = scene.a.pushed(&[]).await;
    let page = scene.alice.browser.open(&address).await.expect(200);
    let (path, good) = (page.path.clone(), page.csrf());
    let foreign = bob.browser.open("/me/passkeys").await.expect(200).csrf();
    let before = scene.town.state().await;
    for csrf in ["", "x", foreign.as_str()] {
        let fields = [("csrf", csrf), ("decision", "yes")];
        assert_eq!(scene.alice.browser.post(&path, &fields).await.status.as_u16(), 403, "{csrf}");
    }
    let cross = scene.alice.browser.with_header("sec-fetch-site", "cross-site");
    assert_eq!(cross.post(&path, &[("csrf", good.as_str()), ("decision", "yes")]).await.status.as_u16(), 403);
    assert_eq!(scene.alice.browser.post(&path, &[("decision", "yes")]).await.status.as_u16(), 403);
    assert_eq!(scene.town.state().await, before);

    let fields = [("csrf", good.as_str()), ("decision", "perhaps")];
    assert_eq!(scene.alice.browser.post(&path, &fields).await.status.as_u16(), 400);
    let reused = [("csrf", good.as_str()), ("decision", "yes")];
    assert_eq!(scene.alice.browser.post(&path, &reused).await.status.as_u16(), 403, "a form token works once");
    assert_eq!(scene.town.state().await, before);
}

#[tokio::test]
async fn case_109_an_answer_adds_nothing_that_was_not_asked() {
    let scene = scene().await;
    let address = scene.a.pushed(&[]).await;
    let before = scene.town.state().await;
    for claim in ["phone_masked", "is_resident", "name", "care_level_band"] {
        let page = scene.alice.browser.open(&address).await.expect(200);
        let answer = scene.alice.browser.submit_only(&page, &page.path, &[("claim", claim), ("decision", "yes")]).await;
        answer.error_page();
    }
    let page = scene.alice.browser.open(&address).await.expect(200);
    scene.alice.browser.submit_only(&page, &page.path, &[("months", "99"), ("decision", "yes")]).await.error_page();
    let grants = |state: &[(&'static str, i64)]| {
        state.iter().filter(|(name, _)| !name.starts_with("ledger")).cloned().collect::<Vec<_>>()
    };
    assert_eq!(grants(&scene.town.state().await), grants(&before));
}

#[tokio::test]
async fn v15_a_question_belongs_to_the_browser_that_opened_it() {
    let scene = scene().await;
    let bob = scene.town.neighbour("bob").await;
    let address = scene.a.pushed(&[]).await;
    let page = scene.alice.browser.open(&address).await.expect(200);
    let before = scene.town.state().await;
    // The link, and the page behind it, in another browser.
    bob.browser.get(&address).await.error_page();
    bob.browser.get(&page.path).await.error_page();
    let csrf = bob.browser.open("/me/passkeys").await.expect(200).csrf();
    bob.browser.post(&page.path, &[("csrf", csrf.as_str()), ("decision", "yes")]).await.error_page();
    assert_eq!(scene.town.state().await, before);
    scene.alice.browser.agrees(&address, &[]).await;
}

#[tokio::test]
async fn v15_a_cookie_from_before_the_sign_in_is_dead_after_it() {
    let town = TestApp::start().await;
    let native = town.native().await;
    let alice = town.resident("alice").await;
    // An attacker plants a session cookie and a question of his own in the victim's browser.
    let (attacker, victim) = (town.browser(), town.browser());
    attacker.get(&native.plain(&[])).await.expect(303);
    victim.set_cookie("__Host-latchkey", &"A".repeat(43));
    let mut phone = crate::support::SoftPasskey::new();
    victim.enrols(&alice.invitation, &mut phone).await.expect(200);
    assert_ne!(victim.cookie("__Host-latchkey").unwrap(), "A".repeat(43));
    attacker.set_cookie("__Host-latchkey", &"A".repeat(43));
    let answer = attacker.get("/me/passkeys").await;
    assert!(answer.status.is_redirection(), "{}", answer.status);
    // A GET signs nobody in.
    attacker.get("/sign-in?request=00000000000000000000000000000000").await.expect(200);
    assert!(attacker.get("/me/passkeys").await.status.is_redirection());
}

#[tokio::test]
async fn case_96_an_access_token_is_no_id_token_hint() {
    let scene = scene().await;
    let tokens = scene.tokens().await;
    let prompt = ("prompt", "none");
    let hint = async |hint: String| {
        let address = scene.a.pushed(&[prompt, ("id_token_hint", hint.as_str())]).await;
        let answer = scene.alice.browser.get(&address).await.expect(303);
        answer.parameter("error")
    };
    assert_eq!(hint(tokens.member("access_token")).await.as_deref(), Some("invalid_request"));
    assert_eq!(hint(tokens.member("id_token")).await, None);
    let forged = scene.a.key.sign(&json!({ "alg": "ES256", "typ": "JWT" }), &json!({ "sub": "x" }));
    assert_eq!(hint(forged).await.as_deref(), Some("invalid_request"));
    // Somebody else is signed in: the client is not told that it is her.
    let bob = scene.town.neighbour("bob").await;
    let address = scene.a.pushed(&[prompt, ("id_token_hint", tokens.member("id_token").as_str())]).await;
    let answer = bob.browser.get(&address).await.expect(303);
    assert_eq!(answer.parameter("error").as_deref(), Some("login_required"));
}
