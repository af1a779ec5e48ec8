//! A no is kept and keeps the door shut for a while; "not now" is no no.

use super::{ASKS, scene};

#[tokio::test]
async fn a_no_is_kept_and_not_asked_about_again_unless_she_wants() {
    let scene = scene().await;
    let she = &scene.granny.browser;
    let answer = she.says(&scene.care.pushed(&ASKS).await, "no", &[]).await.expect(303);
    assert_eq!(answer.parameter("error").unwrap(), "access_denied");
    assert_eq!(scene.town.entries_of(&scene.granny.resident.id).await[0], "refused");
    let apps = she.open("/me/apps").await.expect(200);
    assert!(apps.text().contains("今天您说了不"), "{}", apps.text());

    // The next day it asks again: she is not shown the question.
    let page = scene.question().await;
    assert!(page.text().contains("拒绝了幸福助餐") && !page.body.contains("value=\"yes\""), "{}", page.text());
    let back = she.submit_only(&page, &page.path, &[("decision", "no")]).await.expect(303);
    assert_eq!(back.parameter("error").unwrap(), "access_denied");
    let refused = scene.town.entries_of(&scene.granny.resident.id).await;
    assert_eq!(refused.iter().filter(|reason| *reason == "refused").count(), 1, "going back says nothing again");

    // She changes her mind on that page …
    let page = scene.question().await;
    let question = she.submit(&page, &page.path, &[("decision", "again")]).await.expect(200);
    assert!(question.body.contains("value=\"yes\""), "{}", question.text());
    assert_eq!(
        scene.town.entries_of(&scene.granny.resident.id).await.iter().filter(|r| *r == "may_ask_again").count(),
        1
    );
    assert!(!she.open("/me/apps").await.expect(200).text().contains("您说了不"));
}

#[tokio::test]
async fn she_may_let_an_app_ask_again_from_her_own_list() {
    let scene = scene().await;
    let she = &scene.granny.browser;
    she.says(&scene.care.pushed(&ASKS).await, "no", &[]).await.expect(303);
    let apps = she.open("/me/apps").await.expect(200);
    she.submit(&apps, "/me/apps/ask-again", &[]).await.expect(200);
    assert!(scene.question().await.body.contains("value=\"yes\""));
}

#[tokio::test]
async fn ninety_days_after_a_no_it_may_ask() {
    let mut scene = scene().await;
    scene.granny.browser.says(&scene.care.pushed(&ASKS).await, "no", &[]).await.expect(303);
    for (seconds, asks) in [(90 * 86_400 - 1, false), (1, true)] {
        scene.town.pass_seconds(seconds);
        scene.granny.browser.signs_in(&mut scene.granny.phone).await.expect(200);
        assert_eq!(scene.question().await.body.contains("value=\"yes\""), asks, "after {seconds} more");
    }
}

#[tokio::test]
async fn not_now_is_told_like_a_no_and_keeps_nothing_shut() {
    let scene = scene().await;
    let she = &scene.granny.browser;
    let answer = she.says(&scene.care.pushed(&ASKS).await, "later", &[]).await.expect(303);
    assert_eq!(answer.parameters(), ["error", "state", "iss"]);
    assert_eq!(answer.parameter("error").unwrap(), "access_denied");
    assert!(!scene.town.entries_of(&scene.granny.resident.id).await.contains(&"refused".to_owned()));
    assert!(scene.consents().await.is_empty());
    let apps = she.open("/me/apps").await.expect(200).text();
    assert!(apps.contains("您说现在不决定"), "{apps}");
    assert!(scene.question().await.body.contains("value=\"yes\""), "she may be asked whenever she comes");
}
