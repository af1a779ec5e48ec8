//! `latchkey events …` beside a running service.

use std::process::Output;

use super::scene;
use crate::clients_command::{latchkey, said};
use crate::support::TestApp;
use crate::support::receiver::Reply;

async fn runs(town: &TestApp, arguments: &[&str]) -> (bool, String) {
    let output: Output = latchkey(town, &[&["events"], arguments].concat()).await;
    (output.status.success(), said(&output))
}

#[tokio::test]
async fn the_operator_sees_what_was_given_up_and_whom_it_is_about_stays_unsaid() {
    let scene = scene().await;
    scene.gives(&[]).await;
    scene.server.next([Reply::Json(400, serde_json::json!({ "err": "invalid_key" }))]);
    scene.deliver().await;
    let (fine, list) = runs(&scene.town, &["list"]).await;
    assert!(fine && list.contains("given up: 1, on their way: 0"), "{list}");
    assert!(list.contains("consent-given") && list.contains("invalid_key") && list.contains("rp-a"), "{list}");
    assert!(!list.contains(scene.alice.resident.id.as_str()));

    let name = list.split_whitespace().next().unwrap().to_owned();
    assert!(!runs(&scene.town, &["retry", &"0".repeat(32)]).await.0);
    assert!(!runs(&scene.town, &["retry"]).await.0, "one, or all of them");
    assert!(runs(&scene.town, &["retry", &name]).await.1.contains("to be tried again: 1"));
    assert!(runs(&scene.town, &["list", "--all"]).await.1.contains("on their way: 1"));
    scene.server.next([Reply::Json(400, serde_json::json!({ "err": "invalid_key" }))]);
    // The command goes by the system's clock, this town by a hand.
    scene.town.force(&format!("UPDATE outbox SET due_at = {}", scene.town.app.now().seconds())).await;
    scene.deliver().await;
    assert!(runs(&scene.town, &["drop", "--all"]).await.1.contains("dropped: 1"));
    assert!(runs(&scene.town, &["list", "--all"]).await.1.contains("given up: 0, on their way: 0"));
}
