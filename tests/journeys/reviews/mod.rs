//! Auditors at work: searching, counting, writing down, and asking who somebody is.

use latchkey::ledger::{self, Detail, Leaf, Review, leaf_hash};
use latchkey::people::Role;

use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::desk::Colleague;

mod altered;
mod files;
mod names;
mod outside;
mod overview;
mod search;

/// The newest entry: its leaf's kind, its review, and its detail if it is about nobody.
pub async fn newest(town: &TestApp) -> (u8, Review, Option<Detail>) {
    let mut tx = town.app.db.read().await.unwrap();
    let size = ledger::size(&mut tx).await.unwrap();
    let entry = ledger::entries_from(&mut tx, size - 1, 1).await.unwrap().remove(0);
    let review = Review::decode(&town.app.custody.open_review(&entry).unwrap()[32..]).unwrap();
    let leaf = Leaf::decode(&entry.leaf).unwrap();
    assert_eq!(leaf_hash(&entry.leaf).0.len(), 32);
    (leaf.kind.number(), review, town.app.custody.open_nobodys(&entry).unwrap())
}

/// The newest entry but for the lists that were looked at since.
pub async fn newest_act(town: &TestApp) -> (u8, Review, Option<Detail>) {
    let mut tx = town.app.db.read().await.unwrap();
    let size = ledger::size(&mut tx).await.unwrap();
    let last = ledger::entries_from(&mut tx, size.saturating_sub(8), 8).await.unwrap();
    let read = |entry: &ledger::Stored| {
        let review = Review::decode(&town.app.custody.open_review(entry).unwrap()[32..]).unwrap();
        (Leaf::decode(&entry.leaf).unwrap().kind.number(), review, town.app.custody.open_nobodys(entry).unwrap())
    };
    last.iter().rev().map(read).find(|(_, review, _)| !review.reason.ends_with("_listed")).unwrap()
}

/// How many entries there are.
pub async fn size(town: &TestApp) -> u64 {
    ledger::size(&mut town.app.db.read().await.unwrap()).await.unwrap()
}

/// An auditor.
pub async fn auditor(town: &TestApp, name: &str) -> Colleague {
    town.colleague(Role::Auditor, name).await
}

/// The first address of a page that begins so.
pub fn link(page: &Answer, begin: &str) -> String {
    let from = format!("href=\"{begin}");
    let at = page.body.find(&from).unwrap_or_else(|| panic!("no {begin} in {}", page.body));
    page.body[at + 6..].split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&")
}

/// How many lines a table of entries has.
pub fn lines(page: &Answer) -> usize {
    page.body.matches("<th scope=\"row\"><a href=\"/desk/reviews/entry/").count()
}
