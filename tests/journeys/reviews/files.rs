//! Case files, and what goes out of the house: signed, and to be checked by anybody.

use std::io::{Cursor, Read};

use latchkey::crypto::hash;
use latchkey::ledger::{Leaf, Review, review_commitment};
use serde_json::Value;

use super::{auditor, lines, newest, size};
use crate::erasure::alice_and_parking;
use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::desk::Colleague;

/// The file at which a page stands.
fn file(page: &Answer) -> String {
    assert!(page.path.starts_with("/desk/reviews/dossiers/"), "{}", page.path);
    page.path.clone()
}

/// Puts all that an app read into a new file.
async fn opened(zhao: &Colleague, title: &str) -> Answer {
    let found = zhao.browser.open("/desk/reviews?kind=disclosure").await.expect(200);
    zhao.browser.submit(&found, "/desk/reviews/dossiers", &[("title", title)]).await.expect(200)
}

/// The parts of an export, as bytes.
pub async fn parts(town: &TestApp, who: &Colleague, page: &Answer, action: &str) -> (Vec<u8>, Vec<u8>, String) {
    let fields = crate::support::html::hidden_fields(&page.body, action).unwrap();
    let request = who.browser.request(reqwest::Method::POST, action).form(&fields);
    let bytes = raw(town, request).await;
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut out = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut out).unwrap();
        out
    };
    let jws = String::from_utf8(part("signature.jws")).unwrap();
    (part("export.json"), part("entries.csv"), jws)
}

/// Bytes as they came; a browser of the stories reads text.
async fn raw(_: &TestApp, request: reqwest::RequestBuilder) -> Vec<u8> {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/zip");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert!(answer.headers()["content-disposition"].to_str().unwrap().contains("latchkey-reviews-2026-11-"));
    answer.bytes().await.unwrap().to_vec()
}

#[tokio::test]
async fn auditors_write_one_file_together_and_each_step_is_entered() {
    let town = TestApp::start().await;
    alice_and_parking(&town).await;
    let (zhao, qian) = (auditor(&town, "赵静").await, auditor(&town, "钱进").await);
    let page = opened(&zhao, "夜里的读取").await;
    assert!(page.text().contains("夜里的读取") && lines(&page) == 1, "{}", page.text());
    let path = file(&page);
    zhao.browser.submit(&page, &format!("{path}/note"), &[("words", "一夜五次。")]).await.expect(200);
    let (_, review, detail) = newest(&town).await;
    assert_eq!(review.reason, "dossier_read", "whoever writes reads it again");
    assert!(detail.unwrap().note("dossier").is_some());

    let page = qian.browser.open("/desk/reviews/dossiers").await.expect(200);
    let (_, review, _) = newest(&town).await;
    assert_eq!((review.reason.as_str(), review.person()), ("dossiers_listed", Some(qian.id.as_str())));
    assert!(page.text().contains("1 份案卷未结") && page.text().contains("夜里的读取"), "{}", page.text());
    let page = qian.browser.open(&path).await.expect(200);
    let page = qian.browser.submit(&page, &format!("{path}/note"), &[("words", "已请应用说明。")]).await.expect(200);
    let text = page.text();
    assert!(text.find("一夜五次").unwrap() < text.find("已请应用说明").unwrap(), "the oldest first: {text}");
    assert!(text.contains("赵静") && text.contains("钱进"), "{text}");

    // The same entries again change nothing; an entry that is not there is refused.
    let before = size(&town).await;
    let found = qian.browser.open("/desk/reviews?kind=disclosure").await.expect(200);
    let id = path.rsplit('/').next().unwrap();
    let again = qian.browser.submit(&found, "/desk/reviews/dossiers", &[("dossier", id)]).await.expect(200);
    assert_eq!((lines(&again), size(&town).await), (1, before + 2), "one search, one reading");
    let form = [("csrf", again.csrf()), ("dossier", id.to_owned()), ("entry", "9999999".to_owned())];
    qian.browser.post("/desk/reviews/dossiers", &form).await.expect(404);

    // A closed file takes nothing, until it is opened again.
    let page = qian.browser.open(&path).await.expect(200);
    let page = qian.browser.submit(&page, &format!("{path}/close"), &[]).await.expect(200);
    assert!(page.text().contains("钱进 于 今天 结案"), "{}", page.text());
    let form = [("csrf", page.csrf()), ("words", "再写".to_owned())];
    qian.browser.post(&format!("{path}/note"), &form).await.expect(409);
    let page = zhao.browser.open(&path).await.expect(200);
    zhao.browser.submit(&page, &format!("{path}/reopen"), &[]).await.expect(200);
    let page = zhao.browser.open(&path).await.expect(200);
    let form = [("csrf", page.csrf()), ("words", " ".to_owned())];
    zhao.browser.post(&format!("{path}/note"), &form).await.expect(400);
    let wang = town.staff("王敏").await;
    wang.browser.open(&path).await.expect(404);
    wang.browser.open("/desk/reviews/dossiers").await.expect(404);
}

#[tokio::test]
async fn nothing_of_a_case_file_is_readable_in_the_database_and_a_changed_note_is_noticed() {
    let town = TestApp::start().await;
    alice_and_parking(&town).await;
    let zhao = auditor(&town, "赵静").await;
    let page = opened(&zhao, "夜里的读取").await;
    let path = file(&page);
    for words in ["第一条", "第二条"] {
        let page = zhao.browser.open(&path).await.expect(200);
        zhao.browser.submit(&page, &format!("{path}/note"), &[("words", words)]).await.expect(200);
    }
    for (table, column) in [("review_dossier", "title"), ("review_dossier_note", "body")] {
        let hex = hex::encode(if column == "title" { "夜里" } else { "第一" });
        let found = match town.app.db {
            latchkey::db::Db::Sqlite { .. } => {
                format!("SELECT count(*) FROM {table} WHERE instr(hex({column}), upper('{hex}')) > 0")
            }
            latchkey::db::Db::Postgres(_) => {
                format!("SELECT count(*) FROM {table} WHERE position('{hex}' in encode({column}, 'hex')) > 0")
            }
        };
        assert_eq!(town.number(&found).await, 0, "{table}");
    }
    let newest = "(SELECT max(position) FROM review_dossier_note)";
    let oldest = "(SELECT min(position) FROM review_dossier_note)";
    town.force(&format!(
        "UPDATE review_dossier_note SET body = (SELECT n.body FROM review_dossier_note n WHERE n.position = {oldest}) \
         WHERE position = {newest}"
    ))
    .await;
    zhao.browser.open(&path).await.expect(409);
}

#[tokio::test]
async fn an_export_is_signed_by_a_published_key_and_each_entry_is_what_its_leaf_commits_to() {
    let town = TestApp::start().await;
    alice_and_parking(&town).await;
    latchkey::custody::checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    let zhao = auditor(&town, "赵静").await;
    let page = opened(&zhao, "夜里的读取").await;
    let path = file(&page);
    let page = zhao.browser.submit(&page, &format!("{path}/note"), &[("words", "一夜五次。")]).await.expect(200);
    let (json, csv, jws) = parts(&town, &zhao, &page, &format!("{path}/export")).await;
    let (header, claims) = town.verified(&jws).await;
    assert_eq!(header["typ"], "reviews-export+jwt");
    assert_eq!(claims["sha256"]["export.json"], hex::encode(hash::sha256(&json)));
    assert_eq!(claims["sha256"]["entries.csv"], hex::encode(hash::sha256(&csv)));

    let export: Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(export["dossier"]["title"], "夜里的读取");
    assert_eq!(export["dossier"]["notes"][0]["words"], "一夜五次。");
    assert_eq!((&export["complete"], &export["made_by"]), (&Value::Bool(true), &Value::from(zhao.id.as_str())));
    assert!(export["checkpoint"].as_str().unwrap().starts_with("latchkey/"));
    let bytes = |entry: &Value, name: &str| hex::decode(entry[name].as_str().unwrap()).unwrap();
    let entry = &export["entries"][0];
    let leaf = Leaf::decode(&bytes(entry, "leaf")).unwrap();
    let opened = [bytes(entry, "blind"), bytes(entry, "review")].concat();
    assert_eq!(review_commitment(&opened), leaf.review);
    let review = Review::decode(&bytes(entry, "review")).unwrap();
    assert_eq!(entry["client"], review.client.unwrap());
    assert_eq!(entry["resident"], hex::encode(review.resident.unwrap()));
    let public = town.browser().get(&format!("/ledger/proof/{}", entry["position"])).await.expect(200);
    assert!(!public.body.is_empty());
    for secret in ["张丽华", "皖A", "13805510001"] {
        assert!(!String::from_utf8_lossy(&json).contains(secret) && !String::from_utf8_lossy(&csv).contains(secret));
    }

    // The table says the same, line by line.
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0][5], &rows[0][13]), ("rp-a", entry["review"].as_str().unwrap()));
    let schema = town.browser().get("/schemas/reviews-1.json").await.expect(200).json();
    let required = schema["required"].as_array().unwrap();
    assert!(required.iter().all(|name| export.get(name.as_str().unwrap()).is_some()), "{required:?}");
    let (_, review, detail) = newest(&town).await;
    assert_eq!(review.reason, "review_export_signed");
    assert_eq!(detail.unwrap().note("sha256"), Some(hex::encode(hash::sha256(&json)).as_str()));
}

#[tokio::test]
async fn a_search_is_exported_whole_and_what_is_no_search_is_refused() {
    let town = TestApp::start().await;
    let (_alice, parking, token) = alice_and_parking(&town).await;
    for _ in 0..54 {
        parking.reads("/vault/claims", &token).await.expect(200);
    }
    let zhao = auditor(&town, "赵静").await;
    let page = zhao.browser.open("/desk/reviews?kind=disclosure").await.expect(200);
    let (json, csv, jws) = parts(&town, &zhao, &page, "/desk/reviews/export").await;
    let export: Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(export["entries"].as_array().unwrap().len(), 55, "more than one page shows");
    assert_eq!((&export["search"], &export["dossier"]), (&Value::from("kind=disclosure"), &Value::Null));
    assert_eq!(town.verified(&jws).await.1["entries"], 55);
    assert_eq!(String::from_utf8(csv).unwrap().lines().count(), 56);

    let before = size(&town).await;
    for query in ["kind=everything", "name=alice"] {
        let page = zhao.browser.open("/desk").await;
        let form = [("csrf", page.csrf()), ("query", query.to_owned())];
        zhao.browser.post("/desk/reviews/export", &form).await.expect(400);
    }
    assert_eq!(size(&town).await, before);
    let wang = town.staff("王敏").await;
    let page = wang.browser.open("/desk").await;
    let form = [("csrf", page.csrf()), ("query", String::new())];
    wang.browser.post("/desk/reviews/export", &form).await.expect(404);
}

#[tokio::test]
async fn a_case_file_is_read_along_its_entries_and_what_was_taken_out_or_put_back_is_noticed() {
    let town = TestApp::start().await;
    alice_and_parking(&town).await;
    let (zhao, qian) = (auditor(&town, "赵静").await, auditor(&town, "钱进").await);
    let page = opened(&zhao, "夜里的读取").await;
    let path = file(&page);
    for words in ["第一条", "第二条"] {
        let page = zhao.browser.open(&path).await.expect(200);
        zhao.browser.submit(&page, &format!("{path}/note"), &[("words", words)]).await.expect(200);
    }
    // Who wrote it, and when, is taken from the entry: columns say nothing.
    town.force(&format!("UPDATE review_dossier_note SET author = '{}', at = at - 86400", qian.id)).await;
    town.force(&format!("UPDATE review_dossier SET opened_by = '{}'", qian.id)).await;
    let page = qian.browser.open(&path).await.expect(200);
    assert!(!page.text().contains("钱进 ·") && !page.text().contains("昨天"), "{}", page.text());
    assert_eq!(page.text().matches("赵静").count(), 3, "{}", page.text());
    assert!(!page.text().contains("没有查到账本末尾"), "{}", page.text());

    let newest = "(SELECT max(n.position) FROM review_dossier_note n)";
    for (altered, back) in [
        // An entry that nobody attached, and one that is missing.
        (
            "INSERT INTO review_dossier_entry SELECT dossier, 0, added_by, added_at FROM review_dossier_entry",
            "DELETE FROM review_dossier_entry WHERE position = 0",
        ),
        (
            "UPDATE review_dossier_entry SET position = position + 1",
            "UPDATE review_dossier_entry SET position = position - 1",
        ),
        // A step of another kind, and one that is none.
        ("UPDATE review_dossier SET last = last - 1", "UPDATE review_dossier SET last = last + 1"),
        ("UPDATE review_dossier SET last = 0", ""),
    ] {
        let last = town.number("SELECT last FROM review_dossier").await;
        town.force(altered).await;
        zhao.browser.open(&path).await.expect(409);
        if back.is_empty() {
            town.force(&format!("UPDATE review_dossier SET last = {last}")).await;
        } else {
            town.force(back).await;
        }
        zhao.browser.open(&path).await.expect(200);
    }
    // The last note taken out, and the table put back to before it.
    let first = town.number("SELECT min(position) FROM review_dossier_note").await;
    town.force(&format!("DELETE FROM review_dossier_note WHERE position = {newest}")).await;
    zhao.browser.open(&path).await.expect(409);
    town.force(&format!("UPDATE review_dossier SET last = {first}")).await;
    zhao.browser.open(&path).await.expect(409);
    // A file from before there were steps is shown, and says that it cannot be checked so far.
    town.force("UPDATE review_dossier SET last = NULL").await;
    let page = zhao.browser.open(&path).await.expect(200);
    assert!(page.text().contains("没有查到账本末尾") && page.text().contains("第一条"), "{}", page.text());
}
