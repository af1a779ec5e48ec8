//! Moving: a package that another community takes in, and being gone.

use latchkey::crypto::jwks;
use latchkey::rights;
use latchkey::roster::{self, Address};

use crate::clients_command::{latchkey, said};
use crate::support::TestApp;

fn flat() -> Address {
    Address { building: "9栋".into(), unit: "1".into(), room: "301".into() }
}

#[tokio::test]
async fn another_community_takes_her_in_with_what_she_brings() {
    let (old, new) = (TestApp::start().await, TestApp::start().await);
    let alice = old.neighbour("alice").await;
    let package = alice.browser.open("/me/rights/move/package").await.expect(200);
    assert_eq!(package.header("content-type"), "application/jwt");
    let keys = jwks::published(old.browser().get("/jwks").await.expect(200).body.as_bytes()).unwrap();

    let mut read = rights::unpack(&package.body, &keys, new.app.now()).unwrap();
    assert_eq!((read.record["name"].as_str(), read.record["phone"].as_str()), ("张丽华", "13805510001"));
    for left in ["building", "unit", "room", "relation"] {
        assert!(!read.record.contains_key(left), "{left} belongs to the old flat");
    }
    // Judged like a line of any roster: the cast's document is none.
    read.record.insert("document_type".into(), "居民身份证".into());
    let outcome = roster::import(&new.app, &read.roster(&flat()), |_| ()).await.unwrap();
    assert_eq!(outcome.verdicts.len(), 1);
    assert!(outcome.verdicts[0].codes.contains(roster::Code::IdCheckDigit), "{}", outcome.verdicts[0].codes);

    read.record.insert("document_number".into(), "11010519491231002X".into());
    read.record.insert("birth_date".into(), "1949-12-31".into());
    let outcome = roster::import(&new.app, &read.roster(&flat()), |_| ()).await.unwrap();
    assert!(outcome.verdicts[0].is_accepted() && outcome.invitations.len() == 1);
    let again = roster::import(&new.app, &read.roster(&flat()), |_| ()).await.unwrap();
    assert_eq!(again.verdicts[0].codes.to_string(), "duplicate_id", "nobody comes in twice");
}

#[tokio::test]
async fn a_package_that_nobody_signed_or_that_is_old_is_none() {
    let (old, other) = (TestApp::start().await, TestApp::start().await);
    let alice = old.neighbour("alice").await;
    let package = alice.browser.open("/me/rights/move/package").await.expect(200).body;
    let keys = jwks::published(old.browser().get("/jwks").await.body.as_bytes()).unwrap();
    let strangers = jwks::published(other.browser().get("/jwks").await.body.as_bytes()).unwrap();
    let now = old.app.now();
    assert!(rights::unpack(&package, &keys, now).is_ok());
    assert!(rights::unpack(&package, &strangers, now).is_err());
    let later = now.plus(std::time::Duration::from_secs(90 * 86_400));
    assert!(rights::unpack(&package, &keys, later).is_err());
    let mut parts: Vec<String> = package.split('.').map(str::to_owned).collect();
    parts[1] = format!("{}A", parts[1]);
    for not in ["", "a.b.c", &parts.join(".")] {
        assert!(rights::unpack(not, &keys, now).is_err(), "{not}");
    }
    // A receipt is signed with the same keys, and is no package.
    let parking = old.partner("rp-a").await;
    alice.browser.agrees(&parking.pushed(&[]).await, &[]).await;
    let apps = alice.browser.open("/me/apps").await.body;
    let record = apps.split("/me/apps/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let receipt = alice.browser.get(&format!("/me/apps/{record}/receipt")).await.expect(200).body;
    assert!(rights::unpack(&receipt, &keys, now).is_err());
}

#[tokio::test]
async fn who_moves_out_is_seen_by_no_app_any_more_and_lives_here_no_more() {
    let town = TestApp::start().await;
    let (parking, mut alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &token).await.expect(200);

    let page = alice.browser.open("/me/rights/move").await.expect(200);
    assert!(page.text().contains("1 个应用马上不能再看"), "{}", page.text());
    let done = alice.browser.confirms(&page, "/me/rights/move/out", &[], &mut alice.phone).await.expect(200);
    assert!(done.text().contains("已经记下：您搬走了") && done.text().contains("停止了 1 个应用"), "{}", done.text());

    let refused = parking.reads("/vault/claims", &token).await;
    assert!(!refused.status.is_success(), "{}", refused.body);
    assert_eq!(town.number("SELECT count(*) FROM outbox WHERE event = 'resident-moved-out'").await, 1);
    let data = alice.browser.open("/me/data").await.expect(200).text();
    assert!(!data.contains("楼栋") && data.contains("手机"), "{data}");
    let page = alice.browser.open("/me/rights/move").await.expect(200);
    assert!(page.text().contains("已经不住在这里") && !page.body.contains("move/out/begin"), "{}", page.text());
    assert!(alice.browser.open("/me/book").await.text().contains("您搬走了"));

    // Her pages stay hers, and the record still verifies.
    alice.browser.open("/me/rights/copy/file").await.expect(200);
    let signed = latchkey::custody::checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await;
    assert!(signed.unwrap().is_some());
    let finding = latchkey::vault::verify::verify(&town.app.db, &town.app.custody).await.unwrap();
    assert!(matches!(finding, latchkey::ledger::verify::Finding::Whole { .. }), "{finding:?}");
}

#[tokio::test]
async fn nothing_moves_out_without_her_passkey() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let page = alice.browser.open("/me/rights/move").await.expect(200);
    alice.browser.submit(&page, "/me/rights/move/out", &[]).await.expect(400);
    assert!(!town.entries_of(&alice.resident.id).await.contains(&"moved_out".to_owned()));
    assert_eq!(town.number("SELECT count(*) FROM outbox").await, 0);
}

#[tokio::test]
async fn the_operator_takes_in_by_command_what_another_community_signed() {
    let (old, new) = (
        TestApp::start_by(latchkey::clock::Clock::System, |_| {}).await,
        TestApp::start_by(latchkey::clock::Clock::System, |_| {}).await,
    );
    let alice = old.neighbour("alice").await;
    let package = new.folder().join("package.jwt");
    let keys = new.folder().join("keys.json");
    std::fs::write(&package, alice.browser.open("/me/rights/move/package").await.expect(200).body).unwrap();
    std::fs::write(&keys, old.browser().get("/jwks").await.expect(200).body).unwrap();
    let strangers = new.folder().join("strangers.json");
    std::fs::write(&strangers, new.browser().get("/jwks").await.expect(200).body).unwrap();
    let receive = |keys: &std::path::Path| {
        let mut words = vec!["residents".to_owned(), "receive".to_owned(), package.display().to_string()];
        words.extend(["--keys".to_owned(), keys.display().to_string()]);
        words.extend(["--building", "9栋", "--unit", "1", "--room", "301"].map(str::to_owned));
        words
    };
    let run = async |keys: &std::path::Path| {
        let words = receive(keys);
        latchkey(&new, &words.iter().map(String::as_str).collect::<Vec<_>>()).await
    };
    let before = new.count("resident").await;
    let refused = run(&strangers).await;
    assert!(!refused.status.success(), "{}", said(&refused));
    assert_eq!(new.count("resident").await, before);
    let taken = run(&keys).await;
    // The cast's document is none: the package is judged like a line of any roster.
    assert!(said(&taken).contains("signed by") && said(&taken).contains("document_type_unknown"), "{}", said(&taken));
    assert_eq!(new.count("resident").await, before, "nobody comes in by half a record");
    assert!(!said(&taken).contains("340104196203152344"), "no value of the record is said");
    // Granny has no document, and brings a record that is whole.
    let granny = old.neighbour("granny").await;
    std::fs::write(&package, granny.browser.open("/me/rights/move/package").await.expect(200).body).unwrap();
    let taken = run(&keys).await;
    assert!(taken.status.success(), "{}", said(&taken));
    assert_eq!(new.count("resident").await, before + 1, "{}", said(&taken));
}
