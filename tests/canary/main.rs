//! Canaries: every field of a record gets a value that stands nowhere else, the whole story is played, and then
//! every file, the log and every answer that was an error are searched for them, in each spelling they could have.
//!
//! Pages and released claims hold what they are there to show, and are not searched; printed slips neither.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests"
)]

#[path = "../journeys/support/mod.rs"]
mod support;

mod erasure;
mod log;
mod spellings;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use latchkey::custody::checkpointer;
use latchkey::vault::NewRecord;
use latchkey::{ledger, resident, vault};
use spellings::Search;
use sqlx::Connection;
use support::browser::{Answer, Browser};
use support::{SoftPasskey, TestApp};

/// Field by field, values that nothing else in the world has.
const PLANTED: [(&str, &str); 15] = [
    ("name", "龘靐齉"),
    ("document_type", "证件种类金丝雀"),
    ("document_number", "34010019620315987X"),
    ("sex", "性别金丝雀"),
    ("birth_date", "1962-03-15"),
    ("phone", "13987650421"),
    ("building", "七十七号金丝雀楼"),
    ("unit", "单元金丝雀"),
    ("room", "房间金丝雀九八七"),
    ("relation", "关系金丝雀"),
    ("tenure", "产权金丝雀"),
    ("plate", "皖AX9Z8Y"),
    ("emergency_contact", "爨癵籱"),
    ("emergency_phone", "13876540123"),
    ("note", "canary-note-7f3a9c"),
];

#[tokio::test]
async fn no_planted_value_is_in_database_files_logs_or_errors() {
    let logged = log::capture();
    let search = Search::of(&PLANTED);
    let mut town = TestApp::start().await;
    let errors = play(&town).await;
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    let files = files(&town).await;
    assert!(files.len() >= 3, "{files:?}");

    // While the service runs the write-ahead log holds what the tables do not yet; afterwards all is in the tables.
    nothing_in_files(&search, &files);
    town.close().await;
    nothing_in_files(&search, &files_of(town.folder()));
    let log = logged.lock().unwrap().clone();
    assert!(log.len() > 1_000, "the process log was captured");
    search.nothing_in("the process log", &log);
    for error in errors {
        assert!(error.status.is_client_error(), "{}: {}", error.path, error.status);
        search.nothing_in(&error.path, error.body.as_bytes());
        search.nothing_in(&error.path, format!("{:?}", error.headers).as_bytes());
    }
}

#[test]
fn the_search_finds_a_value_in_every_spelling() {
    for (field, value) in PLANTED {
        for (spelling, bytes) in spellings::of(value) {
            let hay = [b"noise \x00\xff ", bytes.as_slice(), b" noise"].concat();
            assert!(Search::of(&[(field, value)]).found(&hay).is_some(), "{field} as {spelling}");
        }
    }
}

/// The whole story; every answer that was an error.
async fn play(town: &TestApp) -> Vec<Answer> {
    let (browser, invitation) = (town.browser(), plant(town).await);
    let mut phone = SoftPasskey::new();
    browser.enrols(&invitation, &mut phone).await.expect(200);
    let parking = town.partner("rp-a").await;
    let claims = ["plate_masked", "building_no"];
    let code = browser.agrees(&parking.pushed(&[]).await, &claims).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &token).await.expect(200);
    for page in ["/me", "/me/apps", "/me/book", "/me/data", "/me/mine", "/me/passkeys"] {
        browser.open(page).await.expect(200);
    }
    let data = browser.open("/me/data").await;
    let field = [("field", "document_number")];
    browser.post("/me/data/reveal", &[("csrf", data.csrf().as_str()), field[0]]).await.expect(200);

    let mut errors = wrong(&browser, &planted("document_number"), &planted("phone")).await;
    errors.push(parking.reads("/vault/claims?claims=name_masked", &token).await);
    errors.push(parking.reads("/vault/claims?claims=document_number", &token).await);
    stop(&browser).await;
    errors.push(parking.reads("/vault/claims", &token).await);
    errors.push(parking.redeems(&code).await);
    errors
}

async fn stop(browser: &Browser) {
    let page = browser.open("/me/apps").await;
    let end = page.body.find("/stop\"").unwrap();
    let begin = page.body[..end].rfind("/me/apps/").unwrap();
    let action = format!("{}/stop", &page.body[begin..end]);
    browser.submit(&page, &action, &[]).await.expect(200);
}

/// Planted values typed where they do not belong come back in no error either.
async fn wrong(browser: &Browser, number: &str, phone: &str) -> Vec<Answer> {
    let page = browser.open("/me/data").await;
    let csrf = page.csrf();
    vec![
        browser.post("/me/data/reveal", &[("csrf", csrf.as_str()), ("field", number)]).await,
        browser.post("/me/data/reveal", &[("csrf", phone), ("field", "phone")]).await,
        browser.get(&format!("/invitation/{number}")).await,
        browser.get(&format!("/me/apps/{phone}")).await,
        browser.get(&format!("/authorize?client_id={number}&redirect_uri=https://{phone}.test/")).await,
    ]
}

fn planted(field: &str) -> String {
    PLANTED.iter().find(|(name, _)| *name == field).unwrap().1.to_owned()
}

async fn plant(town: &TestApp) -> String {
    let id = latchkey::crypto::random::id().unwrap();
    let fields: BTreeMap<_, _> = PLANTED.iter().map(|(field, value)| (*field, (*value).to_owned())).collect();
    let now = town.app.now();
    let mut tx = town.app.db.begin().await.unwrap();
    let mut head = ledger::hold(&mut tx).await.unwrap();
    resident::admit(&mut tx, &id, now).await.unwrap();
    vault::admit(&mut tx, &town.app, &mut head, &[NewRecord { resident: id.clone(), fields }]).await.unwrap();
    let invitation = resident::invite(&mut tx, &town.app.custody, &id, now).await.unwrap();
    head.commit(tx).await.unwrap();
    invitation.token.expose().to_owned()
}

fn nothing_in_files(search: &Search, files: &[PathBuf]) {
    for file in files {
        // PostgreSQL may remove a file between the listing and the reading.
        let Ok(bytes) = std::fs::read(file) else { continue };
        search.nothing_in(&file.display().to_string(), &bytes);
    }
}

/// The service's folder, and on PostgreSQL the files of its database and the write-ahead log.
async fn files(town: &TestApp) -> Vec<PathBuf> {
    let mut files = files_of(town.folder());
    if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
        let mut connection = sqlx::PgConnection::connect(&server).await.unwrap();
        sqlx::query("CHECKPOINT").execute(&mut connection).await.unwrap();
        let (data,): (String,) =
            sqlx::query_as("SELECT current_setting('data_directory')").fetch_one(&mut connection).await.unwrap();
        let name = town.app.config.database.url.split(['/', '?']).find(|part| part.starts_with("journey_")).unwrap();
        let (oid,): (i64,) = sqlx::query_as("SELECT oid::bigint FROM pg_database WHERE datname = $1")
            .bind(name)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        let own = files_of(&Path::new(&data).join("base").join(oid.to_string()));
        assert!(!own.is_empty(), "the files of PostgreSQL can be read");
        files.extend(own);
        files.extend(files_of(&Path::new(&data).join("pg_wal")));
    }
    files
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files_of(&path) } else { vec![path] }).collect()
}
