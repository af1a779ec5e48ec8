//! T-ERASE: what was destroyed is in no file of the service any more, and stays destroyed when an older database is put
//! back.
//!
//! What is searched for are the bytes of the wrapped data key, of the sealed fields, of the blind indexes and of the
//! passkey of each resident: her values themselves never stood anywhere. A neighbour's are found, before and after, so
//! the search can fail.

use std::path::PathBuf;

use aho_corasick::AhoCorasick;
use latchkey::app::App;
use latchkey::crypto::random;
use latchkey::db::Db;
use latchkey::erasure;
use latchkey::ids::{PersonId, ResidentId};

use super::files;
use crate::support::TestApp;
use crate::support::database::Database;
use crate::support::steps::somebody;

/// Residents of the P tier; `ERASE_RESIDENTS` makes a long run of it.
fn residents() -> usize {
    std::env::var("ERASE_RESIDENTS").ok().and_then(|count| count.parse().ok()).unwrap_or(20)
}

/// Bytes that must be gone.
async fn traces(town: &TestApp, resident: &ResidentId) -> Vec<Vec<u8>> {
    let key = format!("SELECT wrapped_rk FROM resident_key WHERE resident = '{resident}'");
    let passkeys = format!("SELECT passkey FROM resident_passkey WHERE resident = '{resident}'");
    let fields = format!("SELECT sealed FROM vault_field WHERE resident = '{resident}'");
    let mut all = blobs(town, &key).await;
    all.extend(blobs(town, &passkeys).await);
    // PostgreSQL keeps dead rows of the fields until their pages are used again: noise without the key.
    if !Database::is_postgres() {
        all.extend(blobs(town, &fields).await);
    }
    // Sealed under a key for all: without her key they would open.
    for (table, column) in OPENABLE {
        all.extend(blobs(town, &format!("SELECT {column} FROM {table} WHERE resident = '{resident}'")).await);
    }
    let index = format!("SELECT digest FROM resident_index WHERE resident = '{resident}'");
    let digests: Vec<String> = match &town.app.db {
        Db::Sqlite { readers, .. } => sqlx::query_scalar(sqlx::AssertSqlSafe(index)).fetch_all(readers).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_scalar(sqlx::AssertSqlSafe(index)).fetch_all(pool).await.unwrap(),
    };
    all.extend(digests.into_iter().map(String::into_bytes));
    assert!(all.len() >= 4, "{}", all.len());
    all
}

/// What lies under a key for all.
const OPENABLE: [(&str, &str); 5] = [
    ("desk_sitting", "label"),
    ("desk_act", "body"),
    ("desk_card", "secret"),
    ("desk_recovery", "label"),
    ("emergency", "asked"),
];

/// As the desk leaves them: each with bytes that stand nowhere else.
async fn at_the_desk(town: &TestApp, person: &PersonId, resident: &ResidentId) {
    let now = town.app.now().seconds();
    let mut bytes = Vec::new();
    for _ in 0..5 {
        bytes.push(blob(&random::bytes::<40>().unwrap()));
    }
    let id = || random::id::<ResidentId>().unwrap();
    for row in [
        format!(
            "desk_sitting (id, person, resident, label, opened_at, ends_at)
             VALUES ('{}', '{person}', '{resident}', {}, {now}, {now})",
            id(),
            bytes[0]
        ),
        format!(
            "desk_act (id, sitting, resident, person, kind, digest, body, asked_at, expires_at)
             VALUES ('{0}', '{0}', '{resident}', '{person}', 'card', '{0}', {1}, {now}, {now})",
            id(),
            bytes[1]
        ),
        format!(
            "desk_card (id, resident, code, secret, issued_at) VALUES ('{0}', '{resident}', '{0}', {1}, {now})",
            id(),
            bytes[2]
        ),
        format!(
            "desk_recovery (id, resident, label, begun_by, begun_at)
             VALUES ('{}', '{resident}', {}, '{person}', {now})",
            id(),
            bytes[3]
        ),
        format!(
            "emergency (id, resident, asked, asked_by, asked_at, until)
             VALUES ('{}', '{resident}', {}, '{person}', {now}, {now})",
            id(),
            bytes[4]
        ),
    ] {
        town.force(&format!("INSERT INTO {row}")).await;
    }
}

/// Bytes as a statement spells them.
fn blob(bytes: &[u8]) -> String {
    let hex = hex::encode(bytes);
    if Database::is_postgres() { format!("'\\x{hex}'::bytea") } else { format!("x'{hex}'") }
}

/// As the import leaves them: by these she is found again.
async fn index(town: &TestApp, resident: &ResidentId) {
    for field in ["document", "fingerprint"] {
        let digest = town.app.custody.blind_index(field, resident.as_str()).unwrap();
        town.force(&format!(
            "INSERT INTO resident_index (field, digest, resident) VALUES ('{field}', '{digest}', '{resident}')"
        ))
        .await;
    }
}

async fn blobs(town: &TestApp, sql: &str) -> Vec<Vec<u8>> {
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    match &town.app.db {
        Db::Sqlite { readers, .. } => sqlx::query_scalar(sql).fetch_all(readers).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_scalar(sql).fetch_all(pool).await.unwrap(),
    }
}

/// How many of these stand somewhere in the files. The write-ahead log of PostgreSQL is what its backups are made of:
/// no statement reaches it, and the certificate says until when it may exist.
async fn hits(files: &[PathBuf], traces: &[Vec<u8>]) -> usize {
    let search = AhoCorasick::new(traces).unwrap();
    let mut found = std::collections::HashSet::new();
    for file in files.iter().filter(|file| !file.components().any(|part| part.as_os_str() == "pg_wal")) {
        let Ok(bytes) = std::fs::read(file) else { continue };
        found.extend(search.find_overlapping_iter(&bytes).map(|hit| hit.pattern()));
    }
    found.len()
}

/// Residents with passkeys whose seven days end now, and a neighbour who stays.
async fn town_with_erasures(count: usize) -> (TestApp, Vec<ResidentId>, ResidentId) {
    let town = TestApp::start().await;
    let mut leaving = Vec::new();
    for _ in 0..count {
        leaving.push(town.neighbour(&somebody()).await.resident.id);
    }
    let stays = town.neighbour("bob").await.resident.id;
    let wang = town.staff("王敏").await.id;
    for resident in leaving.iter().chain([&stays]) {
        index(&town, resident).await;
        at_the_desk(&town, &wang, resident).await;
    }
    (town, leaving, stays)
}

/// As if they had asked for it seven days ago.
async fn ask(town: &TestApp, leaving: &[ResidentId]) {
    let now = town.app.now().seconds();
    for resident in leaving {
        let (id, link): (ResidentId, ResidentId) = (random::id().unwrap(), random::id().unwrap());
        town.force(&format!("UPDATE resident SET erases_at = {now} WHERE id = '{resident}'")).await;
        town.force(&format!(
            "INSERT INTO erasure (id, resident, begun_at, due_at, link)
             VALUES ('{id}', '{resident}', {now}, {now}, '{link}')"
        ))
        .await;
    }
}

#[tokio::test]
async fn t_erase_1_and_2_nothing_of_the_erased_is_in_any_file() {
    let (mut town, leaving, stays) = town_with_erasures(residents()).await;
    let mut theirs = Vec::new();
    for resident in &leaving {
        theirs.extend(traces(&town, resident).await);
    }
    let his = traces(&town, &stays).await;
    assert_eq!(hits(&files(&town).await, &theirs).await, theirs.len(), "before, all of it is found");
    ask(&town, &leaving).await;
    assert_eq!(erasure::sweep(&town.app).await.unwrap(), leaving.len());
    assert_eq!(town.count("erasure WHERE certificate IS NOT NULL").await, i64::try_from(leaving.len()).unwrap());
    let running = files(&town).await;
    assert_eq!(hits(&running, &theirs).await, 0, "while the service runs");
    assert_eq!(hits(&running, &his).await, his.len(), "the neighbour's are all there");
    town.close().await;
    assert_eq!(hits(&super::files_of(town.folder()), &theirs).await, 0, "and when it has stopped");
}

#[tokio::test]
async fn t_erase_3_what_was_erased_stays_erased_when_an_older_database_is_put_back() {
    if Database::is_postgres() {
        return; // Restoring is the server's there; what follows it is the same.
    }
    let (mut town, leaving, stays) = town_with_erasures(3).await;
    let backup = town.folder().join("backup.db");
    town.force_schema(&format!("VACUUM INTO '{}'", backup.display())).await;
    let mut theirs = Vec::new();
    for resident in &leaving {
        theirs.extend(traces(&town, resident).await);
    }
    ask(&town, &leaving).await;
    erasure::sweep(&town.app).await.unwrap();
    let app = town.app.clone();
    latchkey::custody::checkpointer::catch_up(&app.db, &app.custody, app.now()).await.unwrap();
    town.close().await;
    let database = town.folder().join("latchkey.db");
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(town.folder().join(format!("latchkey.db{ending}")));
    }
    std::fs::rename(&backup, &database).unwrap();

    let config = || (*app.config).clone();
    assert!(App::open(config(), app.clock.clone()).await.is_err(), "it is behind what was signed");
    // An operator who has nothing else takes that memory away, and starts all the same.
    std::fs::remove_file(app.config.keys.folder.join("checkpoint.last")).unwrap();
    let (again, _waiting) = App::open(config(), app.clock.clone()).await.unwrap();
    assert_eq!(erasure::again(&again).await.unwrap(), leaving.len());
    assert_eq!(erasure::again(&again).await.unwrap(), 0);
    let mut tx = again.db.read().await.unwrap();
    for resident in &leaving {
        let keys = latchkey::custody::wrapped_keys(&mut tx, resident).await.unwrap().unwrap();
        assert!(keys.wrapped_rk.is_none());
    }
    assert!(latchkey::custody::wrapped_keys(&mut tx, &stays).await.unwrap().unwrap().wrapped_rk.is_some());
    drop(tx);
    again.db.close().await;
    assert_eq!(hits(&[database], &theirs).await, 0, "nothing of them is in the database that was put back");
}

#[tokio::test]
async fn every_table_that_says_something_of_a_resident_has_its_end() {
    let town = TestApp::start().await;
    let sql = if Database::is_postgres() {
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
    } else {
        "SELECT m.name || '.' || c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'"
    };
    let columns: Vec<String> = match &town.app.db {
        Db::Sqlite { readers, .. } => sqlx::query_scalar(sql).fetch_all(readers).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_scalar(sql).fetch_all(pool).await.unwrap(),
    };
    assert!(columns.len() > 100, "{}", columns.len());
    let about = ["resident", "principal", "delegate", "consent", "record", "grant_id"];
    for column in columns {
        let (table, name) = column.split_once('.').unwrap();
        let known = erasure::TABLES.iter().any(|known| known.name == table);
        // Tokens go with their grants.
        assert!(
            known || !about.contains(&name) || table == "oauth_token",
            "{column}: what becomes of it at an erasure?"
        );
    }
}

/// Table, the table that it points at, and what becomes of its rows when that one's go.
async fn pointers(town: &TestApp) -> Vec<(String, String, String)> {
    let sql = if Database::is_postgres() {
        "SELECT conrelid::regclass::text, confrelid::regclass::text,
                CASE confdeltype WHEN 'c' THEN 'CASCADE' ELSE 'NO ACTION' END
           FROM pg_constraint WHERE contype = 'f'"
    } else {
        "SELECT m.name, f.\"table\", f.on_delete FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) AS f
          WHERE m.type = 'table'"
    };
    match &town.app.db {
        Db::Sqlite { readers, .. } => sqlx::query_as(sql).fetch_all(readers).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_as(sql).fetch_all(pool).await.unwrap(),
    }
}

#[tokio::test]
async fn whatever_points_at_a_row_that_goes_has_gone_before_it() {
    let town = TestApp::start().await;
    let pointers = pointers(&town).await;
    assert!(pointers.len() > 20, "{}", pointers.len());
    let goes = |name: &str| {
        let mut all = erasure::TABLES.iter().enumerate();
        all.find(|(_, table)| table.name == name && table.deletes()).map(|(at, table)| (table.when, at))
    };
    assert!(goes("mandate").is_some() && goes("resident").is_none());
    for (table, target, on_delete) in pointers {
        let Some(target_goes) = goes(&target) else { continue };
        let before = goes(&table).is_some_and(|goes| goes < target_goes);
        assert!(before || on_delete == "CASCADE", "{table} holds rows of {target} back at an erasure");
    }
}

#[test]
fn no_table_goes_twice() {
    let mut seen = std::collections::HashSet::new();
    for table in erasure::TABLES.iter().filter(|table| table.deletes()) {
        assert!(seen.insert(table.name), "{} goes twice", table.name);
    }
}
