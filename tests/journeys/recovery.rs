//! When the phone is gone: the sheet of recovery codes.

use tokio::task::JoinSet;

use crate::support::browser::{Answer, Browser};
use crate::support::forge::{Forge, Lies};
use crate::support::town::Neighbour;
use crate::support::{SoftPasskey, TestApp, html};

/// Has a sheet made, and copies its codes.
pub async fn sheet(of: &Neighbour) -> Vec<String> {
    let page = of.browser.open("/me/passkeys").await.expect(200);
    let sheet = of.browser.submit(&page, "/me/recovery-codes", &[]).await.expect(200);
    codes(&sheet)
}

fn codes(sheet: &Answer) -> Vec<String> {
    let groups = |word: &str| word.len() == 29 && word.matches('-').count() == 5;
    html::text(&sheet.body).split(' ').filter(|word| groups(word)).map(str::to_owned).collect()
}

/// Enters a code, and gives the page that follows.
pub async fn enters(browser: &Browser, code: &str) -> Answer {
    let page = browser.open("/recover").await.expect(200);
    browser.submit(&page, "/recover", &[("code", code)]).await
}

#[tokio::test]
async fn a_code_from_the_sheet_makes_a_new_passkey_and_ends_all_else() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    let codes = sheet(&alice).await;
    assert_eq!(codes.len(), 8);

    let browser = town.browser();
    let page = enters(&browser, &codes[2].to_lowercase().replace('-', " ")).await.expect(200);
    let mut new_phone = SoftPasskey::new();
    let welcome = browser.registers(&page, &mut new_phone).await.expect(200);
    assert_eq!(welcome.path, "/me/welcome");

    assert!(browser.is_in().await);
    assert!(!alice.browser.is_in().await, "every other session has ended");
    assert_eq!(town.entries_of(&alice.resident.id).await[0], "recovery_used");
    assert_eq!(town.key_count(&alice.resident.id).await, 1, "the lost ones are revoked");
    town.browser().signs_in(&mut new_phone).await;
    // The rest of the sheet is void; the next page offers a new one.
    for code in &codes {
        enters(&town.browser(), code).await.expect(400);
    }
    let fresh = browser.submit(&welcome, "/me/recovery-codes", &[]).await.expect(200);
    assert_eq!(self::codes(&fresh).len(), 8);
    // Should somebody find the old phone, it opens nothing.
    alice.browser.signs_in(&mut alice.phone).await.expect(400);
    assert!(!alice.browser.is_in().await);
}

#[tokio::test]
async fn v71_a_code_works_once() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let code = sheet(&alice).await.remove(0);
    let browser = town.browser();
    let page = enters(&browser, &code).await.expect(200);
    browser.registers(&page, &mut SoftPasskey::new()).await.expect(200);
    let again = enters(&town.browser().in_english(), &code).await.expect(400);
    assert!(again.text().contains("wrong"), "{}", again.text());
}

#[tokio::test]
async fn v71_a_code_works_once_for_64_at_the_same_time() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let code = sheet(&alice).await.remove(0);
    let mut ready = Vec::new();
    for _ in 0..64 {
        let browser = town.browser();
        let page = enters(&browser, &code).await.expect(200);
        let options = browser.begins(&page).await;
        let made = Forge::new().create(&options, &Lies::default());
        ready.push(async move { browser.finishes(&page, &made).await.status.as_u16() });
    }
    let statuses = ready.into_iter().collect::<JoinSet<_>>().join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 200 | 400)), "{statuses:?}");
    assert_eq!(town.key_count(&alice.resident.id).await, 1, "the lost ones are revoked");
}

#[tokio::test]
async fn v72_any_change_of_credentials_ends_what_was_begun_with_a_code() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    let code = sheet(&alice).await.remove(0);
    let begun = || async {
        let thief = town.browser();
        let page = enters(&thief, &code).await.expect(200);
        let options = thief.begins(&page).await;
        let made = Forge::new().create(&options, &Lies::default());
        (thief, page, made)
    };

    // She adds a passkey …
    town.pass_seconds(1);
    let (thief, page, made) = begun().await;
    let passkeys = alice.browser.open("/me/passkeys").await;
    alice.browser.registers(&passkeys, &mut SoftPasskey::new()).await.expect(200);
    assert_eq!(thief.finishes(&page, &made).await.expect(400).problem(), "ceremony-ended");

    // … removes one …
    let (thief, page, made) = begun().await;
    let passkeys = alice.browser.open("/me/passkeys").await.expect(200);
    let newest = latchkey::resident::keys(&town.app, &alice.resident.id).await.unwrap().remove(0).id;
    alice.browser.submit(&passkeys, &format!("/me/passkeys/{newest}/remove"), &[]).await.expect(200);
    assert_eq!(thief.finishes(&page, &made).await.expect(400).problem(), "ceremony-ended");

    // … or has a new sheet made.
    alice.browser.signs_in(&mut alice.phone).await;
    let (thief, page, made) = begun().await;
    sheet(&alice).await;
    assert_eq!(thief.finishes(&page, &made).await.expect(400).problem(), "ceremony-ended");
    enters(&town.browser(), &code).await.expect(400);
}

#[tokio::test]
async fn the_right_that_a_code_gives_is_this_browsers_and_short() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let code = sheet(&alice).await.remove(0);
    let browser = town.browser();
    let page = enters(&browser, &code).await.expect(200);
    let (begin, _, _) = page.ceremony();

    let stranger = town.browser();
    let csrf = stranger.open("/recover").await.csrf();
    let body = serde_json::json!({ "csrf": csrf });
    assert_eq!(stranger.post_json(&begin, &csrf, &body).await.expect(400).problem(), "ceremony-ended");

    town.pass_seconds(600);
    let (_, _, csrf) = page.ceremony();
    let body = serde_json::json!({ "csrf": csrf });
    assert_eq!(browser.post_json(&begin, &csrf, &body).await.expect(400).problem(), "ceremony-ended");
    // The code itself is still good.
    enters(&browser, &code).await.expect(200);
}

#[tokio::test]
async fn v70_every_wrong_code_gets_the_same_answer() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let used = sheet(&alice).await.remove(0);
    let page = enters(&town.browser(), &used).await.expect(200);
    drop(page);
    let replaced = used.clone();
    sheet(&alice).await;

    let mut answers = Vec::new();
    for code in [replaced.as_str(), "0000-0000-0000-0000-0000-0000", "no code at all", "", "张丽华"] {
        let answer = enters(&town.browser().in_english(), code).await;
        let mut headers = answer.headers.clone();
        for varying in ["x-request-id", "date", "set-cookie"] {
            headers.remove(varying);
        }
        let body = answer.body.replace(&answer.csrf(), "");
        answers.push((answer.status, headers, body));
    }
    assert_eq!(answers[0].0, 400);
    for answer in &answers {
        assert_eq!(answer, &answers[0]);
    }
}

#[tokio::test]
async fn a_sheet_wants_a_sign_in_of_the_last_five_minutes() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    town.pass_seconds(300);
    let page = alice.browser.open("/me/passkeys").await.expect(200);
    let asked = alice.browser.submit(&page, "/me/recovery-codes", &[]).await.expect(200);
    assert_eq!(asked.path, "/sign-in?again=1&next=%2Fme%2Fpasskeys");
    assert!(codes(&asked).is_empty());
    let page = alice.browser.signs_in_on(&asked, &mut alice.phone).await.expect(200);
    let sheet = alice.browser.submit(&page, "/me/recovery-codes", &[]).await.expect(200);
    assert_eq!(codes(&sheet).len(), 8);
    assert_eq!(town.entries_of(&alice.resident.id).await[0], "recovery_sheet");
}
