//! The console: staff reads and answers, an auditor sees what is overdue and nobody's words.

use latchkey::cases::{self, Said};
use latchkey::crypto::random;
use latchkey::ids::RequestId;
use latchkey::ledger::By;
use latchkey::people::Role;
use latchkey::rights::{self, Wanted};
use serde_json::json;

use super::{answers, id, scene};
use crate::support::TestApp;

#[tokio::test]
async fn staff_decides_what_a_resident_was_not_content_with() {
    let scene = scene().await;
    let case = id(&scene.objects(&[("words", "我没有订车位")]).await);
    answers(&scene.a, &case, &json!({ "outcome": "declined", "answer": "没有问题。" })).await.expect(200);
    let page = scene.alice.browser.open(&format!("/me/cases/{case}")).await.expect(200);
    scene.alice.browser.submit(&page, &format!("/me/cases/{case}/dispute"), &[]).await.expect(200);

    let wang = scene.town.staff("王敏").await;
    let list = wang.browser.open("/desk/cases").await.expect(200);
    assert!(list.body.contains(&format!("/desk/cases/{case}")), "{}", list.text());
    let address = format!("/desk/cases/{case}");
    let page = wang.browser.open(&address).await.expect(200);
    assert!(!page.text().contains("我没有订车位"), "nobody's words without a press");
    let page = wang.browser.submit(&page, &format!("{address}/take"), &[]).await.expect(200);
    assert!(page.text().contains("王敏"));
    let read = wang.browser.submit(&page, &format!("{address}/read"), &[]).await.expect(200);
    assert!(read.text().contains("我没有订车位") && read.text().contains("没有问题。"), "{}", read.text());
    let said = [("outcome", "agreed"), ("words", "您说得对，已要求删除。")];
    wang.browser.submit(&read, &format!("{address}/answer"), &said).await.expect(200);

    let page = scene.alice.browser.open(&format!("/me/cases/{case}")).await.expect(200);
    for words in ["已经结束", "您说得对，已要求删除。", "12345"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let entries = scene.town.entries_of(&scene.alice.resident.id).await;
    assert_eq!(entries[..3], ["case_staff_answered", "case_read", "case_assigned"]);
    let book = scene.alice.browser.open("/me/book?what=behalf").await.expect(200);
    assert!(
        book.text().contains("服务中心看了您写的话") && book.text().contains("服务中心王敏经手"),
        "{}",
        book.text()
    );
}

#[tokio::test]
async fn an_auditor_sees_what_is_overdue_and_nobodys_words() {
    let scene = scene().await;
    let case = id(&scene.objects(&[("words", "我没有订车位")]).await);
    scene.town.pass_seconds(16 * 86_400);
    cases::mark_overdue(&scene.town.app).await.unwrap();
    let zhao = scene.town.colleague(Role::Auditor, "赵审计").await;
    let list = zhao.browser.open("/desk/cases").await.expect(200);
    assert!(list.text().contains("1 件没有结束，1 件逾期") && list.text().contains("甲停车"), "{}", list.text());
    let page = zhao.browser.open(&format!("/desk/cases/{case}")).await.expect(200);
    assert!(page.text().contains("逾期") && !page.text().contains("我没有订车位"));
    for act in ["read", "take", "answer"] {
        let csrf = page.csrf();
        zhao.browser.post(&format!("/desk/cases/{case}/{act}"), &[("csrf", csrf)]).await.expect(404);
    }
    zhao.browser.open("/desk/cases?show=mine").await.expect(404);
    assert_eq!(scene.town.count("case_event").await, 2, "opened and overdue");
    // A resident's session opens nothing here.
    let outside = scene.alice.browser.get("/desk/cases").await;
    assert_eq!(outside.status.as_u16(), 303, "led to the console's own sign-in");
}

#[tokio::test]
async fn a_correction_is_written_when_a_colleague_has_seen_it_and_agrees() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let said = Said::parse("换了号码，带了手机来").unwrap();
    let wanted = Wanted { field: "phone", text: "13905519999", document_type: "id_card", evidence: &said };
    let request: RequestId = random::id().unwrap();
    let case = rights::ask(&town.app, &alice.resident.id, &wanted, &By::Resident, &request).await.unwrap();
    let wang = town.staff("王敏").await;
    let address = format!("/desk/cases/{case}");
    let page = wang.browser.open(&address).await.expect(200);
    assert!(!page.body.contains("value=\"agreed\"") && !page.text().contains("13905519999"), "{}", page.text());
    let page = wang.browser.submit(&page, &format!("{address}/read"), &[]).await.expect(200);
    assert!(page.text().contains("13905519999") && page.text().contains("换了号码"), "{}", page.text());
    let fields = [("outcome", "agreed"), ("words", "已核对。")];
    wang.browser.submit(&page, &format!("{address}/answer"), &fields).await.expect(200);
    let entries = town.entries_of(&alice.resident.id).await;
    assert!(entries[..3].contains(&"correction_agreed".to_owned()), "{entries:?}");
    let page = alice.browser.open(&format!("/me/cases/{case}")).await.expect(200);
    assert!(page.text().contains("已核对。"), "{}", page.text());
}

#[tokio::test]
async fn a_case_has_somebody_who_looks_after_it_from_its_first_moment() {
    let scene = scene().await;
    let page = scene.objects(&[("words", "没有人的时候")]).await;
    assert!(page.text().contains("由社区服务台负责"), "{}", page.text());
    scene.town.colleague(Role::Auditor, "赵审计").await;
    let wang = scene.town.staff("王敏").await;
    scene.town.pass_seconds(1);
    scene.town.staff("李强").await;
    let mut owners = Vec::new();
    for words in ["一", "二", "三"] {
        let fields = [("kind", "complaint"), ("words", words)];
        let form = scene.alice.browser.open("/me/cases/new").await.expect(200);
        let page = scene.alice.browser.submit(&form, "/me/cases", &fields).await.expect(200);
        owners.push(["王敏", "李强"].into_iter().find(|name| page.text().contains(&format!("中心的{name}负责"))));
    }
    assert_eq!(owners, [Some("王敏"), Some("李强"), Some("王敏")], "whoever has the fewest");
    let mine = wang.browser.open("/desk/cases?show=mine").await.expect(200);
    assert_eq!(mine.body.matches("href=\"/desk/cases/").count(), 2 + links(&mine), "{}", mine.text());

    // Past its day it is late under her name, and the auditor sees whose it is.
    scene.town.pass_seconds(16 * 86_400);
    cases::mark_overdue(&scene.town.app).await.unwrap();
    let zhao = scene.town.colleague(Role::Auditor, "钱审计").await;
    let list = zhao.browser.open("/desk/cases?show=overdue").await.expect(200).text();
    assert!(list.contains("王敏") && list.contains("李强"), "{list}");
    // Nobody who has left looks after anything.
    latchkey::people::disable(&scene.town.app, &wang.id).await.unwrap();
    let list = zhao.browser.open("/desk/cases?show=overdue").await.expect(200).text();
    assert!(!list.contains("王敏") && list.contains("李强"), "{list}");
}

/// Links to lists, not to cases.
fn links(page: &crate::support::browser::Answer) -> usize {
    page.body.matches("href=\"/desk/cases/?show").count()
}
