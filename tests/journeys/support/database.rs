//! A database for each service: a file, or on PostgreSQL a copy of one that was migrated once.

use std::path::Path;

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tokio::sync::OnceCell;

/// A fresh database; dropping it removes it.
pub struct Database {
    /// For the settings.
    pub url: String,
    postgres: Option<Postgres>,
}

struct Postgres {
    server: String,
    name: String,
}

impl Database {
    /// On SQLite a file in `folder`; on PostgreSQL (`TEST_DATABASE_URL` names a database of a server where we may
    /// make others) a database of its own.
    pub async fn fresh(folder: &Path) -> Self {
        let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
            return Self { url: format!("sqlite:{}", folder.join("latchkey.db").display()), postgres: None };
        };
        let template = template(&server).await;
        let name = format!("journey_{}", random_hex());
        say(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { url: with_name(&server, &name), postgres: Some(Postgres { server, name }) }
    }

    /// Whether the stories run on PostgreSQL.
    pub fn is_postgres() -> bool {
        std::env::var("TEST_DATABASE_URL").is_ok()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some(Postgres { server, name }) = self.postgres.take() else { return };
        // The story's runtime is ending; a runtime of its own cleans up.
        let cleaning = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(say(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
        });
        let _ = cleaning.join();
    }
}

/// The migrated template of this test run.
async fn template(server: &str) -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let name = format!("template_{}", std::process::id());
            say(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
            say(server, &format!("CREATE DATABASE {name}")).await;
            let db = latchkey::db::Db::open(&with_name(server, &name)).await.unwrap();
            db.migrate().await.unwrap();
            db.close().await;
            name
        })
        .await
}

async fn say(server: &str, sql: &str) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}

/// The URL with another database's name: the path is replaced, a query (`?host=/socket`) stays.
fn with_name(server: &str, name: &str) -> String {
    let (front, query) = server.split_once('?').map_or((server, None), |(front, query)| (front, Some(query)));
    let (base, _) = front.rsplit_once('/').unwrap();
    query.map_or_else(|| format!("{base}/{name}"), |query| format!("{base}/{name}?{query}"))
}

fn random_hex() -> String {
    hex::encode(latchkey::crypto::random::bytes::<8>().unwrap())
}
