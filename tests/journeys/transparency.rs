//! What everybody may know: counted behind the ledger, each entry once, with small numbers taken out.

use latchkey::custody::checkpointer;
use latchkey::ledger::{Kind, Leaf};
use latchkey::transparency;
use serde_json::{Value, json};

use crate::emergency::{opened, presses, signs, story};
use crate::erasure::alice_and_parking;
use crate::support::TestApp;
use crate::support::browser::Answer;

async fn page(town: &TestApp) -> Answer {
    transparency::sweep(&town.app).await.unwrap();
    town.browser().open("/transparency").await.expect(200)
}

async fn figures(town: &TestApp) -> Value {
    transparency::sweep(&town.app).await.unwrap();
    town.browser().get("/transparency.json").await.expect(200).json()["figures"].clone()
}

/// How many leaves of a kind the public tree has: what anybody can count without us.
async fn in_the_tree(town: &TestApp, kind: Kind) -> u64 {
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    let size = town.count("ledger_entry").await;
    let path = format!("/ledger/tile/entries/000.p/{size}");
    let answer = town.browser().request(reqwest::Method::GET, &path).send().await.unwrap();
    let bundle = answer.bytes().await.unwrap();
    // Each leaf has 102 bytes behind two of length.
    let leaves = bundle.chunks(104).map(|chunk| Leaf::decode(&chunk[2..]).unwrap());
    leaves.filter(|leaf| leaf.kind == kind).count() as u64
}

#[tokio::test]
async fn the_page_says_what_was_read_and_refused_and_anybody_counts_the_same_in_the_tree() {
    let town = TestApp::start().await;
    let (_, parking, token) = alice_and_parking(&town).await;
    parking.reads("/vault/claims", &token).await.expect(200);
    parking.reads("/vault/claims?claims=phone_masked", &token).await.expect(403);
    let seen = page(&town).await;
    assert!(seen.text().contains("应用看了 2 次，被拒绝 1 次"), "{}", seen.text());
    let month = figures(&town).await["months"][0].clone();
    assert_eq!(month["month"], "2026-11");
    for (name, kind) in [
        ("disclosures", Kind::Disclosure),
        ("refusals", Kind::Refusal),
        ("given", Kind::ConsentGiven),
        ("withdrawn", Kind::ConsentWithdrawn),
    ] {
        assert_eq!(month[name], in_the_tree(&town, kind).await, "{name}");
    }
    assert_eq!(figures(&town).await["counted"], town.count("ledger_entry").await, "each once, however often it looks");
}

#[tokio::test]
async fn what_counts_residents_is_not_told_below_ten_nor_what_would_tell_it() {
    let town = TestApp::start().await;
    let (alice, parking, token) = alice_and_parking(&town).await;
    let seen = page(&town).await;
    assert!(seen.text().contains("有效的同意 少于 10"), "{}", seen.text());
    let all = figures(&town).await;
    assert_eq!(all["consents"], json!({ "fewer_than": 10 }));
    assert_eq!(all["cards"][0]["reads"], json!({ "fewer_than": 10 }));
    // Nine more consents in force make ten.
    for number in 0..9 {
        town.force(&format!(
            "INSERT INTO consent_current (record, resident, client, purpose, claims, state, given_at, valid_until, seq)
             SELECT '{number:032}', resident, client, purpose, claims, state, given_at, valid_until, seq
               FROM consent_current LIMIT 1"
        ))
        .await;
    }
    for _ in 0..11 {
        parking.reads("/vault/claims", &token).await.expect(200);
    }
    let all = figures(&town).await;
    assert_eq!((&all["consents"], &all["cards"][0]["reads"]), (&json!(10), &json!(12)));

    // Neither the stored row nor the document says anything of anybody.
    let whole = town.browser().get("/transparency.json").await.expect(200).body;
    let stored = town.count(&format!("transparency_figures WHERE body LIKE '%{}%'", alice.resident.id)).await;
    assert_eq!(stored, 0);
    for part in [alice.resident.id.as_str(), "张", "13805510001", "3-2-502"] {
        assert!(!whole.contains(part), "{part}: {whole}");
    }
}

#[tokio::test]
async fn what_is_late_stands_there_whoever_is_late() {
    let mut story = story().await;
    let parking = story.town.partner("rp-a").await;
    let code = story.alice.browser.agrees(&parking.pushed(&[]).await, &[]).await;
    parking.redeems(&code).await.expect(200);
    let card = figures(&story.town).await["cards"][0].clone();
    assert_eq!(card["deletions"], json!({ "due": 0, "percent": null, "any_late": false }));

    // Alice stops the app, which never says that it deleted what it had; and an emergency is not reviewed.
    let record = story.alice.browser.open("/me/apps").await.expect(200);
    let path = record.body.split("href=\"/me/apps/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let one = story.alice.browser.open(&format!("/me/apps/{path}")).await.expect(200);
    story.alice.browser.submit(&one, &format!("/me/apps/{path}/stop"), &[]).await.expect(200);
    let emergency = opened(&mut story).await;
    presses(&story.wang, &emergency, "read").await.expect(200);
    let seen = page(&story.town).await;
    assert!(seen.text().contains("工作人员的紧急查看 1"), "told as it is: {}", seen.text());
    story.town.pass_seconds(31 * 86_400);
    let all = figures(&story.town).await;
    assert_eq!(all["overdue"], json!({ "deletions": { "fewer_than": 10 }, "answers": 0, "reviews": 1 }));
    assert_eq!(all["cards"][0]["deletions"]["any_late"], true);
    let seen = page(&story.town).await;
    assert!(seen.text().contains("少于 10 件，不都按时"), "{}", seen.text());

    let mut zhao = story.town.staff("赵芳").await;
    let found = [("finding", "unjustified"), ("words", "没有紧急情况")];
    signs(&mut zhao, &emergency, "review", &found).await.expect(200);
    let all = figures(&story.town).await;
    assert_eq!(all["overdue"]["reviews"], 0);
    let months = all["months"].as_array().unwrap();
    let of = |name: &str| months.iter().map(|month| month[name].as_u64().unwrap()).collect::<Vec<_>>();
    assert_eq!((of("emergencies"), of("unjustified")), (vec![0, 1], vec![0, 1]), "in the month of the emergency");
}

#[tokio::test]
async fn a_new_service_says_that_it_counts_and_nobody_pretends_to_be_watched() {
    let town = TestApp::start().await;
    let first = town.browser().open("/transparency").await.expect(200);
    assert!(first.text().contains("数字正在第一次统计"), "{}", first.text());
    assert!(first.text().contains("没有独立的见证人"), "{}", first.text());
    assert_eq!(first.header("cache-control"), "private, max-age=60");
    assert!(first.header("vary").contains("Cookie"), "another language is another page");
    let document = town.browser().get("/transparency.json").await.expect(200);
    assert_eq!(document.header("cache-control"), "public, max-age=60");
    assert_eq!(document.json()["witnesses"], json!({ "configured": 0 }));
    assert_eq!(document.json()["figures"], Value::Null);
    // Two nodes that count at the same time count once.
    town.neighbour("alice").await;
    let (one, other) = tokio::join!(transparency::sweep(&town.app), transparency::sweep(&town.app));
    assert!(one.is_ok() && other.is_ok());
    let counted = town.number("SELECT CAST(SUM(count) AS BIGINT) FROM transparency_tally WHERE client = ''").await;
    assert_eq!(counted, town.count("ledger_entry").await);
    for path in ["/sign-in", "/transparency"] {
        assert!(town.browser().open(path).await.expect(200).body.contains("href=\"/transparency\""), "{path}");
    }
}
