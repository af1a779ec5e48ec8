//! Paper that can be checked: receipts, the list of apps, recovery codes, and whoever scans them.

use std::collections::BTreeSet;

use crate::support::browser::{Answer, Browser};
use crate::support::partner::Partner;
use crate::support::town::Neighbour;
use crate::support::{TestApp, html};

/// The address in the code of a printed sheet, which is also a link on the screen.
fn mark(sheet: &Answer) -> String {
    html::attribute(&sheet.body, "class=\"qr\"", "href").unwrap_or_else(|| panic!("no mark: {}", sheet.text()))
}

/// What anybody is told who scans a sheet.
async fn says(town: &TestApp, sheet: &Answer) -> String {
    town.browser().open(&mark(sheet)).await.expect(200).text()
}

/// Alice agrees to one app; the address of the record's page.
async fn agreed(town: &TestApp) -> (Partner, Neighbour, String) {
    let parking = town.partner("rp-a").await;
    let alice = town.neighbour("alice").await;
    alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let apps = alice.browser.open("/me/apps").await.expect(200);
    let page = html::attribute(&apps.body, "class=\"name\"", "href").unwrap();
    (parking, alice, page)
}

async fn stops(browser: &Browser, page: &str) {
    let opened = browser.open(page).await.expect(200);
    browser.submit(&opened, &format!("{page}/stop"), &[]).await.expect(200);
}

/// Nothing of a sheet or of what is said about it tells whose it is.
fn tells_nothing_of(alice: &Neighbour, page: &Answer) {
    for (field, value) in alice.resident.fields.iter().filter(|(_, value)| value.len() > 3) {
        if *field != "language" {
            assert!(!page.body.contains(value.as_str()), "{} shows {field}", page.path);
        }
    }
    assert!(!page.body.contains("皖A") && !page.text().contains("张*"), "{}", page.text());
    assert!(!page.body.contains(alice.resident.id.as_str()));
}

#[tokio::test]
async fn a_printed_receipt_is_true_until_the_consent_ends() {
    let town = TestApp::start().await;
    let (_, alice, page) = agreed(&town).await;
    let sheet = alice.browser.open(&format!("{page}/paper")).await.expect(200);
    assert!(sheet.text().contains("甲停车") && sheet.text().contains("车牌号"), "{}", sheet.text());
    tells_nothing_of(&alice, &sheet);

    // Whoever scans it is nobody the service knows, and changes nothing.
    let (before, stranger) = (town.state().await, town.browser());
    let verdict = stranger.open(&mark(&sheet)).await.expect(200);
    assert!(verdict.text().contains("今天仍然有效") && verdict.text().contains("甲停车"), "{}", verdict.text());
    assert!(verdict.text().contains("2 项信息"), "what it may see can be counted: {}", verdict.text());
    tells_nothing_of(&alice, &verdict);
    assert!(!verdict.body.contains(page.trim_start_matches("/me/apps/")), "nor the record");
    assert_eq!(town.state().await, before);

    let opened = alice.browser.open(&page).await.expect(200);
    let paused = alice.browser.submit(&opened, &format!("{page}/pause"), &[]).await.expect(200);
    assert!(stranger.open(&mark(&sheet)).await.expect(200).text().contains("暂停着"));
    alice.browser.submit(&paused, &format!("{page}/resume"), &[]).await.expect(200);
    assert!(stranger.open(&mark(&sheet)).await.expect(200).text().contains("今天仍然有效"));
    stops(&alice.browser, &page).await;
    let verdict = stranger.in_english().open(&mark(&sheet)).await.expect(200).text();
    assert!(verdict.contains("Genuine") && verdict.contains("has ended"), "{verdict}");
}

#[tokio::test]
async fn a_printed_receipt_runs_out_with_its_consent() {
    let town = TestApp::start().await;
    let (_, alice, page) = agreed(&town).await;
    let sheet = alice.browser.open(&format!("{page}/paper")).await.expect(200);
    town.pass_seconds(93 * 86_400);
    assert!(town.browser().open(&mark(&sheet)).await.expect(200).text().contains("已经结束"));
}

#[tokio::test]
async fn a_mark_that_we_did_not_make_is_not_ours() {
    let (town, other) = (TestApp::start().await, TestApp::start().await);
    let (_, alice, page) = agreed(&town).await;
    let mark = mark(&alice.browser.open(&format!("{page}/paper")).await.expect(200));
    for wrong in [
        mark.replace("/verify/", "/verify/x"),
        mark[..mark.len() - 1].to_owned(),
        "/verify/0".to_owned(),
        format!("/verify/{}", "A".repeat(76)),
        format!("/verify/{}", "A".repeat(4_000)),
        "/verify/%E9%97%A8".to_owned(),
    ] {
        let said = town.browser().open(&wrong).await.expect(404);
        assert!(said.text().contains("不是真的"), "{wrong}: {}", said.text());
    }
    let said = other.browser().open(&mark).await.expect(404);
    assert!(said.text().contains("不是真的"), "another community's paper is not ours: {}", said.text());
}

#[tokio::test]
async fn the_list_of_apps_says_when_something_has_changed() {
    let town = TestApp::start().await;
    let (parking, alice, page) = agreed(&town).await;
    let sheet = alice.browser.open("/me/apps/paper").await.expect(200);
    assert!(sheet.text().contains("有 1 个应用") && sheet.text().contains("甲停车"), "{}", sheet.text());
    tells_nothing_of(&alice, &sheet);
    assert!(says(&town, &sheet).await.contains("没有变"));

    stops(&alice.browser, &page).await;
    assert!(says(&town, &sheet).await.contains("有了变化"));
    let empty = alice.browser.open("/me/apps/paper").await.expect(200);
    assert!(empty.text().contains("没有应用") && says(&town, &empty).await.contains("没有变"));
    // The same app, agreed to again, is another consent.
    alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    assert!(says(&town, &sheet).await.contains("有了变化") && says(&town, &empty).await.contains("有了变化"));
}

#[tokio::test]
async fn a_sheet_of_recovery_codes_is_void_once_there_is_another() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let page = alice.browser.open("/me/passkeys").await.expect(200);
    let first = alice.browser.submit(&page, "/me/recovery-codes", &[]).await.expect(200);
    let verdict = town.browser().open(&mark(&first)).await.expect(200);
    assert!(verdict.text().contains("还能用"), "{}", verdict.text());
    tells_nothing_of(&alice, &verdict);
    let codes = first.body.split("class=\"code\">").skip(1).map(|rest| &rest[..4]);
    assert!(codes.count() == 8 && !verdict.body.contains("class=\"code\""), "no code is told");

    town.pass_seconds(1);
    let page = alice.browser.open("/me/passkeys").await.expect(200);
    let second = alice.browser.submit(&page, "/me/recovery-codes", &[]).await.expect(200);
    assert!(says(&town, &first).await.contains("已经作废"));
    assert!(says(&town, &second).await.contains("还能用"));
}

#[tokio::test]
async fn two_sheets_of_one_resident_have_nothing_in_common() {
    let town = TestApp::start().await;
    let (_, alice, page) = agreed(&town).await;
    let mut marks = BTreeSet::new();
    for path in ["/me/apps/paper", "/me/apps/paper", &format!("{page}/paper"), &format!("{page}/paper")] {
        marks.insert(mark(&alice.browser.open(path).await.expect(200)));
    }
    assert_eq!(marks.len(), 4);
    let marks: Vec<&[u8]> = marks.iter().map(|mark| mark.trim_start_matches("/verify/").as_bytes()).collect();
    for (at, one) in marks.iter().enumerate() {
        for other in &marks[at + 1..] {
            let shared = one.windows(6).any(|part| other.windows(6).any(|same| same == part));
            assert!(!shared, "two marks share six characters");
        }
    }
}

#[tokio::test]
async fn nobody_prints_what_is_somebody_elses() {
    let town = TestApp::start().await;
    let (_, _, page) = agreed(&town).await;
    let bob = town.neighbour("bob").await;
    bob.browser.open(&format!("{page}/paper")).await.expect(404);
    let stranger = town.browser().get(&format!("{page}/paper")).await.expect(303);
    assert!(stranger.location().unwrap().starts_with("/sign-in"));
}
