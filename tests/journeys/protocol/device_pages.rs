//! A screen without a keyboard (RFC 8628): what the resident sees, and who may guess (cases 86, 87, 93, V56).

use std::net::Ipv4Addr;

use crate::support::TestApp;
use crate::support::browser::{Answer, Browser};
use crate::support::keys::with;

const WRONG: [&str; 6] = ["BBBB-BBBB", "CCCC-CCCC", "DDDD-DDDD", "FFFF-FFFF", "GGGG-GGGG", "HHHH-HHHH"];

#[tokio::test]
async fn case_86_five_wrong_codes_are_the_most_of_one_browser() {
    let town = TestApp::start().await;
    let screen = town.screen().await;
    let alice = town.neighbour("alice").await;
    let (_, user_code) = screen.shows_a_code().await;
    assert_eq!(user_code.len(), 9);
    assert!(user_code.bytes().all(|byte| b"BCDFGHJKLMNPQRSTVWXZ-".contains(&byte)), "{user_code}");
    // What cannot be a code is no guess.
    for typo in ["", "WDJB-MJH", "12345678", "AEIO-UAEI"] {
        let said = alice.browser.enters(typo).await.expect(400);
        assert!(said.text().contains("代码是八个字母"), "{}", said.text());
    }
    for wrong in &WRONG[..5] {
        let said = alice.browser.enters(wrong).await.expect(400);
        assert!(said.text().contains("没有屏幕在用这个代码"), "{}", said.text());
    }
    town.pass_seconds(60);
    for code in [WRONG[5], &user_code] {
        let refused = alice.browser.enters(code).await.expect(429);
        assert_eq!(refused.header("retry-after"), "3540");
        assert!(refused.text().contains("试错的次数太多"), "{}", refused.text());
    }
    // A new browser cookie does not help whoever stays signed in; signing out in the same browser does not either.
    let session = alice.browser.cookie("__Host-latchkey").unwrap();
    let fresh = town.browser();
    fresh.open("/sign-in").await.expect(200);
    fresh.set_cookie("__Host-latchkey", &session);
    fresh.enters(&user_code).await.expect(429);
    // Nobody else is kept out.
    let bob = town.neighbour("bob").await;
    bob.browser.enters(&user_code).await.asks_about(&user_code);
    town.pass_seconds(3540);
    let (_, next) = screen.shows_a_code().await;
    alice.browser.open("/me").await;
    let found = alice.browser.enters(&next).await;
    assert!(found.path.starts_with("/sign-in") || found.path.starts_with("/device/"), "{}", found.path);
}

#[tokio::test]
async fn case_86_fifty_wrong_codes_are_the_most_of_one_network() {
    let town = TestApp::start().await;
    let screen = town.screen().await;
    let (_, user_code) = screen.shows_a_code().await;
    let here = || Browser::from(town.address, Ipv4Addr::new(127, 0, 0, 9));
    for _ in 0..10 {
        let browser = here();
        for wrong in &WRONG[..5] {
            browser.enters(wrong).await.expect(400);
        }
    }
    let refused = here().enters(&user_code).await.expect(429);
    assert_eq!(refused.header("retry-after"), "3600");
    // A right code costs nothing, here or elsewhere.
    let elsewhere = Browser::from(town.address, Ipv4Addr::new(127, 0, 0, 10));
    for _ in 0..7 {
        let found = elsewhere.enters(&user_code).await.expect(200);
        assert!(found.path.starts_with("/sign-in"), "{}", found.path);
    }
    town.pass_seconds(3600);
    here().enters(WRONG[0]).await.expect(400);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn case_86_wrong_codes_sent_at_once_are_counted_one_by_one() {
    let town = TestApp::start().await;
    let browser = town.browser();
    let mut pages = Vec::new();
    for _ in 0..24 {
        pages.push(browser.open("/device").await.expect(200));
    }
    let sending = pages.into_iter().map(|page| {
        let browser = browser.clone();
        tokio::spawn(async move { browser.submit_only(&page, "/device", &[("code", "BCDF-BCDF")]).await })
    });
    let mut wrong = 0;
    for task in sending.collect::<Vec<_>>() {
        match task.await.unwrap().status.as_u16() {
            400 => wrong += 1,
            status => assert_eq!(status, 429),
        }
    }
    assert_eq!(wrong, 5);
}

#[tokio::test]
async fn case_87_the_page_says_who_asks_where_and_when_and_shows_the_code() {
    let town = TestApp::start().await;
    let screen = town.screen().await;
    let alice = town.neighbour("alice").await;
    let (device_code, user_code) = screen.shows_a_code().await;
    town.pass_seconds(60);
    let page = alice.browser.enters(&user_code).await.asks_about(&user_code);
    let text = page.text();
    for said in [
        "甲停车",
        "甲公司",
        "李静 0551-6000-1234",
        "预约小区车位，认出您的车。",
        "皖A·**123",
        "是这个吗？",
        "一律不要用",
        "这块屏幕自称",
        "3 号楼大堂屏",
        "我们没有核实",
        "今天 09:30",
        "同一个网络",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!page.body.contains(&device_code));
    // From another network, and under no name.
    let (_, other) = {
        let form = [screen.authentication(), with(&screen.screen_asks(), &[("device_name", "")])].concat();
        let far = Browser::from(town.address, Ipv4Addr::new(127, 0, 0, 9));
        let request = far.request(reqwest::Method::POST, "/device_authorization").form(&form);
        let request = request.header("dpop", screen.proof("POST", "/device_authorization", None));
        let started = far.send(request, "/device_authorization").await.expect(200);
        (started.member("device_code"), started.member("user_code"))
    };
    let text = alice.browser.enters(&other).await.asks_about(&other).text();
    assert!(text.contains("另一个网络（127.0.0.9）"), "{text}");
    assert!(!text.contains("这块屏幕自称"), "{text}");
    let english = alice.browser.in_english().open(&page.path).await.expect(200).text();
    assert!(english.contains("Is this the code on the screen in front of you?"), "{english}");
}

/// A page without the one script that all pages have: it reads aloud and prints, and has no way to press.
fn scripts(page: &Answer) -> String {
    assert!(!include_str!("../../../assets/page.js").contains("submit"));
    page.body.replace("<script src=\"/assets/page.js\" defer></script>", "")
}

#[tokio::test]
async fn v56_and_case_87_nothing_is_answered_without_a_press() {
    let town = TestApp::start().await;
    let television = town.television().await;
    let bob = town.neighbour("bob").await;
    // The least that can be asked, agreed to before, by a link, with a live session: still a question.
    for round in 0..2 {
        let started = television.starts(&[("device_name", "")]).await.expect(200);
        let (device_code, user_code) = (started.member("device_code"), started.member("user_code"));
        let before = town.state().await;
        let link = format!("/device?user_code={user_code}");
        let page = bob.browser.open(&link).await.expect(200);
        assert_eq!(page.path, link, "round {round}: no way on by itself");
        assert!(page.body.contains(&format!("value=\"{user_code}\"")));
        assert!(!scripts(&page).contains("<script"), "nothing that could press");
        assert_eq!(town.state().await, before);
        television.polls(&device_code, &[]).await.refused(400, "authorization_pending");

        let question = bob.browser.submit(&page, "/device", &[("code", &user_code)]).await.asks_about(&user_code);
        let refreshed = bob.browser.open(&question.path).await.asks_about(&user_code);
        assert!(!scripts(&refreshed).contains("<script") && !refreshed.body.contains("http-equiv"));
        town.pass_seconds(5);
        television.polls(&device_code, &[]).await.refused(400, "authorization_pending");
        assert_eq!(town.state().await, before);
        bob.browser.answers(&refreshed, "yes", &[]).await.expect(200);
        television.polls(&device_code, &[]).await.expect(200);
    }
}

#[tokio::test]
async fn case_93_values_want_the_passkey_now() {
    let town = TestApp::start().await;
    let (screen, television) = (town.screen().await, town.television().await);
    let mut alice = town.neighbour("alice").await;
    town.pass_seconds(301);
    alice.browser.open("/me").await.expect(200);
    let (device_code, user_code) = screen.shows_a_code().await;
    let page = alice.browser.open(&format!("/device?user_code={user_code}")).await.expect(200);
    let door = alice.browser.submit(&page, "/device", &[("code", &user_code)]).await.expect(200);
    assert!(door.path.starts_with("/sign-in?again=1&next=%2Fdevice%2F"), "{}", door.path);
    assert!(door.text().contains("那块屏幕"), "{}", door.text());
    // Going on without having signed in does not help.
    let id = door.path.rsplit("%2F").next().unwrap().to_owned();
    let back = alice.browser.get(&format!("/device/{id}")).await.expect(303);
    assert!(back.location().unwrap().starts_with("/sign-in?again=1"));
    let csrf = alice.browser.open("/me/passkeys").await.expect(200).csrf();
    let forced = alice.browser.post(&format!("/device/{id}"), &[("csrf", csrf.as_str()), ("decision", "yes")]).await;
    assert_eq!(forced.status.as_u16(), 400, "{}", forced.text());
    assert_eq!(town.count("consent_event").await, 0);

    let page = alice.browser.signs_in_on(&door, &mut alice.phone).await.asks_about(&user_code);
    // She takes her time: the passkey was shown for this very question.
    town.pass_seconds(400);
    alice.browser.answers(&page, "yes", &[]).await.expect(200);
    screen.polls(&device_code, &[]).await.expect(200);

    // A sign-in without values is asked about at once, however old the session.
    let (_, user_code) = television.shows_a_code().await;
    alice.browser.enters(&user_code).await.asks_about(&user_code);
}

#[tokio::test]
async fn a_question_belongs_to_the_browser_in_which_its_code_was_entered() {
    let town = TestApp::start().await;
    let screen = town.screen().await;
    let (alice, bob) = (town.neighbour("alice").await, town.neighbour("bob").await);
    let (_, user_code) = screen.shows_a_code().await;
    let page = alice.browser.enters(&user_code).await.asks_about(&user_code);
    // A link to the question leads to the field for the code, and a form to nothing.
    let before = town.state().await;
    assert_eq!(bob.browser.open(&page.path).await.expect(200).path, "/device");
    let csrf = bob.browser.open("/me/passkeys").await.expect(200).csrf();
    bob.browser.post(&page.path, &[("csrf", csrf.as_str()), ("decision", "yes")]).await.error_page();
    assert_eq!(town.state().await, before);
    // She opened it in the wrong app first: where the code is entered last, it can be answered.
    let elsewhere = bob.browser.enters(&user_code).await.asks_about(&user_code);
    assert_eq!(alice.browser.open(&page.path).await.expect(200).path, "/device");
    bob.browser.answers(&elsewhere, "yes", &["care_level_band"]).await.error_page();
    let elsewhere = bob.browser.open(&elsewhere.path).await.asks_about(&user_code);
    bob.browser.answers(&elsewhere, "no", &[]).await.expect(200);
    // Strangers are shown the field, whatever they ask for.
    for path in ["/device/x", "/device/00000000000000000000000000000000", "/device?user_code=%3Ci%3E"] {
        let page = town.browser().open(path).await.expect(200);
        assert!(page.path.starts_with("/device") && !page.body.contains("<i>"), "{}", page.path);
    }
}

#[tokio::test]
async fn a_screen_may_show_its_code_as_a_picture() {
    let town = TestApp::start().await;
    let started = town.screen().await.starts(&[]).await.expect(200);
    let address = started.member("verification_qr_uri");
    let path = address.strip_prefix("https://id.test").unwrap().to_owned();
    let picture = town.browser().get(&path).await.expect(200);
    assert_eq!(picture.header("content-type"), "image/svg+xml");
    assert_eq!(picture.header("cross-origin-resource-policy"), "cross-origin");
    assert!(picture.body.contains("<svg") && !picture.body.contains("<script"));
    // Any code has a picture: it says nothing that its address does not.
    town.browser().get("/device/qr/BCDF-BCDF").await.expect(200);
    assert_eq!(town.browser().get("/device/qr/nothing").await.expect(404).problem(), "not-found");
}
