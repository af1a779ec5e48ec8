//! The book: looked through by app, claim, time and sort; drawn by day and app; who did something for somebody.

use super::{id, scene};
use crate::support::TestApp;
use crate::support::browser::Answer;

/// How many lines a page of the book has.
fn lines(page: &Answer) -> usize {
    page.body.matches("<p class=\"said\">").count()
}

#[tokio::test]
async fn the_book_is_looked_through_by_app_claim_time_and_sort() {
    let scene = scene().await;
    let browser = &scene.alice.browser;
    let all = lines(&browser.open("/me/book").await.expect(200));
    for (query, wanted) in [
        ("app=rp-a&claim=&days=&what=reads", 1),
        ("claim=plate_masked&what=reads", 1),
        ("claim=building_no&what=reads", 0),
        ("app=rp-b", 0),
        ("what=refused", 0),
        ("what=behalf", 0),
        ("days=7", all),
        ("app=&claim=&days=&what=", all),
    ] {
        let page = browser.open(&format!("/me/book?{query}")).await.expect(200);
        assert_eq!(lines(&page), wanted, "{query}: {}", page.text());
        assert_eq!(page.text().contains("没有这样的记录"), wanted == 0, "{query}");
    }
    for nonsense in ["days=8", "what=all", "days=x", "who=me", "from=-1"] {
        browser.open(&format!("/me/book?{nonsense}")).await.expect(400);
    }
    scene.town.pass_seconds(8 * 86_400);
    let mut phone = scene.alice.phone.clone();
    browser.signs_in(&mut phone).await.expect(200);
    assert_eq!(lines(&browser.open("/me/book?days=7&app=rp-a").await.expect(200)), 0, "it was longer ago");
    assert!(lines(&browser.open("/me/book?days=30&app=rp-a").await.expect(200)) > 0);
}

#[tokio::test]
async fn reads_are_drawn_by_day_and_app_with_a_pattern_and_a_table() {
    let scene = scene().await;
    let page = scene.alice.browser.open("/me/book").await.expect(200);
    assert_eq!(page.body.matches("<rect class=\"bar series-0\"").count(), 1, "its key; the bar is made by the library");
    assert_eq!(page.body.matches("class=\"bar series-0\" fill=\"url(#series-0)\"").count(), 1);
    assert!(page.body.contains("role=\"img\" aria-labelledby=\"plot-says\""));
    assert!(page.text().contains("最近 7 天，每天哪个应用看了几次"), "{}", page.text());
    assert!(page.body.contains("<th scope=\"col\">甲停车</th>") && page.body.contains("<td>1</td>"), "the table");
    assert!(!page.body.contains("style="), "nothing that the policy would refuse");
    let none = scene.alice.browser.open("/me/book?app=rp-b").await.expect(200);
    assert!(!none.body.contains("plot-says"), "no chart of nothing");
}

#[tokio::test]
async fn a_filter_goes_with_its_pages() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    for n in 0..65 {
        // Each is a line of its own: own looks fold into one.
        let form = alice.browser.open("/me/cases/new").await.expect(200);
        let fields = [("kind", "complaint"), ("words", &*n.to_string())];
        let page = alice.browser.submit(&form, "/me/cases", &fields).await.expect(200);
        if n >= 30 {
            alice.browser.submit(&page, &format!("/me/cases/{}/take-back", id(&page)), &[]).await.expect(200);
        }
    }
    let first = alice.browser.open("/me/book?days=7").await.expect(200);
    assert_eq!(lines(&first), 60);
    let older =
        first.body.split("href=\"/me/book?").find_map(|rest| rest.split('"').next().filter(|at| at.contains("from=")));
    let older = older.expect("older lines").replace("&#38;", "&").replace("&amp;", "&");
    assert!(older.starts_with("days=7&from="), "{older}");
    let second = alice.browser.open(&format!("/me/book?{older}")).await.expect(200);
    assert!(lines(&second) > 35, "{}", lines(&second));
    assert!(second.body.contains("href=\"/me/book?days=7\""), "the way back keeps the filter");
}
