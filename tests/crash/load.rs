//! The mixed load: residents who give and withdraw, apps that redeem and read.

use std::sync::Arc;

use tokio::task::JoinHandle;

use crate::journal::{Consent, Journal};
use crate::support::TestApp;
use crate::support::browser::Browser;
use crate::support::partner::Partner;

/// A resident with her browser, and the app she deals with.
#[derive(Clone)]
pub struct Person {
    number: usize,
    browser: Browser,
    pub partner: Arc<Partner>,
}

impl Person {
    pub async fn new(town: &TestApp, name: &str, client: &str) -> Self {
        let number = usize::from(client.as_bytes()[3] - b'a');
        let browser = town.neighbour(name).await.browser;
        Self { number, browser, partner: Arc::new(town.partner(client).await) }
    }
}

/// The workers of one person: herself, and two that read.
pub fn run(person: &Person, journal: &Journal) -> Vec<JoinHandle<()>> {
    vec![
        tokio::spawn(give_and_withdraw(person.clone(), journal.clone())),
        tokio::spawn(read(person.clone(), journal.clone())),
        tokio::spawn(read(person.clone(), journal.clone())),
    ]
}

async fn give_and_withdraw(person: Person, journal: Journal) {
    for round in 0.. {
        let code = person.browser.agrees(&person.partner.pushed(&[]).await, &["plate_masked"]).await;
        let tokens = person.partner.redeems(&code).await.expect(200);
        let token = tokens.member("access_token");
        journal.token_came(person.number, &token);
        journal.code_was_used(person.number, &code);
        // Every third consent stays until the next one takes its place, or the service dies.
        if round % 3 != 2 {
            let page = person.browser.open("/me/apps").await.expect(200);
            let action = stop_action(&page.body);
            journal.consent_is(&token, Consent::InDoubt);
            person.browser.submit(&page, &action, &[]).await.expect(200);
            journal.consent_is(&token, Consent::Withdrawn);
        }
    }
}

fn stop_action(page: &str) -> String {
    let end = page.find("/stop\"").expect("an app to stop");
    let begin = page[..end].rfind("/me/apps/").unwrap();
    format!("{}/stop", &page[begin..end])
}

async fn read(person: Person, journal: Journal) {
    while !crate::process::is_killed() {
        let Some(held) = journal.newest(person.number) else {
            tokio::task::yield_now().await;
            continue;
        };
        let answer = person.partner.reads("/vault/claims", &held.token).await;
        assert!(matches!(answer.status.as_u16(), 200 | 403), "{}: {}", answer.status, answer.body);
        journal.note(&answer);
    }
}
