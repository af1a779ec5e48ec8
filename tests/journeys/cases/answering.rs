//! Who answers, who may not, and what becomes of silence.

use latchkey::cases::{self, Filter};
use latchkey::ids::{CaseId, ClientId};
use serde_json::json;

use super::{answers, asks, gets, id, scene};

#[tokio::test]
async fn a_client_answers_its_own_cases_once() {
    let scene = scene().await;
    let b = scene.town.partner("rp-b").await;
    let case = id(&scene.objects(&[]).await);
    let reply = json!({ "outcome": "declined", "answer": "您 8:12 订了车位。" });
    answers(&b, &case, &reply).await.refused(404, "invalid_request");
    gets(&b, &format!("/cases/{case}")).await.refused(404, "invalid_request");
    assert_eq!(gets(&b, "/cases").await.expect(200).json(), json!({ "cases": [] }));
    for nowhere in ["x", &"0".repeat(32)] {
        answers(&scene.a, nowhere, &reply).await.refused(404, "invalid_request");
    }
    for bad in [json!({}), json!({ "outcome": "agreed", "answer": " " }), json!({ "outcome": "x", "answer": "y" })] {
        answers(&scene.a, &case, &bad).await.refused(400, "invalid_request");
    }
    let form = scene.a.http.request(reqwest::Method::POST, &format!("/cases/{case}/answer"));
    let form = form.bearer_auth(scene.a.assertion()).form(&[("outcome", "agreed")]);
    scene.a.http.send(form, "/cases").await.refused(415, "invalid_request");
    let nobody = scene.a.http.request(reqwest::Method::GET, "/cases");
    scene.a.http.send(nobody, "/cases").await.refused(401, "invalid_client");
    assert_eq!(scene.town.count("case_event").await, 1, "none of it happened");

    answers(&scene.a, &case, &reply).await.expect(200);
    answers(&scene.a, &case, &reply).await.expect(200);
    let other = json!({ "outcome": "agreed", "answer": "其实是我们错了。" });
    answers(&scene.a, &case, &other).await.refused(409, "invalid_request");
    assert_eq!(scene.town.count("case_event").await, 2, "answered once");
    assert_eq!(scene.town.count("inbox_message WHERE word = 'case-answered'").await, 1);
}

#[tokio::test]
async fn who_is_not_content_has_the_service_centre_decide() {
    let scene = scene().await;
    let case = id(&scene.objects(&[]).await);
    answers(&scene.a, &case, &json!({ "outcome": "declined", "answer": "没有问题。" })).await.expect(200);
    scene.town.pass_seconds(3 * 86_400);
    let mut again = scene.alice.phone.clone();
    scene.alice.browser.signs_in(&mut again).await.expect(200);
    let page = scene.alice.browser.open(&format!("/me/cases/{case}")).await.expect(200);
    assert!(page.text().contains("不同意，理由如下"), "{}", page.text());
    let dispute = format!("/me/cases/{case}/dispute");
    let page = scene.alice.browser.submit(&page, &dispute, &[("words", "那天我不在家")]).await.expect(200);
    assert!(page.text().contains("等服务中心答复，最晚 2026年12月10日"), "as many days again: {}", page.text());
    assert_eq!(gets(&scene.a, &format!("/cases/{case}")).await.expect(200).json()["state"], "with_staff");
    assert_eq!(gets(&scene.a, "/cases").await.expect(200).json(), json!({ "cases": [] }));
    let mut tx = scene.town.app.db.read().await.unwrap();
    let staff = cases::list(&mut tx, Filter::ForStaff, scene.town.app.now(), 10).await.unwrap();
    assert_eq!(staff.iter().map(|case| case.id.to_string()).collect::<Vec<_>>(), std::slice::from_ref(&case));
    drop(tx);
    // What is done is done once: the page that lay open says so.
    let csrf = scene.alice.browser.open("/me/cases/new").await.expect(200).csrf();
    let settle = scene.alice.browser.post(&format!("/me/cases/{case}/settle"), &[("csrf", csrf)]).await.expect(409);
    assert!(settle.text().contains("往前走了"), "{}", settle.text());
}

#[tokio::test]
async fn silence_is_marked_for_good_and_told() {
    let scene = scene().await;
    let case = id(&scene.objects(&[]).await);
    let app = &scene.town.app;
    let (id, client) = (CaseId::parse(&case).unwrap(), ClientId::parse("rp-a").unwrap());
    let due = cases::find(&mut app.db.read().await.unwrap(), &id).await.unwrap().unwrap().due_at;
    let day = jiff::Timestamp::from_second(due).unwrap().to_zoned(app.config.zone());
    assert_eq!((day.hour(), day.minute(), day.second()), (23, 59, 59), "the end of a day of the community");

    let left = u64::try_from(due - app.now().seconds()).unwrap();
    scene.town.pass_seconds(left);
    assert_eq!(cases::mark_overdue(app).await.unwrap(), 0, "the last second is in time");
    scene.town.pass_seconds(1);
    assert_eq!(cases::mark_overdue(app).await.unwrap(), 1);
    assert_eq!(cases::mark_overdue(app).await.unwrap(), 0, "once");
    assert_eq!(scene.town.count("inbox_message WHERE word = 'case-overdue'").await, 1);
    let mut tx = app.db.read().await.unwrap();
    let counts = cases::counts_of_client(&mut tx, &client, app.now()).await.unwrap();
    assert_eq!((counts.open, counts.overdue, counts.ever_overdue), (1, 1, 1));
    assert_eq!(cases::list(&mut tx, Filter::Overdue, app.now(), 10).await.unwrap().len(), 1);
    drop(tx);

    let mut phone = scene.alice.phone.clone();
    scene.alice.browser.signs_in(&mut phone).await.expect(200);
    let page = scene.alice.browser.open(&format!("/me/cases/{case}")).await.expect(200);
    for words in ["逾期", "没有在", "到期没有答复，已记下"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    assert_eq!(gets(&scene.a, &format!("/cases/{case}")).await.expect(200).json()["overdue"], true);
    // A late answer is an answer, and the mark stays.
    answers(&scene.a, &case, &json!({ "outcome": "agreed", "answer": "对不起，晚了。" })).await.expect(200);
    let mut tx = app.db.read().await.unwrap();
    let counts = cases::counts_of_client(&mut tx, &client, app.now()).await.unwrap();
    assert_eq!((counts.open, counts.overdue, counts.ever_overdue), (1, 0, 1));
}

#[tokio::test]
async fn an_answer_and_taking_it_back_at_the_same_moment_are_one_or_the_other() {
    let scene = scene().await;
    let case = id(&scene.objects(&[]).await);
    let page = scene.alice.browser.open(&format!("/me/cases/{case}")).await.expect(200);
    let reply = json!({ "outcome": "agreed", "answer": "好" });
    let (back, door) = (format!("/me/cases/{case}/take-back"), format!("/cases/{case}/answer"));
    let (answer, taken) = tokio::join!(
        asks(&scene.a, reqwest::Method::POST, &door, Some(&reply)),
        scene.alice.browser.submit_only(&page, &back, &[]),
    );
    // She may take back what was answered; nobody answers what was taken back.
    taken.expect(303);
    assert!([200, 409].contains(&answer.status.as_u16()), "{}", answer.status);
    let answered = i64::from(answer.status == 200);
    assert_eq!(scene.town.count("case_event").await, 2 + answered);
    assert_eq!(scene.town.count("case_current WHERE state = 'taken_back'").await, 1);
}
