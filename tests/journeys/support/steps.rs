//! Single steps of ceremonies, for stories in which somebody does not keep to the order; and what is known afterwards.

use std::sync::atomic::{AtomicU32, Ordering};

use latchkey::custody::book;
use latchkey::db::Db;
use latchkey::ids::ResidentId;
use latchkey::resident;
use serde_json::{Value, json};

use super::app::TestApp;
use super::browser::{Answer, Browser};
use super::forge::{Forge, Lies};
use super::town::Resident;

/// A resident whose authenticator is a [`Forge`], signed in with her browser.
pub struct Forged {
    pub resident: Resident,
    pub browser: Browser,
    pub forge: Forge,
}

impl TestApp {
    /// A resident who registered a forge, with the counter of `lies`.
    pub async fn forged(&self, name: &str, lies: &Lies) -> Forged {
        let resident = self.resident(name).await;
        let browser = self.browser();
        let mut forge = Forge::new();
        browser.forges_registration(&resident.invitation, &mut forge, lies).await.expect(200);
        Forged { resident, browser, forge }
    }

    /// The passkeys of a resident, as text to compare: their ids and last uses.
    pub async fn keys_of(&self, resident: &ResidentId) -> String {
        format!("{:?}", resident::keys(&self.app, resident).await.unwrap())
    }

    /// How many passkeys a resident has.
    pub async fn key_count(&self, resident: &ResidentId) -> usize {
        resident::keys(&self.app, resident).await.unwrap().len()
    }

    /// Runs a statement on the database behind the service's back.
    pub async fn tamper(&self, statement: &str) {
        let statement = sqlx::AssertSqlSafe(statement.to_owned());
        match &self.app.db {
            Db::Sqlite { writer, .. } => drop(sqlx::query(statement).execute(writer).await.unwrap()),
            Db::Postgres(pool) => drop(sqlx::query(statement).execute(pool).await.unwrap()),
        }
    }

    /// The reasons of a resident's entries, the newest first.
    pub async fn entries_of(&self, resident: &ResidentId) -> Vec<String> {
        let mut tx = self.app.db.read().await.unwrap();
        let (lines, _) = book::lines(&mut tx, &self.app.custody, resident, None, 1000).await.unwrap();
        lines.into_iter().map(|line| line.detail.reason).collect()
    }
}

impl Browser {
    /// Begins the ceremony of a page: its options.
    pub async fn begins(&self, page: &Answer) -> Value {
        let (begin, _, csrf) = page.ceremony();
        self.post_json(&begin, &csrf, &json!({ "csrf": csrf })).await.expect(200).json()
    }

    /// Finishes the ceremony of a page with an answer.
    pub async fn finishes(&self, page: &Answer, answer: &Value) -> Answer {
        let (_, finish, csrf) = page.ceremony();
        self.post_json(&finish, &csrf, answer).await
    }

    /// The registration of an invitation, with lies.
    pub async fn forges_registration(&self, invitation: &str, forge: &mut Forge, lies: &Lies) -> Answer {
        let page = self.open(&format!("/invitation/{invitation}")).await.expect(200);
        let options = self.begins(&page).await;
        let made = forge.create(&options, lies);
        self.finishes(&page, &made).await
    }

    /// A sign-in with lies.
    pub async fn forges_sign_in(&self, forge: &Forge, lies: &Lies) -> Answer {
        let page = self.open("/sign-in?again=1").await.expect(200);
        let options = self.begins(&page).await;
        self.finishes(&page, &forge.get(&options, lies)).await
    }

    /// Whether this browser is signed in.
    pub async fn is_in(&self) -> bool {
        self.get("/me/passkeys").await.status == 200
    }
}

/// A name that nobody in town has yet.
pub fn somebody() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("居民{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
