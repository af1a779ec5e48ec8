//! What is done without asking is listed beside what was agreed, with its rule and the way to object.

use latchkey::cases::{self, State};

use crate::support::TestApp;

#[tokio::test]
async fn what_needs_no_consent_is_listed_with_its_rule_and_can_be_objected_to() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let apps = alice.browser.open("/me/apps").await.expect(200);
    let text = apps.text();
    assert!(text.contains("不需要您同意，但您有权知道"), "{text}");
    for (code, basis) in town.app.catalogue.bases().all() {
        assert!(apps.body.contains(&format!("/me/bases/{code}")), "{code}");
        let page = alice.browser.open(&format!("/me/bases/{code}")).await.expect(200);
        assert!(page.text().contains("法》") && page.text().contains("我有异议"), "{code}: {}", page.text());
        assert!(!page.text().contains(code) && !page.text().contains(&basis.law), "a code is no word: {}", page.text());
    }
    let page = alice.browser.open("/me/bases/roster").await.expect(200);
    let words = "我三年前就搬走了，\r\n请删掉。";
    let done = alice.browser.submit(&page, "/me/bases/roster/object", &[("words", words)]).await.expect(200);
    assert!(
        done.text().contains("您已经提出异议") && done.text().contains("最晚 2026年12月7日 答复您"),
        "{}",
        done.text()
    );
    assert!(!done.text().contains("我有异议"), "one is enough: {}", done.text());
    let all = cases::of_resident(&mut town.app.db.read().await.unwrap(), &alice.resident.id).await.unwrap();
    assert_eq!((all.len(), all[0].state, all[0].purpose.as_deref()), (1, State::WithStaff, Some("basis.roster")));

    // From a page that was open before: the same case.
    let other = alice.browser.open("/me/bases/invitation").await.expect(200);
    let csrf = other.csrf();
    alice.browser.post("/me/bases/roster/object", &[("csrf", csrf)]).await.expect(303);
    assert_eq!(town.count("case_current").await, 1);
}

#[tokio::test]
async fn a_basis_that_is_not_there_and_words_that_are_no_words_change_nothing() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    assert_eq!(alice.browser.get("/me/bases/curiosity").await.status.as_u16(), 404);
    let before = town.state().await;
    let long = "说".repeat(1_001);
    for (code, words, status) in [("curiosity", "", 404), ("roster", "a\u{202e}b", 400), ("roster", long.as_str(), 400)]
    {
        let page = alice.browser.open("/me/bases/roster").await.expect(200);
        let form = [("csrf", page.csrf()), ("words", words.to_owned())];
        let answer = alice.browser.post(&format!("/me/bases/{code}/object"), &form).await;
        assert_eq!(answer.status.as_u16(), status, "{code}");
    }
    assert_eq!((town.state().await, town.count("case_current").await), (before, 0));
}
