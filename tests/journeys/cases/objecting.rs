//! A resident objects to an entry of her book.

use serde_json::json;

use super::{answers, asks, gets, id, scene};
use crate::support::TestApp;

#[tokio::test]
async fn she_objects_to_a_read_and_sees_the_answer() {
    let scene = scene().await;
    let book = scene.alice.browser.open("/me/book").await.expect(200);
    let link = format!("/me/cases/new?entry={}", scene.entry);
    assert!(book.body.contains(&link), "the line of the read leads there");
    let ask = scene.alice.browser.open(&link).await.expect(200);
    assert!(ask.text().contains("甲停车看了") && ask.text().contains("车牌号"), "{}", ask.text());

    let page = scene.objects(&[("words", "我那天没有订车位"), ("share", "yes")]).await;
    assert!(page.text().contains("等“甲停车”答复，最晚"), "{}", page.text());
    assert!(page.text().contains("我那天没有订车位"));
    let case = id(&page);

    // The client is told by an event that says nothing of hers, and reads the rest at a door of its own.
    let poll = json!({ "returnImmediately": true });
    let fetched = asks(&scene.a, reqwest::Method::POST, "/events/poll", Some(&poll)).await;
    let sets = fetched.expect(200).json()["sets"].clone();
    let mut told = Vec::new();
    for token in sets.as_object().unwrap().values() {
        told.push(scene.town.verified(token.as_str().unwrap()).await.1["events"].clone());
    }
    let opened = told.iter().find_map(|events| events.get("https://id.test/events/case-opened")).expect("an event");
    assert_eq!((&opened["case_id"], &opened["kind"]), (&json!(case), &json!("objection")));
    assert!(opened.get("words").is_none() && opened.get("ledger_position").is_none());
    let listed = gets(&scene.a, "/cases").await.expect(200).json();
    assert_eq!(listed["cases"].as_array().unwrap().len(), 1);
    let shown = gets(&scene.a, &format!("/cases/{case}")).await.expect(200).json();
    assert_eq!(shown, listed["cases"][0]);
    assert_eq!((&shown["words"], &shown["ledger_position"]), (&json!("我那天没有订车位"), &json!(scene.entry)));
    assert_eq!((&shown["state"], &shown["overdue"]), (&json!("with_client"), &json!(false)));

    let reply = json!({ "outcome": "agreed", "answer": "误读一次，已经删除。" });
    assert_eq!(answers(&scene.a, &case, &reply).await.expect(200).json()["state"], "answered");
    assert_eq!(gets(&scene.a, "/cases").await.expect(200).json(), json!({ "cases": [] }));
    let inbox = scene.alice.browser.open("/me/inbox").await.expect(200);
    assert!(inbox.body.contains(&format!("/me/cases/{case}")), "{}", inbox.text());
    let page = scene.alice.browser.open(&format!("/me/cases/{case}")).await.expect(200);
    for words in ["“甲停车”答复了", "同意您的意见", "误读一次，已经删除。", "这个答复行吗？"]
    {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }

    let page = scene.alice.browser.submit(&page, &format!("/me/cases/{case}/settle"), &[]).await.expect(200);
    assert!(page.text().contains("您说可以，结束了"), "{}", page.text());
    let entries = scene.town.entries_of(&scene.alice.resident.id).await;
    assert_eq!(entries[..3], ["case_settled", "case_client_answered", "case_objection"], "all of it is in her book");
    let book = scene.alice.browser.open("/me/book").await.expect(200);
    for words in ["您对甲停车提出异议", "甲停车答复了您", "您接受了答复"] {
        assert!(book.text().contains(words), "{words}: {}", book.text());
    }
}

#[tokio::test]
async fn her_words_stay_at_the_service_centre_unless_she_wants_otherwise() {
    let scene = scene().await;
    let case = id(&scene.objects(&[("words", "我怀疑有人查我的车")]).await);
    let shown = gets(&scene.a, &format!("/cases/{case}")).await.expect(200).json();
    assert_eq!(shown.get("words"), None);
    assert!(!shown.to_string().contains("怀疑"));
    assert_eq!(scene.town.count("case_event WHERE body IS NULL").await, 0);
}

#[tokio::test]
async fn the_same_objection_twice_is_one_case() {
    let scene = scene().await;
    let first = id(&scene.objects(&[]).await);
    let second = id(&scene.objects(&[("words", "again")]).await);
    assert_eq!(first, second);
    assert_eq!(scene.town.count("case_current").await, 1);
    assert_eq!(scene.town.count("outbox WHERE event = 'case-opened'").await, 1);
}

#[tokio::test]
async fn nobody_objects_to_the_entries_of_others_and_nobody_sees_their_cases() {
    let scene = scene().await;
    let bob = scene.town.neighbour("bob").await;
    bob.browser.open(&format!("/me/cases/new?entry={}", scene.entry)).await.expect(404);
    for nowhere in ["/me/cases/new?entry=4000000", "/me/cases/new?client=rp-zz"] {
        bob.browser.open(nowhere).await.expect(404);
    }
    let form = bob.browser.open("/me/cases/new").await.expect(200);
    let stolen = [("kind", "objection"), ("entry", &scene.entry.to_string())];
    bob.browser.submit(&form, "/me/cases", &stolen).await.expect(404);
    assert_eq!(scene.town.count("case_current").await, 0);

    let case = id(&scene.objects(&[("words", "x")]).await);
    bob.browser.open(&format!("/me/cases/{case}")).await.expect(404);
    assert!(!bob.browser.open("/me/cases").await.expect(200).body.contains(&case));
    for act in ["settle", "dispute", "take-back"] {
        let csrf = bob.browser.open("/me/cases/new").await.expect(200).csrf();
        bob.browser.post(&format!("/me/cases/{case}/{act}"), &[("csrf", csrf)]).await.expect(404);
    }
    assert_eq!(scene.town.count("case_event").await, 1, "nothing happened to it");
}

#[tokio::test]
async fn a_complaint_goes_to_the_service_centre_and_needs_words() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let form = alice.browser.open("/me/cases/new").await.expect(200);
    let refused = alice.browser.submit(&form, "/me/cases", &[("kind", "complaint"), ("words", "  ")]).await.expect(400);
    assert!(refused.text().contains("还没有写"), "{}", refused.text());
    let long = "长".repeat(1_001);
    let form = alice.browser.open("/me/cases/new").await.expect(200);
    alice.browser.submit(&form, "/me/cases", &[("kind", "complaint"), ("words", &long)]).await.expect(400);
    // Corrections have pages of their own.
    for kind in ["correction", "relative", "wish"] {
        let form = alice.browser.open("/me/cases/new").await.expect(200);
        alice.browser.submit(&form, "/me/cases", &[("kind", kind), ("words", "x")]).await.expect(400);
    }
    assert_eq!(town.count("case_current").await, 0);

    let form = alice.browser.open("/me/cases/new").await.expect(200);
    let words = "服务台\r\n<b>没人</b>";
    let page = alice.browser.submit(&form, "/me/cases", &[("kind", "complaint"), ("words", words)]).await.expect(200);
    assert!(page.text().contains("等服务中心答复，最晚"), "{}", page.text());
    assert!(!page.body.contains("<b>没人"), "it is text");
    let list = alice.browser.open("/me/cases").await.expect(200);
    assert!(list.text().contains("有 1 件在等答复"), "{}", list.text());

    let page = alice.browser.submit(&page, &format!("/me/cases/{}/take-back", id(&page)), &[]).await.expect(200);
    assert!(page.text().contains("您已经撤回"), "{}", page.text());
    assert!(alice.browser.open("/me/cases").await.expect(200).text().contains("没有在等答复的事"));
}

#[tokio::test]
async fn nobody_opens_more_cases_than_anybody_can_look_after() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    for n in 0..40 {
        let form = alice.browser.open("/me/cases/new").await.expect(200);
        let fields = [("kind", "complaint"), ("words", &*n.to_string())];
        alice.browser.submit_only(&form, "/me/cases", &fields).await.expect(303);
    }
    let form = alice.browser.open("/me/cases/new").await.expect(200);
    let many = alice.browser.submit(&form, "/me/cases", &[("kind", "complaint"), ("words", "41")]).await.expect(409);
    assert!(many.text().contains("太多"), "{}", many.text());
    assert_eq!(town.count("case_current").await, 40);
}
