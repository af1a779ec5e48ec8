//! Searching: by links and forms, with aliases in place of names, and entered before anything is opened.

use latchkey::ledger::Kind;

use super::{auditor, lines, link, newest, size};
use crate::erasure::alice_and_parking;
use crate::support::TestApp;

#[tokio::test]
async fn an_auditor_follows_an_app_and_a_resident_by_alias_and_never_meets_a_name() {
    let town = TestApp::start().await;
    let (alice, ..) = alice_and_parking(&town).await;
    let zhao = auditor(&town, "赵静").await;
    let page = zhao.browser.open("/desk/reviews?app=rp-a&kind=disclosure").await.expect(200);
    assert!(page.text().contains("找到 1 条记录") && page.text().contains("甲停车"), "{}", page.text());
    assert!(page.text().contains("车牌号"), "claims by their names: {}", page.text());
    for secret in ["张丽华", "皖A", "13805510001", alice.resident.id.as_str()] {
        assert!(!page.body.contains(secret), "{secret} on an auditor's page");
    }

    // The short code leads to everything of the same resident, under her alias in full.
    let all = zhao.browser.open(&link(&page, "/desk/reviews?alias=")).await.expect(200);
    assert!(lines(&all) >= 4, "import, passkey, consent, read: {}", all.text());
    let alias = all.path.split("alias=").nth(1).unwrap();
    assert_eq!(alias.len(), 32);
    assert!(all.text().contains(&format!("{}-{}", &alias[..4], &alias[4..8])), "{}", all.text());
    let short = zhao.browser.open(&format!("/desk/reviews?alias={}", &alias[..8])).await.expect(200);
    assert_eq!(lines(&short), lines(&all));

    // One entry in full: codes and the public proof, no value.
    let entry = zhao.browser.open(&link(&page, "/desk/reviews/entry/")).await.expect(200);
    assert!(entry.text().contains("parking.book") && entry.body.contains("/ledger/proof/"), "{}", entry.text());
    assert!(!entry.body.contains("张丽华") && !entry.body.contains("皖A"));
    let none = zhao.browser.open("/desk/reviews?app=rp-a&outcome=refused").await.expect(200);
    assert!(none.text().contains("没有这样的记录"), "{}", none.text());
}

#[tokio::test]
async fn every_search_is_entered_first_with_who_sought_what_and_colleagues_find_it() {
    let town = TestApp::start().await;
    let (zhao, qian) = (auditor(&town, "赵静").await, auditor(&town, "钱进").await);
    let before = size(&town).await;
    zhao.browser.open("/desk/reviews?app=rp-a&alias=9ad74b34").await.expect(200);
    assert_eq!(size(&town).await, before + 1);
    let (kind, review, detail) = newest(&town).await;
    assert_eq!((kind, review.reason.as_str()), (Kind::Staff.number(), "review_search"));
    assert_eq!((review.role(), review.person()), (Some("auditor"), Some(zhao.id.as_str())));
    let detail = detail.expect("about nobody");
    assert_eq!(detail.note("search"), Some("app=rp-a&alias=9ad74b34"));
    assert_eq!(detail.note("auditor"), Some(zhao.id.as_str()));
    assert_eq!(detail.resident, None);

    let page = qian.browser.open(&format!("/desk/reviews?staff={}", zhao.id)).await.expect(200);
    assert!(page.text().contains("赵静（审计员）") && page.text().contains("查询记录"), "{}", page.text());
    assert!(!page.text().contains("钱进（审计员）"), "only hers: {}", page.text());
    let entry = qian.browser.open(&link(&page, "/desk/reviews/entry/")).await.expect(200);
    assert!(entry.body.contains("app=rp-a") && entry.body.contains("alias=9ad74b34"), "{}", entry.text());
    let (_, review, detail) = newest(&town).await;
    assert_eq!((review.reason.as_str(), review.person()), ("review_read", Some(qian.id.as_str())));
    assert!(detail.unwrap().note("entry").is_some());
}

#[tokio::test]
async fn staff_are_found_by_what_they_did() {
    let town = TestApp::start().await;
    town.known("alice").await;
    let (wang, li, zhao) = (town.staff("王敏").await, town.staff("李强").await, auditor(&town, "赵静").await);
    wang.finds("13805510001").await;
    let hers = zhao.browser.open(&format!("/desk/reviews?staff={}", wang.id)).await.expect(200);
    assert!(hers.text().contains("王敏（工作人员）"), "{}", hers.text());
    assert!(hers.body.contains("alias="), "the look stands in the resident's book: {}", hers.text());
    let his = zhao.browser.open(&format!("/desk/reviews?staff={}&kind=staff", li.id)).await.expect(200);
    assert!(!his.body.contains("class=\"alias\""), "he looked at nobody: {}", his.text());
}

#[tokio::test]
async fn a_search_goes_on_where_its_page_ended_and_a_cursor_fits_no_other_search() {
    let town = TestApp::start().await;
    let (_alice, parking, token) = alice_and_parking(&town).await;
    for _ in 0..59 {
        parking.reads("/vault/claims", &token).await.expect(200);
    }
    let zhao = auditor(&town, "赵静").await;
    let first = zhao.browser.open("/desk/reviews?kind=disclosure").await.expect(200);
    assert_eq!(lines(&first), 50, "{}", first.text());
    let older = link(&first, "/desk/reviews?kind=disclosure");
    let second = zhao.browser.open(&older).await.expect(200);
    assert_eq!(lines(&second), 10, "{}", second.text());
    assert!(!second.body.contains("rel=\"next\""));

    let cursor = older.split("from=").nth(1).unwrap();
    let before = size(&town).await;
    for wrong in [
        format!("/desk/reviews?kind=refusal&from={cursor}"),
        format!("/desk/reviews?kind=disclosure&from={cursor}A"),
        "/desk/reviews?kind=disclosure&from=12".to_owned(),
        "/desk/reviews?kind=everything".to_owned(),
        "/desk/reviews?name=alice".to_owned(),
        "/desk/reviews?app=a&app=b".to_owned(),
        "/desk/reviews?since=yesterday".to_owned(),
    ] {
        zhao.browser.open(&wrong).await.expect(400);
    }
    assert_eq!(size(&town).await, before, "what was not sought is not entered");
    for nowhere in ["/desk/reviews/entry/99999999", "/desk/reviews/entry/01", "/desk/reviews/entry/x"] {
        zhao.browser.open(nowhere).await.expect(404);
    }
    assert_eq!(size(&town).await, before);
}

#[tokio::test]
async fn time_narrows_a_search_from_both_ends() {
    let town = TestApp::start().await;
    alice_and_parking(&town).await;
    town.pass_seconds(3 * 3_600);
    let zhao = auditor(&town, "赵静").await;
    let moment = |back: i64| {
        let at = town.app.now().seconds() - back * 60;
        latchkey::reviews::filter::Moment::at(at, &town.app.config.zone()).said.replace(':', "%3A")
    };
    let found = |query: String| {
        let browser = zhao.browser.clone();
        async move { lines(&browser.open(&format!("/desk/reviews?kind=disclosure&{query}")).await.expect(200)) }
    };
    assert_eq!(found(format!("since={}", moment(200))).await, 1);
    assert_eq!(found(format!("since={}", moment(120))).await, 0);
    assert_eq!(found(format!("until={}", moment(120))).await, 1);
    assert_eq!(found(format!("until={}", moment(200))).await, 0);
    assert_eq!(found(format!("since={}&until={}", moment(200), moment(120))).await, 1);
}

#[tokio::test]
async fn nobody_but_auditors_finds_these_pages_and_auditors_find_no_pages_of_the_staff() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let (wang, zhao) = (town.staff("王敏").await, auditor(&town, "赵静").await);
    let before = size(&town).await;
    for path in ["/desk/reviews", "/desk/reviews?app=rp-a", "/desk/reviews/entry/0"] {
        wang.browser.open(path).await.expect(404);
        assert!(alice.browser.open(path).await.path.starts_with("/desk/sign-in"), "a resident is no auditor");
    }
    for path in ["/desk/recoveries", "/desk/sealings"] {
        zhao.browser.open(path).await.expect(404);
    }
    let home = zhao.browser.open("/desk").await.expect(200);
    assert!(home.body.contains("href=\"/desk/reviews\"") && !home.body.contains("/desk/find"), "{}", home.text());
    zhao.browser.post("/desk/find", &[("number", "13805510001".into()), ("csrf", home.csrf())]).await.expect(404);
    assert_eq!(size(&town).await, before, "nothing was done, so nothing is entered");
}

#[tokio::test]
async fn a_review_that_was_exchanged_is_never_shown() {
    let town = TestApp::start().await;
    alice_and_parking(&town).await;
    let zhao = auditor(&town, "赵静").await;
    let at = town.number("SELECT max(position) FROM ledger_entry WHERE substr(leaf, 2, 1) = substr(leaf, 1, 1)").await;
    zhao.browser.open("/desk/reviews?kind=disclosure").await.expect(200);
    town.force(&format!("UPDATE ledger_entry SET review = (SELECT e.review FROM ledger_entry e WHERE e.position = 0) WHERE position = {at}")).await;
    let broken = zhao.browser.open("/desk/reviews?kind=disclosure").await.expect(200);
    assert_eq!(lines(&broken), 0, "{}", broken.text());
    assert!(broken.text().contains(&format!("第 {} 条", at + 1)), "{}", broken.text());
}

#[tokio::test]
async fn a_link_of_another_site_makes_an_auditor_search_for_nothing() {
    let town = TestApp::start().await;
    let (wang, zhao) = (town.staff("王敏").await, auditor(&town, "赵静").await);
    let before = size(&town).await;
    let link = "/desk/reviews?alias=9ad74b34&kind=disclosure";
    for site in ["cross-site", "same-site"] {
        let led = zhao.browser.with_header("sec-fetch-site", site);
        for path in [link, "/desk/emergencies", "/desk/reviews/names", "/desk/reviews/dossiers", "/desk/reviews/charts"]
        {
            let page = led.open(path).await.expect(200);
            assert!(page.text().contains("还没有打开任何内容"), "{}", page.text());
        }
        assert!(led.open(link).await.body.contains("href=\"/desk/reviews?alias=9ad74b34&"), "it leads on");
        assert!(!wang.browser.with_header("sec-fetch-site", site).open("/desk").await.text().contains("还没有打开"));
    }
    assert_eq!(size(&town).await, before, "nothing was sought, nothing entered");
    zhao.browser.open(link).await.expect(200);
    let typed = zhao.browser.with_header("sec-fetch-site", "none");
    typed.open(link).await.expect(200);
    assert_eq!(size(&town).await, before + 2);
}
