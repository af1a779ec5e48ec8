//! What holds for every door: headers, faces of errors, odd requests.

use crate::support::TestApp;

#[tokio::test]
async fn health_answers() {
    let town = TestApp::start().await;
    let answer = town.browser().get("/health").await.expect(200);
    assert_eq!(answer.json()["status"], "ok");
}

#[tokio::test]
async fn an_unknown_address_is_a_page_in_the_residents_language() {
    let town = TestApp::start().await;
    let chinese = town.browser().get("/nowhere").await.expect(404);
    assert!(chinese.body.contains("lang=\"zh-Hans\""));
    let english = town.browser().in_english().get("/nowhere").await.expect(404);
    assert!(english.text().contains("There is no such page"));
    assert_eq!(english.header("content-type"), "text/html; charset=utf-8");
}
