//! Break-glass: two of the staff open a few things of a resident in an emergency, and a third person looks at it.

use latchkey::ids::{EmergencyId, ResidentId};
use latchkey::inbox::Word;

use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::desk::Colleague;
use crate::support::town::Neighbour;

mod building;
mod hands;
mod races;
mod reading;
mod reviewing;

/// An hour, in seconds.
pub const HOUR: u64 = 3_600;

/// Alice at home, Wang Min and Li Qiang at the desk.
pub struct Story {
    pub town: TestApp,
    pub wang: Colleague,
    pub li: Colleague,
    pub alice: Neighbour,
}

pub async fn story() -> Story {
    let town = TestApp::start().await;
    let (wang, li) = (town.staff("王敏").await, town.staff("李强").await);
    let alice = town.neighbour("alice").await;
    town.index(&alice.resident).await;
    Story { town, wang, li, alice }
}

/// What is typed into the form.
pub const FALL: [(&str, &str); 5] = [
    ("reason", "medical"),
    ("words", "她没有应门，邻居听到呼救声"),
    ("case", "2027-0117"),
    ("claim", "phone_full"),
    ("claim", "home_flat"),
];

/// Somebody of the staff finds Alice and asks; the page of the emergency.
pub async fn asks(who: &mut Colleague, fields: &[(&str, &str)]) -> Answer {
    let sitting = who.finds("13805510001").await;
    let path = format!("{}/emergency", sitting.path);
    let page = who.browser.open(&path).await.expect(200);
    who.browser.confirms(&page, &path, fields, &mut who.phone).await
}

/// Somebody presses the button of a step that the passkey signs; the answer.
pub async fn signs(who: &mut Colleague, emergency: &str, step: &str, fields: &[(&str, &str)]) -> Answer {
    let page = who.browser.open(emergency).await.expect(200);
    who.browser.confirms(&page, &format!("{emergency}/{step}"), fields, &mut who.phone).await
}

/// Presses a plain button of an emergency's page, if need be past what the page offers.
pub async fn presses(who: &Colleague, emergency: &str, step: &str) -> Answer {
    let page = who.browser.open(emergency).await.expect(200);
    let answer = who.browser.post(&format!("{emergency}/{step}"), &[("csrf", page.csrf())]).await;
    who.browser.follow(answer).await
}

/// Wang Min has asked, Li Qiang has approved: the address of the emergency.
pub async fn opened(story: &mut Story) -> String {
    let page = asks(&mut story.wang, &FALL).await.expect(200);
    signs(&mut story.li, &page.path, "approve", &[]).await.expect(200);
    page.path
}

/// The id in an address.
pub fn id(path: &str) -> EmergencyId {
    EmergencyId::parse(path.rsplit('/').next().unwrap()).unwrap()
}

/// Reasons of a resident's break-glass entries, the oldest first, with their outcomes.
pub async fn entered(town: &TestApp, resident: &ResidentId) -> Vec<(String, String)> {
    let mut tx = town.app.db.read().await.unwrap();
    let (lines, _) = latchkey::custody::book::lines(&mut tx, &town.app.custody, resident, None, 1000).await.unwrap();
    let ours = lines.into_iter().rev().filter(|line| line.kind == latchkey::ledger::Kind::BreakGlass);
    ours.map(|line| (line.detail.reason, line.detail.outcome)).collect()
}

/// How often a resident was told so.
pub async fn told(town: &TestApp, resident: &ResidentId, word: Word) -> usize {
    crate::family::told(town, resident).await.into_iter().filter(|known| *known == word).count()
}
