//! A screen without a keyboard (RFC 8628): what the device is told (cases 85, 88 to 91, V58 to V60).

use latchkey::{erasure, resident};
use serde_json::json;

use crate::support::TestApp;
use crate::support::app::ISSUER;
use crate::support::keys::{Key, with};
use crate::support::partner::Partner;
use crate::support::screen::DEVICE;
use crate::support::town::Neighbour;

/// A town with a screen `tv-d`, and `alice`, who is signed in.
struct Lobby {
    town: TestApp,
    screen: Partner,
    alice: Neighbour,
}

async fn lobby() -> Lobby {
    let town = TestApp::start().await;
    let screen = town.screen().await;
    let alice = town.neighbour("alice").await;
    Lobby { town, screen, alice }
}

impl Lobby {
    /// A device code to which Alice said yes.
    async fn agreed(&self) -> String {
        agreed(&self.screen, &self.alice).await
    }
}

async fn agreed(screen: &Partner, alice: &Neighbour) -> String {
    let (device_code, user_code) = screen.shows_a_code().await;
    alice.browser.answers_screen(&user_code, "yes", &["plate_masked"]).await.expect(200);
    device_code
}

#[tokio::test]
async fn a_resident_lets_a_lobby_screen_see_her_plate() {
    let Lobby { town, screen, alice } = lobby().await;
    let started = screen.starts(&[]).await.expect(200);
    assert_eq!(started.header("cache-control"), "no-store");
    let (device_code, user_code) = (started.member("device_code"), started.member("user_code"));
    assert_eq!(started.member("verification_uri"), format!("{ISSUER}/device"));
    assert_eq!(started.member("verification_uri_complete"), format!("{ISSUER}/device?user_code={user_code}"));
    assert_eq!((&started.json()["expires_in"], &started.json()["interval"]), (&json!(600), &json!(5)));
    screen.polls(&device_code, &[]).await.refused(400, "authorization_pending");

    let done = alice.browser.answers_screen(&user_code.to_lowercase(), "yes", &["plate_masked"]).await.expect(200);
    assert!(done.text().contains("请看那块屏幕"), "{}", done.text());
    let tokens = screen.polls(&device_code, &[]).await.expect(200);
    assert_eq!(tokens.header("cache-control"), "no-store");
    assert_eq!((tokens.member("token_type"), tokens.member("scope")), ("DPoP".into(), "openid cc:parking.book".into()));
    let granted = &tokens.json()["authorization_details"][0]["items"];
    assert_eq!(*granted, json!([{"claim": "is_resident"}, {"claim": "plate_masked"}]));
    assert!(tokens.json()["id_token"].is_string());
    let read = screen.reads("/vault/claims", &tokens.member("access_token")).await.expect(200);
    assert_eq!(read.json()["claims"], json!({"is_resident": true, "plate_masked": "皖A·**123"}));
    let again = screen.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200);
    screen.reads("/vault/claims", &again.member("access_token")).await.expect(200);
    assert_eq!(town.count("consent_event").await, 1);
    assert!(town.entries_of(&alice.resident.id).await.contains(&"given".to_owned()), "it stands in her book");
}

#[tokio::test]
async fn case_85_a_screen_waits_as_long_as_it_is_told() {
    let Lobby { town, screen, alice } = lobby().await;
    let (device_code, user_code) = screen.shows_a_code().await;
    for (seconds, told) in [
        (0, "authorization_pending"),
        (5, "authorization_pending"),
        (4, "slow_down"),
        // From now on ten seconds, then fifteen: what was long enough is so no longer.
        (9, "slow_down"),
        (15, "authorization_pending"),
        (14, "slow_down"),
        (19, "slow_down"),
        (25, "authorization_pending"),
        (25, "authorization_pending"),
    ] {
        town.pass_seconds(seconds);
        let answer = screen.polls(&device_code, &[]).await.refused(400, told);
        assert_eq!(answer.json(), json!({ "error": told }), "and nothing else");
    }
    // Once there is an answer, it is given at once.
    alice.browser.answers_screen(&user_code, "yes", &[]).await.expect(200);
    screen.polls(&device_code, &[]).await.expect(200);
}

#[tokio::test]
async fn case_88_and_v57_a_no_is_for_ever() {
    let Lobby { town, screen, alice } = lobby().await;
    let (device_code, user_code) = screen.shows_a_code().await;
    let before = town.state().await;
    let said = alice.browser.answers_screen(&user_code, "no", &[]).await.expect(200);
    assert!(said.text().contains("您没有同意"), "{}", said.text());
    for _ in 0..3 {
        screen.polls(&device_code, &[]).await.refused(400, "access_denied");
        town.pass_seconds(400);
    }
    // The code is used up: nobody can be asked again, and the page cannot be answered again.
    let again = alice.browser.enters(&user_code).await.expect(400);
    assert!(again.text().contains("已经用过"), "{}", again.text());
    assert_eq!(kept(&town.state().await), kept(&before));
}

/// The numbers without entries (whoever looks at a question sees her own values, and that is entered) and without the
/// device's own request.
fn kept(state: &[(&'static str, i64)]) -> Vec<(&'static str, i64)> {
    let other = |name: &str| !name.starts_with("ledger") && !name.starts_with("oauth_device");
    state.iter().filter(|(name, _)| other(name)).cloned().collect()
}

#[tokio::test]
async fn case_88_a_code_that_nobody_answers_runs_out() {
    let Lobby { town, screen, alice } = lobby().await;
    let (device_code, user_code) = screen.shows_a_code().await;
    let page = alice.browser.enters(&user_code).await.asks_about(&user_code);
    town.pass_seconds(599);
    screen.polls(&device_code, &[]).await.refused(400, "authorization_pending");
    town.pass_seconds(1);
    screen.polls(&device_code, &[]).await.refused(400, "expired_token");
    let late = alice.browser.answers(&page, "yes", &[]).await;
    assert_eq!(late.status.as_u16(), 400, "{}", late.text());
    let over = alice.browser.open(&page.path).await.expect(400);
    assert!(over.text().contains("等得太久了"), "{}", over.text());
    let entered = alice.browser.enters(&user_code).await.expect(400);
    assert!(entered.text().contains("过期了"), "{}", entered.text());
    screen.polls(&device_code, &[]).await.refused(400, "expired_token");
    assert_eq!(town.count("oauth_grant").await, 0);
}

#[tokio::test]
async fn a_yes_in_the_last_second_finds_its_screen() {
    let Lobby { town, screen, mut alice } = lobby().await;
    let (device_code, user_code) = screen.shows_a_code().await;
    town.pass_seconds(599);
    let door = alice.browser.enters(&user_code).await.expect(200);
    let page = alice.browser.signs_in_on(&door, &mut alice.phone).await.asks_about(&user_code);
    alice.browser.answers(&page, "yes", &[]).await.expect(200);
    town.pass_seconds(30);
    screen.polls(&device_code, &[]).await.expect(200);
}

#[tokio::test]
async fn case_89_a_device_code_is_redeemed_once() {
    let lobby = lobby().await;
    let device_code = lobby.agreed().await;
    let tokens = lobby.screen.polls(&device_code, &[]).await.expect(200);
    let before = lobby.town.state().await;
    for _ in 0..2 {
        lobby.screen.polls(&device_code, &[]).await.refused(400, "invalid_grant");
    }
    assert_eq!(lobby.town.state().await, before);
    // A screen that asks twice because an answer was slow has done nothing wrong.
    lobby.screen.reads("/vault/claims", &tokens.member("access_token")).await.expect(200);
}

#[tokio::test]
async fn case_90_and_v60_a_device_code_is_its_clients_and_its_keys_alone() {
    let lobby = lobby().await;
    let Lobby { town, screen, .. } = &lobby;
    let other = town.unregistered("tv-e");
    town.register(&crate::support::screen::on_screens(&other)).await;
    let (waiting, _) = screen.shows_a_code().await;
    let agreed = lobby.agreed().await;
    let before = town.state().await;
    for code in [&waiting, &agreed] {
        other.polls(code, &[]).await.refused(400, "invalid_grant");
        let bare = [("grant_type", DEVICE), ("device_code", code.as_str()), ("client_id", screen.id.as_str())];
        let bare: Vec<_> = bare.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        screen.post("/token", &bare, Some(&screen.proof("POST", "/token", None))).await.refused(401, "invalid_client");

        let form = with(&screen.authentication(), &[("grant_type", DEVICE), ("device_code", code)]);
        let claims = screen.proof_claims("POST", "/token", None);
        let foreign = screen.proof_by(&Key::new(), &claims, json!({}));
        screen.post("/token", &form, Some(&foreign)).await.refused(400, "invalid_grant");
        let form = with(&screen.authentication(), &[("grant_type", DEVICE), ("device_code", code)]);
        screen.post("/token", &form, None).await.refused(400, "invalid_dpop_proof");
    }
    assert_eq!(town.state().await, before);
    // None of that cost the screen anything: not its code, and not its turn.
    screen.polls(&waiting, &[]).await.refused(400, "authorization_pending");
    screen.polls(&agreed, &[]).await.expect(200);
}

#[tokio::test]
async fn case_91_and_v59_a_poll_asks_for_no_more() {
    let lobby = lobby().await;
    let (waiting, _) = lobby.screen.shows_a_code().await;
    let agreed = lobby.agreed().await;
    let before = lobby.town.state().await;
    for code in [&waiting, &agreed] {
        for more in ["openid offline_access", "openid cc:parking.book cc:elder.care", "profile", "cc:elder.care"] {
            lobby.screen.polls(code, &[("scope", more)]).await.refused(400, "invalid_scope");
        }
        let details = ("authorization_details", r#"[{"type":"cn-community-data"}]"#);
        lobby.screen.polls(code, &[details]).await.refused(400, "invalid_authorization_details");
    }
    assert_eq!(lobby.town.state().await, before);
    let tokens = lobby.screen.polls(&agreed, &[("scope", "openid")]).await.expect(200);
    assert_eq!(tokens.member("scope"), "openid", "less is granted");
    lobby.screen.reads("/vault/claims", &tokens.member("access_token")).await.expect(403);
}

#[tokio::test]
async fn case_91_and_v58_a_yes_that_was_taken_back_gives_nothing() {
    let mut lobby = lobby().await;
    let Lobby { town, screen, alice } = &mut lobby;
    let id = alice.resident.id.clone();
    // Locked between the yes and the poll; and a lock that is lifted does not bring the yes back.
    let locked = agreed(screen, alice).await;
    erasure::lock(&town.app, &id, "lost").await.unwrap();
    screen.polls(&locked, &[]).await.refused(400, "access_denied");
    resident::unlock(&town.app, &id, "found").await.unwrap();
    screen.polls(&locked, &[]).await.refused(400, "access_denied");
    alice.browser.signs_in(&mut alice.phone).await.expect(200);
    assert_eq!(town.count("oauth_token").await, 0);

    let withdrawn = agreed(screen, alice).await;
    let apps = alice.browser.open("/me/apps").await.expect(200);
    let stop = apps.body.split("action=\"").find(|part| part.contains("/stop\"")).unwrap().split('"').next().unwrap();
    alice.browser.submit(&apps, stop, &[]).await.expect(200);
    screen.polls(&withdrawn, &[]).await.refused(400, "access_denied");

    let disabled = agreed(screen, alice).await;
    latchkey::oauth::disable(&town.app, &latchkey::ids::ClientId::parse("tv-d").unwrap()).await.unwrap();
    screen.polls(&disabled, &[]).await.refused(401, "invalid_client");
    assert_eq!(town.count("oauth_token").await, 0);
}

#[tokio::test]
async fn who_may_ask_on_a_screen_and_for_what() {
    let Lobby { town, screen, .. } = lobby().await;
    let before = town.state().await;
    town.partner("rp-a").await.starts(&[]).await.refused(400, "unauthorized_client");
    let form = with(&screen.screen_asks(), &[("client_id", "tv-d")]);
    screen.post("/device_authorization", &form, None).await.refused(401, "invalid_client");
    let form = [screen.screen_asks(), screen.authentication()].concat();
    screen.post("/device_authorization", &form, None).await.refused(400, "invalid_dpop_proof");
    for (change, code) in [
        (("scope", "openid cc:elder.care"), "invalid_scope"),
        (("scope", "email"), "invalid_scope"),
        (("authorization_details", ""), "invalid_request"),
        (("authorization_details", "[]"), "invalid_authorization_details"),
        (("device_name", "看这里 https://evil.test"), "invalid_request"),
        (("acr_values", "gold"), "unmet_authentication_requirements"),
    ] {
        screen.starts(&[change]).await.refused(400, code);
    }
    let before: Vec<_> = before.into_iter().filter(|(name, _)| !name.starts_with("oauth_client")).collect();
    let after: Vec<_> = town.state().await.into_iter().filter(|(name, _)| !name.starts_with("oauth_client")).collect();
    assert_eq!(kept(&after), kept(&before));
    assert_eq!(town.count("oauth_device").await, 0);
}

#[tokio::test]
async fn an_app_on_a_television_signs_a_resident_in() {
    let town = TestApp::start().await;
    let television = town.television().await;
    let bob = town.neighbour("bob").await;
    // A public client says its name, and needs no key.
    let form = [("client_id", "tv-p"), ("scope", "openid offline_access")];
    let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let started = television.post("/device_authorization", &form, None).await.expect(200);
    bob.browser.answers_screen(&started.member("user_code"), "yes", &[]).await.expect(200);
    let device_code = started.member("device_code");
    let poll = with(&[], &[("grant_type", DEVICE), ("device_code", &device_code), ("client_id", "tv-p")]);
    let tokens = television.post("/token", &poll, None).await.expect(200);
    assert_eq!((tokens.member("token_type").as_str(), &tokens.json()["expires_in"]), ("Bearer", &json!(300)));
    assert!(tokens.json()["refresh_token"].is_string());
    let told = television.bears("/userinfo", &tokens.member("access_token")).await.expect(200);
    assert_eq!(told.json(), json!({ "sub": told.member("sub") }));
}
