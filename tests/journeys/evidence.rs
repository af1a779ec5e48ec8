//! A resident's evidence: her entries opened, each with its proof, checked by whoever holds it without asking us.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use latchkey::custody::checkpointer;
use latchkey::ledger::evidence::{Evidence, Wrong, check};
use latchkey::ledger::{Kind, checkpoint};
use serde_json::{Value, json};
use signed_note::Verifier;

use crate::support::TestApp;
use crate::support::town::Neighbour;

async fn signs(town: &TestApp) {
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
}

/// A resident whose parking app has read her plate, and all of it under a checkpoint.
async fn read_once(town: &TestApp) -> Neighbour {
    let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &token).await.expect(200);
    town.neighbour("bob").await;
    signs(town).await;
    alice
}

fn evidence(body: &str) -> Evidence {
    serde_json::from_str(body).unwrap()
}

#[tokio::test]
async fn what_she_keeps_is_checked_without_asking_us() {
    let town = TestApp::start().await;
    let alice = read_once(&town).await;
    let file = alice.browser.get("/me/book/evidence/file").await.expect(200);
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"latchkey-evidence.json\"");
    let kept = evidence(&file.body);
    let checked = check(&kept).unwrap();
    assert_eq!(checked.key.to_string(), town.browser().get("/ledger/key").await.expect(200).body.trim());
    assert_eq!((checked.lines.len() as u64, checked.younger), (kept.counter, 0));
    assert_eq!(kept.counter as usize, town.entries_of(&alice.resident.id).await.len());
    let reads: Vec<_> = checked.lines.iter().filter(|line| line.kind == Kind::Disclosure).collect();
    assert_eq!(reads.len(), 1);
    assert_eq!(reads[0].detail.client.as_deref(), Some("rp-a"));
    assert_eq!(reads[0].detail.claims, ["is_resident", "plate_masked"]);

    // The script of the page gets the same, part by part, for one checkpoint.
    let head = checkpoint::verify(checked.key.name(), checked.key.bytes(), kept.checkpoint.as_bytes()).unwrap();
    let part = alice.browser.get(&format!("/me/book/evidence?from=2&size={}", head.size)).await.expect(200);
    let part = evidence(&part.body);
    assert_eq!(part.entries.first().map(|piece| piece.n), Some(2));
    check(&part).unwrap();

    // What happens afterwards is younger than the checkpoint, and says so.
    alice.browser.open("/me/data").await.expect(200);
    let part = evidence(&alice.browser.get("/me/book/evidence?from=1").await.expect(200).body);
    assert_eq!(check(&part).unwrap().younger, part.counter - kept.counter);
    assert!(part.counter > kept.counter);

    let schema = town.browser().get("/schemas/evidence-1.json").await.expect(200).json();
    assert_eq!(schema["$id"].as_str(), Some(kept.schema.as_str()));
    let names = |object: &Value| object.as_object().unwrap().keys().cloned().collect::<BTreeSet<String>>();
    assert_eq!(names(&schema["properties"]), names(&file.json()));
}

#[tokio::test]
async fn whatever_is_changed_in_it_is_found_and_named() {
    let town = TestApp::start().await;
    let alice = read_once(&town).await;
    let kept = evidence(&alice.browser.get("/me/book/evidence/file").await.expect(200).body);
    let wrong = |change: &dyn Fn(&mut Evidence)| {
        let mut changed = kept.clone();
        change(&mut changed);
        check(&changed).unwrap_err()
    };
    let flip = |text: &str, at: usize| {
        let mut bytes = STANDARD.decode(text).unwrap();
        bytes[at] ^= 1;
        STANDARD.encode(bytes)
    };
    let entry = |n, what| Wrong::Entry { n, what };

    assert_eq!(wrong(&|it| drop(it.entries.remove(2))), Wrong::Gap { n: 3 });
    assert_eq!(wrong(&|it| drop(it.entries.pop())), Wrong::Gap { n: kept.counter });
    assert_eq!(wrong(&|it| it.entries.swap(1, 2)), Wrong::Gap { n: 2 });
    let fits_not = "what it says is not what was recorded";
    for at in [0, 40] {
        let detail =
            |it: &mut Evidence| it.entries[2].detail = it.entries[2].detail.as_deref().map(|text| flip(text, at));
        assert_eq!(wrong(&detail), entry(3, fits_not));
    }
    let others = |it: &mut Evidence| {
        (it.entries[2].blind, it.entries[2].detail) = (it.entries[1].blind.clone(), it.entries[1].detail.clone());
    };
    assert_eq!(wrong(&others), entry(3, fits_not));
    assert_eq!(wrong(&|it| it.entries[2].detail = None), entry(3, "it does not open"));
    assert_eq!(wrong(&|it| it.entries[2].leaf = flip(&it.entries[2].leaf, 8)), entry(3, "its leaf is another entry's"));
    let kind = |it: &mut Evidence| it.entries[2].leaf = flip(&it.entries[2].leaf, 1);
    assert_eq!(wrong(&kind), entry(3, "it is not in the tree that was signed"));
    assert_eq!(wrong(&|it| it.entries[2].path = None), entry(3, "there is no proof of it"));
    assert_eq!(wrong(&|it| it.entries[3].position = 0), entry(4, "stands before the one before it"));
    assert_eq!(wrong(&|it| it.tag_key = flip(&it.tag_key, 0)), entry(1, "its leaf is another entry's"));
    assert_eq!(wrong(&|it| it.resident = "another".into()), entry(1, "it tells of another resident or number"));
    let size = |it: &mut Evidence| it.checkpoint = it.checkpoint.replacen("\n", "\n1", 1);
    assert_eq!(wrong(&size), Wrong::Unsigned);
    let (last, key) = (kept.key.len() - 3, kept.key.clone());
    assert_eq!(wrong(&|it| it.key = key[..last].into()), Wrong::Form("the key"));
}

#[tokio::test]
async fn evidence_is_for_her_own_hands_and_right_after_her_passkey() {
    let town = TestApp::start().await;
    let alice = read_once(&town).await;
    assert_eq!(town.browser().get("/me/book/evidence/file").await.status, 303, "nobody is led to the sign-in page");
    for (query, status) in [("", 400), ("from=x", 400), ("from=1&size=999999", 404), ("from=1&more=1", 400)] {
        assert_eq!(alice.browser.get(&format!("/me/book/evidence?{query}")).await.status, status, "{query}");
    }
    // Far behind the last there is nothing, and that is no fault.
    let none = evidence(&alice.browser.get("/me/book/evidence?from=18446744073709551615").await.expect(200).body);
    assert!(none.entries.is_empty());

    let book = alice.browser.open("/me/book").await.expect(200);
    assert!(book.body.contains("data-fresh"), "checks by itself");
    let csrf = book.csrf();
    let challenge = json!({ "challenge": "00112233445566778899aabbccddeeff" });
    let mark = |csrf: String, body: Value| {
        let browser = alice.browser.clone();
        async move { browser.post_json("/me/book/challenge", &csrf, &body).await }
    };
    let before = town.entries_of(&alice.resident.id).await.len();
    assert_eq!(mark("another".into(), challenge.clone()).await.expect(403).problem(), "csrf");
    for odd in [json!({}), json!({ "challenge": "" }), json!({ "challenge": "00112233445566778899AABBCCDDEEFF" })] {
        mark(csrf.clone(), odd).await.expect(400);
    }
    assert_eq!(town.entries_of(&alice.resident.id).await.len(), before, "nothing was entered");
    let said = mark(csrf.clone(), challenge.clone()).await.expect(200).json();
    signs(&town).await;
    let shown = evidence(&alice.browser.get("/me/book/evidence?from=1").await.expect(200).body);
    let lines = check(&shown).unwrap().lines;
    let last = lines.last().unwrap();
    assert_eq!(last.detail.note("challenge"), challenge["challenge"].as_str());
    assert_eq!((last.position, last.kind), (said["position"].as_u64().unwrap(), Kind::SelfView));
    town.pass_seconds(600);
    assert_eq!(mark(csrf, challenge).await.expect(403).problem(), "not-fresh");
    let book = alice.browser.open("/me/book").await.expect(200);
    assert!(!book.body.contains("data-fresh") && book.text().contains("核对我的访客簿"), "{}", book.text());
    let no = alice.browser.get("/me/book/evidence?from=1").await.expect(403);
    assert_eq!(no.problem(), "not-fresh");
    let led = alice.browser.get("/me/book/evidence/file").await.expect(303);
    assert!(led.header("location").starts_with("/sign-in?again=1"), "{}", led.header("location"));
}

#[tokio::test]
async fn a_book_with_a_hole_in_it_opens_and_says_which_entry_is_gone() {
    let town = TestApp::start().await;
    let alice = read_once(&town).await;
    let book = alice.browser.open("/me/book").await.expect(200);
    assert!(!book.text().contains("我们自己打开访客簿时就发现了"), "{}", book.text());
    let kept = evidence(&alice.browser.get("/me/book/evidence/file").await.expect(200).body);
    let read = kept.entries.last().unwrap().position;
    town.tamper(&format!("DELETE FROM ledger_entry WHERE position = {read}")).await;
    let book = alice.browser.open("/me/book").await.expect(200);
    let said = book.text();
    assert!(said.contains(&format!("第 {} 条记录不见了", kept.counter)), "{said}");
    assert!(said.contains("我们自己打开访客簿时就发现了"), "{said}");
    assert!(book.text().contains("社区名册送来您的信息"), "the rest is there: {}", book.text());
    // Her copy is a paper that is relied on: it is refused rather than short of something.
    alice.browser.open("/me/rights/copy/file").await.expect(500);
}
