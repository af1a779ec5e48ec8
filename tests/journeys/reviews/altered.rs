//! Somebody who can write to the database alters single entries: auditors see all the others, and which ones those are.

use latchkey::custody::checkpointer;
use latchkey::ledger;

use super::{auditor, lines};
use crate::support::TestApp;
use crate::support::partner::Partner;

const DAY: u64 = 86_400;

/// An app that reads once a day for four days; the positions of its reads.
async fn four_days(town: &TestApp) -> Vec<u64> {
    let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let refresh = parking.redeems(&code).await.expect(200).member("refresh_token");
    let mut positions = Vec::new();
    for _ in 0..4 {
        town.pass_seconds(DAY);
        positions.push(reads(town, &parking, &refresh).await);
    }
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    positions
}

async fn reads(town: &TestApp, parking: &Partner, refresh: &str) -> u64 {
    let token = parking.refreshes(refresh, &[]).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &token).await.expect(200);
    ledger::size(&mut town.app.db.read().await.unwrap()).await.unwrap() - 1
}

/// What a page says of two entries, by their positions; people count from one.
fn says(newer: u64, older: u64) -> String {
    format!("有 2 条记录和当初登记的不一样，或者不见了，下面不包括它们：第 {}、{} 条。", newer + 1, older + 1)
}

#[tokio::test]
async fn entries_that_were_altered_hide_no_others_and_are_named() {
    let town = TestApp::start().await;
    let reads = four_days(&town).await;
    let zhao = auditor(&town, "赵静").await;
    let found = zhao.browser.open("/desk/reviews?kind=disclosure").await.expect(200);
    assert_eq!(lines(&found), 4);
    assert!(!found.text().contains("不一样"), "{}", found.text());

    // The third read gets the review of another entry, the second the leaf of an older one: its kind and its hour.
    let from = |column: &str, of: u64, to: u64| {
        format!(
            "UPDATE ledger_entry SET {column} = (SELECT e.{column} FROM ledger_entry e WHERE e.position = {of}) WHERE position = {to}"
        )
    };
    town.force(&from("review", 0, reads[2])).await;
    town.force(&from("leaf", 0, reads[1])).await;

    let found = zhao.browser.open("/desk/reviews?kind=disclosure").await.expect(200);
    assert_eq!(lines(&found), 2, "{}", found.text());
    let says = says(reads[2], reads[1]);
    assert!(found.text().contains(&says), "{says}: {}", found.text());
    // The hour of the altered one lies before the first day that is sought: what is older than it is found all the same.
    let since = town.app.config.day_of(town.app.now()).checked_sub(jiff::Span::new().days(3)).unwrap();
    let found = zhao.browser.open(&format!("/desk/reviews?kind=disclosure&since={since}")).await.expect(200);
    assert_eq!(lines(&found), 2, "{}", found.text());
    let until = town.app.config.day_of(town.app.now());
    let found = zhao.browser.open(&format!("/desk/reviews?kind=disclosure&until={until}+23:59")).await.expect(200);
    assert_eq!(lines(&found), 2, "{}", found.text());

    let charts = zhao.browser.open("/desk/reviews/charts?days=30").await.expect(200);
    assert!(charts.text().contains("应用读取 2 次") && charts.text().contains(&says), "{}", charts.text());
    let anomalies = zhao.browser.open("/desk/reviews/anomalies").await.expect(200);
    assert!(anomalies.text().contains(&says), "{}", anomalies.text());
    // One entry by itself: a page that says so, and shows nothing of it.
    let one = zhao.browser.open(&format!("/desk/reviews/entry/{}", reads[2])).await.expect(409);
    assert!(one.text().contains("这里的记录被改动过") && !one.text().contains("甲停车"), "{}", one.text());
    zhao.browser.open(&format!("/desk/reviews/entry/{}", reads[3])).await.expect(200);

    let english = zhao.browser.in_english().open("/desk/reviews").await.expect(200);
    assert!(english.text().contains("2 entries are not what was entered"), "{}", english.text());
}

#[tokio::test]
async fn entries_that_are_gone_are_counted_and_an_export_says_so() {
    let town = TestApp::start().await;
    let reads = four_days(&town).await;
    let zhao = auditor(&town, "赵静").await;
    town.force(&format!("DELETE FROM ledger_entry WHERE position = {}", reads[1])).await;
    town.force(&format!("DELETE FROM ledger_entry WHERE position = {}", reads[2])).await;
    let found = zhao.browser.open("/desk/reviews?kind=disclosure").await.expect(200);
    assert_eq!(lines(&found), 2, "{}", found.text());
    let says = says(reads[2], reads[1]);
    assert!(found.text().contains(&says), "{says}: {}", found.text());
    let charts = zhao.browser.open("/desk/reviews/charts?days=30").await.expect(200);
    assert!(charts.text().contains("应用读取 2 次") && charts.text().contains(&says), "{}", charts.text());

    let (json, _, _) = super::files::parts(&town, &zhao, &found, "/desk/reviews/export").await;
    let export: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(export["entries"].as_array().unwrap().len(), 2);
    assert_eq!(export["altered"], 2);
    assert_eq!(export["altered_positions"], serde_json::json!([reads[1], reads[2]]));
    // The entry beside it is not shown in its place.
    zhao.browser.open(&format!("/desk/reviews/entry/{}", reads[1])).await.expect(409);
}
