//! Withdrawn means gone: the client is ordered to delete, and its answer, or its silence, is seen.

use latchkey::orders::{self, Standing, Tally};
use reqwest::Method;
use serde_json::{Value, json};

use super::pausing::record;
use crate::clients_command::{latchkey, said};
use crate::support::app::START;
use crate::support::browser::Answer;
use crate::support::partner::Partner;
use crate::telling::{Scene, listens, scene};

const DAY: u64 = 86_400;

/// Says something of an order, as a client that shows an assertion.
async fn says(client: &Partner, body: Value) -> Answer {
    let path = "/orders/receipts";
    let request = client.http.request(Method::POST, path).header("content-type", "application/json");
    let request = request.header("authorization", format!("Bearer {}", client.assertion()));
    client.http.send(request.body(body.to_string()), path).await
}

/// The orders that came with events, oldest first.
async fn ordered(scene: &Scene) -> Vec<Value> {
    scene.deliver().await;
    let events = scene.events().await;
    let of = |claims: &Value| claims["events"].as_object().unwrap().values().next().unwrap()["deletion_order"].clone();
    events.iter().map(|(_, claims)| of(claims)).filter(|order| !order.is_null()).collect()
}

async fn tally(scene: &Scene) -> Tally {
    let (app, now) = (&scene.town.app, scene.town.app.now());
    orders::tally(&mut app.db.read().await.unwrap(), &latchkey::ids::ClientId::stored("rp-a".into()), now)
        .await
        .unwrap()
}

async fn app_page(scene: &Scene) -> String {
    let id = record(scene).await.id;
    scene.alice.browser.open(&format!("/me/apps/{id}")).await.expect(200).text()
}

#[tokio::test]
async fn whoever_is_stopped_is_ordered_to_delete_and_its_answer_is_seen() {
    let scene = scene().await;
    scene.gives(&["plate_masked"]).await;
    assert_eq!(scene.town.count("deletion_order").await, 0);
    scene.stops().await;
    let orders = ordered(&scene).await;
    let due = START + 15 * 86_400;
    let id = orders[0]["id"].clone();
    assert_eq!(orders, [json!({ "id": id, "claims": ["is_resident", "plate_masked"], "due_at": due })]);
    let page = app_page(&scene).await;
    assert!(page.contains("已要求甲停车删掉以前看到的，2026年12月7日 前必须答复"), "{page}");

    scene.town.pass_seconds(DAY);
    let answer = says(&scene.a, json!({ "order": id, "outcome": "deleted" })).await.expect(200).json();
    let said = json!({ "order": id, "outcome": "deleted", "answered_at": START + 86_400, "due_at": due });
    assert_eq!(answer, said);
    let mut phone = scene.alice.phone.clone();
    scene.alice.browser.signs_in(&mut phone).await.expect(200);
    let page = app_page(&scene).await;
    assert!(page.contains("甲停车在 2026年11月23日 答复：已经删掉"), "{page}");
    let inbox = scene.alice.browser.open("/me/inbox").await.expect(200).text();
    assert!(inbox.contains("甲停车"), "{inbox}");

    // Said twice, and taken back: what is deleted stays deleted, and she is told once.
    scene.town.pass_seconds(DAY);
    assert_eq!(says(&scene.a, json!({ "order": id, "outcome": "deleted" })).await.expect(200).json(), said);
    let kept = json!({ "order": id, "outcome": "kept", "kept": ["plate_masked"], "law": "accounting" });
    assert_eq!(says(&scene.a, kept).await.expect(200).json(), said);
    assert_eq!(scene.town.count("inbox_message WHERE word LIKE 'deletion%'").await, 1);
    assert_eq!(tally(&scene).await, Tally { all: 1, deleted: 1, kept: 0, open: 0, silent: 0, late: 0 });
}

#[tokio::test]
async fn whoever_says_nothing_by_the_day_is_named_for_it() {
    let scene = scene().await;
    scene.gives(&[]).await;
    scene.town.pass_seconds(1);
    scene.stops().await;
    let id = ordered(&scene).await[0]["id"].clone();
    scene.town.pass_seconds(15 * DAY - 1);
    assert_eq!(orders::find_silent(&scene.town.app).await.unwrap(), 0);
    assert_eq!(tally(&scene).await, Tally { all: 1, deleted: 0, kept: 0, open: 1, silent: 0, late: 0 });
    scene.town.pass_seconds(1);
    assert_eq!(orders::find_silent(&scene.town.app).await.unwrap(), 1);
    assert_eq!(orders::find_silent(&scene.town.app).await.unwrap(), 0);
    let mut phone = scene.alice.phone.clone();
    scene.alice.browser.signs_in(&mut phone).await.expect(200);
    let page = app_page(&scene).await;
    assert!(page.contains("甲停车到 2026年12月7日 还没有答复删没删"), "{page}");
    let list = scene.alice.browser.open("/me/apps").await.expect(200).text();
    assert!(list.contains("还没有答复删没删"), "{list}");
    let inbox = scene.alice.browser.open("/me/inbox").await.expect(200).text();
    assert!(inbox.contains("甲停车"), "{inbox}");
    assert_eq!(tally(&scene).await, Tally { all: 1, deleted: 0, kept: 0, open: 0, silent: 1, late: 0 });

    // Late is late: the answer is taken, and the record keeps that it came late.
    says(&scene.a, json!({ "order": id, "outcome": "deleted" })).await.expect(200);
    assert_eq!(tally(&scene).await, Tally { all: 1, deleted: 1, kept: 0, open: 0, silent: 0, late: 1 });
    let shown = said(&latchkey(&scene.town, &["clients", "show", "rp-a"]).await);
    assert!(shown.contains("1: 1 deleted, 0 kept by law, 0 open, 0 SILENT, 1 late"), "{shown}");
}

#[tokio::test]
async fn what_a_law_keeps_is_told_with_the_law_and_may_be_deleted_later() {
    let scene = scene().await;
    scene.gives(&["plate_masked"]).await;
    scene.stops().await;
    let id = ordered(&scene).await[0]["id"].clone();
    let until = START + 400 * 86_400;
    let kept = |claims: Value, law: &str, until: i64| json!({ "order": id, "outcome": "kept", "kept": claims, "law": law, "kept_until": until });
    for bad in [
        kept(json!(["phone_masked"]), "accounting", until),
        kept(json!(["plate_masked"]), "because_we_like_it", until),
        kept(json!(["plate_masked"]), "accounting", START),
        kept(json!([]), "accounting", until),
        json!({ "order": "0".repeat(32), "outcome": "deleted" }),
    ] {
        says(&scene.a, bad).await.refused(400, "invalid_request");
    }
    assert_eq!(tally(&scene).await.open, 1);
    says(&scene.a, kept(json!(["plate_masked"]), "accounting", until)).await.expect(200);
    let page = app_page(&scene).await;
    assert!(page.contains("依法要留存，其余已经删掉。依据：会计档案的保存规定"), "{page}");
    assert!(page.contains("留到 2027年12月27日"), "{page}");
    scene.town.pass_seconds(60);
    let later = says(&scene.a, json!({ "order": id, "outcome": "deleted" })).await.expect(200).json();
    assert_eq!(later["outcome"], "deleted");
}

#[tokio::test]
async fn nobody_answers_the_order_of_another_client_or_without_proving_who_it_is() {
    let scene = scene().await;
    let server = crate::support::receiver::Receiver::start().await;
    let b = listens(&scene.town, "rp-b", &crate::telling::all_at(&server)).await;
    scene.gives(&[]).await;
    scene.stops().await;
    let body = json!({ "order": ordered(&scene).await[0]["id"], "outcome": "deleted" });
    says(&b, body.clone()).await.refused(400, "invalid_request");
    let bare = scene.a.http.request(Method::POST, "/orders/receipts").json(&body);
    scene.a.http.send(bare, "/orders/receipts").await.refused(401, "invalid_client");
    assert_eq!(tally(&scene).await.open, 1);
}

#[tokio::test]
async fn what_a_smaller_consent_leaves_out_is_ordered_deleted_and_what_is_given_again_is_not() {
    let scene = scene().await;
    scene.gives(&["plate_masked", "building_no"]).await;
    scene.town.pass_seconds(1);
    scene.gives(&["plate_masked"]).await;
    let orders = ordered(&scene).await;
    assert_eq!((orders.len(), &orders[0]["claims"]), (1, &json!(["building_no"])));
    scene.town.pass_seconds(1);
    scene.gives(&["plate_masked", "building_no"]).await;
    let mut tx = scene.town.app.db.read().await.unwrap();
    let all = orders::of_resident(&mut tx, &scene.alice.resident.id).await.unwrap();
    drop(tx);
    assert_eq!((all.len(), &all[0].standing), (1, &Standing::Lifted));
    // It may have deleted it all the same, before it heard.
    let answer = says(&scene.a, json!({ "order": orders[0]["id"], "outcome": "deleted" })).await.expect(200);
    assert_eq!(answer.json()["outcome"], "deleted");

    scene.town.pass_seconds(400 * DAY);
    assert_eq!(latchkey::consent::expire(&scene.town.app).await.unwrap(), 1);
    let mut tx = scene.town.app.db.read().await.unwrap();
    let last = orders::of_resident(&mut tx, &scene.alice.resident.id).await.unwrap().remove(0);
    assert_eq!((last.reason, last.claims.len(), last.standing), (orders::Reason::Expired, 3, Standing::Open));
}
