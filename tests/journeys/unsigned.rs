//! A ledger that is not signed any more: because it contradicts what was signed, or because nobody comes to it. And a
//! database at whose start that is found.

use latchkey::app::App;
use latchkey::config::Config;
use latchkey::custody::checkpointer;
use latchkey::custody::signing::{self, Signing};
use latchkey::fault::Fault;

use crate::support::TestApp;
use crate::support::browser::Browser;
use crate::support::partner::Partner;
use crate::support::town::Neighbour;

/// A town where an app may read Alice's plate; the token it reads with lasts some minutes.
async fn town() -> (TestApp, Partner, Neighbour, String) {
    let town = TestApp::start().await;
    let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let tokens = parking.redeems(&code).await.expect(200);
    let refresh = tokens.member("refresh_token");
    (town, parking, alice, refresh)
}

async fn reads(parking: &Partner, refresh: &str) -> crate::support::browser::Answer {
    let token = parking.refreshes(refresh, &[]).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &token).await
}

/// What the checkpointer does each second, and whoever looks after it.
async fn second(town: &TestApp) -> Result<(), Fault> {
    let app = &town.app;
    let signed = checkpointer::round(&app.db, &app.custody, app.now()).await;
    signing::look(&app.db, &app.custody, app.now()).await.unwrap();
    signed
}

async fn banner(browser: &Browser) -> Option<String> {
    let page = browser.open("/me").await.expect(200);
    let (_, rest) = page.body.split_once("warn witnesses\">")?;
    rest.split_once("</aside>").map(|(told, _)| told.to_owned())
}

async fn state(town: &TestApp) -> String {
    let told = town.browser().get("/transparency.json").await.expect(200).json();
    told["signing"]["state"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_ledger_that_contradicts_what_was_signed_is_told_and_read_by_no_third_party_until_it_fits() {
    let (town, parking, alice, refresh) = town().await;
    second(&town).await.unwrap();
    reads(&parking, &refresh).await.expect(200);
    assert_eq!((banner(&alice.browser).await, state(&town).await), (None, "signed".to_owned()));

    // Somebody takes the newest entry out of the database before it is signed.
    town.force("CREATE TABLE taken AS SELECT * FROM ledger_entry ORDER BY position DESC LIMIT 1").await;
    town.force("DELETE FROM ledger_entry WHERE position = (SELECT position FROM taken)").await;
    town.neighbour("bob").await;
    let refused = second(&town).await.unwrap_err().to_string();
    assert!(refused.contains("an entry is missing"), "{refused}");
    assert!(matches!(town.app.custody.signing(), Signing::Contradicted(at) if at == town.app.now()));

    let answer = reads(&parking, &refresh).await.expect(403);
    assert_eq!(answer.json()["type"], "/problems/ledger-unsigned", "{}", answer.body);
    assert!(!answer.header("ledger-position").is_empty(), "the refusal is entered");
    let told = banner(&alice.browser).await.expect("residents are told at once");
    assert!(told.contains("访客簿对不上") && told.contains("09:30"), "{told}");
    alice.browser.open("/me/data").await.expect(200);
    let book = alice.browser.open("/me/book").await.expect(200);
    assert!(book.text().contains("当时访客簿不能签名"), "{}", book.text());
    assert_eq!(state(&town).await, "contradicted");
    let page = town.browser().get("/transparency").await.expect(200);
    assert!(page.body.contains("访客簿对不上"), "{}", page.text());

    // An hour later it is still the moment when it began that is told.
    town.pass_seconds(60);
    second(&town).await.unwrap_err();
    assert!(banner(&alice.browser).await.unwrap().contains("09:30"));
    // Put back as it was, it is signed again, and everything goes on.
    town.force("INSERT INTO ledger_entry SELECT * FROM taken").await;
    second(&town).await.unwrap();
    assert_eq!((banner(&alice.browser).await, state(&town).await), (None, "signed".to_owned()));
    reads(&parking, &refresh).await.expect(200);
}

#[tokio::test]
async fn entries_that_wait_for_their_signature_are_told_after_fifteen_minutes_and_stop_reads_after_a_day() {
    let (town, parking, mut alice, refresh) = town().await;
    second(&town).await.unwrap();
    // From here on nobody comes to sign; somebody else notices.
    let look = async || signing::look(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    look().await;
    assert_eq!(town.app.custody.signing(), Signing::Signed);
    reads(&parking, &refresh).await.expect(200);
    let since = town.app.now();
    look().await;
    assert_eq!(town.app.custody.signing(), Signing::Waiting(since));
    town.pass_seconds(15 * 60 - 1);
    look().await;
    assert_eq!(banner(&alice.browser).await, None);
    town.pass_seconds(1);
    look().await;
    assert_eq!((town.app.custody.signing(), state(&town).await), (Signing::Waiting(since), "waiting".to_owned()));
    let told = banner(&alice.browser).await.expect("a banner after 15 minutes");
    assert!(told.contains("没有新的签名") && told.contains("24"), "{told}");
    reads(&parking, &refresh).await.expect(200);

    town.pass_seconds(24 * 3_600 - 15 * 60);
    let answer = reads(&parking, &refresh).await.expect(403);
    assert_eq!(answer.json()["reason"], "ledger_unsigned", "{}", answer.body);
    alice.browser.signs_in(&mut alice.phone).await.expect(200);
    assert!(banner(&alice.browser).await.unwrap().contains("任何应用都不能读取"));

    // When it is signed from time to time, nothing has been waiting for long, though something always waits.
    second(&town).await.unwrap();
    reads(&parking, &refresh).await.expect(200);
    look().await;
    assert_eq!(town.app.custody.signing(), Signing::Waiting(town.app.now()));
    assert_eq!(banner(&alice.browser).await, None);
}

/// What a start of the same service says.
async fn start(town: &TestApp) -> String {
    let opened = App::open(Config::clone(&town.app.config), town.app.clock.clone()).await;
    opened.map_or_else(|fault| fault.to_string(), |_| "served".to_owned())
}

#[tokio::test]
async fn a_database_whose_last_checkpoint_custody_did_not_sign_is_not_served_even_when_nothing_is_new() {
    let town = TestApp::start().await;
    town.neighbour("alice").await;
    second(&town).await.unwrap();
    assert_eq!(start(&town).await, "served");
    let last = "(SELECT MAX(size) FROM ledger_checkpoint)";

    // Padded: an entry more, counted, hashed and under a checkpoint, all but signed.
    town.force("CREATE TABLE kept AS SELECT * FROM ledger_checkpoint").await;
    for statement in [
        "INSERT INTO ledger_entry (position, leaf, tag, detail, review)
         SELECT (SELECT size FROM ledger_head), leaf, review_of, detail, review
           FROM (SELECT leaf, detail, review, substr(leaf, 39, 32) AS review_of FROM ledger_entry WHERE position = 1) AS one"
            .to_owned(),
        "UPDATE ledger_head SET size = size + 1".to_owned(),
        format!(
            "INSERT INTO ledger_checkpoint (size, root, note, signed_at)
             SELECT size + 1, root, note, signed_at FROM ledger_checkpoint WHERE size = {last}"
        ),
    ] {
        town.force(&statement).await;
    }
    let refused = "the last checkpoint that is stored was not signed here";
    assert!(start(&town).await.contains(refused), "{}", start(&town).await);
    assert!(second(&town).await.unwrap_err().to_string().contains(refused), "nor while it runs");
    town.force(&format!("DELETE FROM ledger_checkpoint WHERE size = {last}")).await;
    town.force("UPDATE ledger_head SET size = size - 1").await;
    town.force("DELETE FROM ledger_entry WHERE position = (SELECT size FROM ledger_head)").await;
    assert_eq!(start(&town).await, "served");

    // Its root, or its note, is another one.
    town.force(&format!(
        "UPDATE ledger_checkpoint SET root = (SELECT hash FROM ledger_hash WHERE at = 0) WHERE size = {last}"
    ))
    .await;
    assert!(start(&town).await.contains(refused));
    town.force(&format!(
        "UPDATE ledger_checkpoint SET root = (SELECT root FROM kept WHERE kept.size = {last}) WHERE size = {last}"
    ))
    .await;
    assert_eq!(start(&town).await, "served");
    // The hashes are those of another tree.
    town.force("CREATE TABLE hashes AS SELECT * FROM ledger_hash").await;
    town.force("UPDATE ledger_hash SET hash = (SELECT hash FROM hashes WHERE at = 0)").await;
    assert!(start(&town).await.contains("are not those of its last checkpoint"), "{}", start(&town).await);
}

#[tokio::test]
async fn a_database_that_was_put_back_to_an_earlier_checkpoint_is_not_served_though_that_one_was_signed() {
    let town = TestApp::start().await;
    town.neighbour("alice").await;
    second(&town).await.unwrap();
    town.neighbour("bob").await;
    second(&town).await.unwrap();
    assert_eq!(start(&town).await, "served");
    // As if it had been cut behind the first one: no entry without a checkpoint, every signature good.
    let first = town.number("SELECT MIN(size) FROM ledger_checkpoint WHERE size > 0").await;
    for statement in [
        format!("DELETE FROM ledger_checkpoint WHERE size > {first}"),
        format!("DELETE FROM ledger_entry WHERE position >= {first}"),
        format!("UPDATE ledger_head SET size = {first}"),
    ] {
        town.force(&statement).await;
    }
    assert!(start(&town).await.contains("put back or cut"), "{}", start(&town).await);
    // A running service finds it, too.
    let refused = second(&town).await.unwrap_err().to_string();
    assert!(refused.contains("not the one that was signed last"), "{refused}");
    assert!(matches!(town.app.custody.signing(), Signing::Contradicted(_)));
}
