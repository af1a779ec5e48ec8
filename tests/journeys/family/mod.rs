//! Acting for somebody: mandates from offer to end, and guardians of minors.

mod behalf;
mod guardians;
mod hands;
mod mandates;

use latchkey::consent::{self, Record};
use latchkey::ids::ResidentId;
use latchkey::inbox::{self, Word};

use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::town::Neighbour;

/// What a daughter is usually given: everything, with little hidden.
pub const EVERYTHING: [(&str, &str); 6] = [
    ("relation", "daughter"),
    ("right", "data"),
    ("right", "stop"),
    ("right", "decide"),
    ("hidden", "document_number"),
    ("days", "180"),
];

/// Offers a mandate; the path of its link.
pub async fn offers(principal: &mut Neighbour, kind: &str, terms: &[(&str, &str)]) -> String {
    let path = format!("/me/family/new/{kind}");
    let form = principal.browser.open(&path).await.expect(200);
    let shown = principal.browser.confirms(&form, &path, terms, &mut principal.phone).await.expect(200);
    assert!(shown.body.contains("<svg"), "the link as a QR code: {}", shown.text());
    link_on(&shown)
}

/// The path of the link on a page.
pub fn link_on(page: &Answer) -> String {
    let link = page.text().split_whitespace().find(|word| word.contains("/mandate/")).unwrap().to_owned();
    link.strip_prefix(crate::support::app::ISSUER).unwrap().to_owned()
}

/// Accepts the offer of a link; where the delegate's pages begin.
pub async fn accepts(delegate: &mut Neighbour, link: &str) -> String {
    let offer = delegate.browser.open(link).await.expect(200);
    let page = delegate.browser.confirms(&offer, link, &[], &mut delegate.phone).await.expect(200);
    page.path.replace("/me/family/", "/for/")
}

/// The consents of a resident, the newest first.
pub async fn consents(town: &TestApp, resident: &ResidentId) -> Vec<Record> {
    consent::of_resident(&mut town.app.db.read().await.unwrap(), resident).await.unwrap()
}

/// What a resident was told, the newest first.
pub async fn told(town: &TestApp, resident: &ResidentId) -> Vec<Word> {
    let messages = inbox::latest(&mut town.app.db.read().await.unwrap(), resident, 100).await.unwrap();
    messages.into_iter().filter_map(|message| message.word).collect()
}

/// Actors and reasons of a resident's entries, the newest first.
pub async fn acts(town: &TestApp, resident: &ResidentId) -> Vec<(String, String)> {
    let mut tx = town.app.db.read().await.unwrap();
    let (lines, _) = latchkey::custody::book::lines(&mut tx, &town.app.custody, resident, None, 1000).await.unwrap();
    lines.into_iter().map(|line| (line.detail.actor, line.detail.reason)).collect()
}
