//! Residents of the town, as an import leaves them behind: a sealed record, and an invitation in the letter box.

use std::collections::BTreeMap;

use latchkey::crypto::random;
use latchkey::ids::ResidentId;
use latchkey::vault::NewRecord;
use latchkey::{ledger, resident, vault};

use super::app::{ISSUER, TestApp};
use super::browser::{Answer, Browser};
use super::passkey::SoftPasskey;

/// A resident who was imported.
#[derive(Clone)]
pub struct Resident {
    pub id: ResidentId,
    /// The token of her invitation.
    pub invitation: String,
    /// Her record.
    pub fields: BTreeMap<&'static str, String>,
}

/// A resident with a passkey, signed in with her own browser.
pub struct Neighbour {
    pub resident: Resident,
    pub browser: Browser,
    pub phone: SoftPasskey,
}

impl TestApp {
    /// Imports a resident: `alice` (张丽华, 1962), `bob` (李明, 1990), or anybody else after them.
    pub async fn resident(&self, name: &str) -> Resident {
        let id: ResidentId = random::id().unwrap();
        let record = NewRecord { resident: id.clone(), fields: fields(name) };
        let fields = record.fields.clone();
        let now = self.app.now();
        let mut tx = self.app.db.begin().await.unwrap();
        let mut head = ledger::hold(&mut tx).await.unwrap();
        resident::admit(&mut tx, &id, now).await.unwrap();
        vault::admit(&mut tx, &self.app, &mut head, &[record]).await.unwrap();
        let invitation = resident::invite(&mut tx, &self.app.custody, &id, now).await.unwrap();
        head.commit(tx).await.unwrap();
        Resident { id, invitation: invitation.token.expose().to_owned(), fields }
    }

    /// Imports a resident, and has her follow her invitation with a phone of her own.
    pub async fn neighbour(&self, name: &str) -> Neighbour {
        let resident = self.resident(name).await;
        let browser = self.browser();
        let mut phone = SoftPasskey::new();
        browser.enrols(&resident.invitation, &mut phone).await.expect(200);
        Neighbour { resident, browser, phone }
    }
}

impl SoftPasskey {
    /// An empty phone, for this service.
    pub fn new() -> Self {
        Self::at(ISSUER)
    }
}

impl Browser {
    /// Follows an invitation to the page after it.
    pub async fn enrols(&self, invitation: &str, phone: &mut SoftPasskey) -> Answer {
        let page = self.open(&format!("/invitation/{invitation}")).await.expect(200);
        self.registers(&page, phone).await
    }

    /// Runs the registration of a page, and opens where it leads; or gives the answer that refused.
    pub async fn registers(&self, page: &Answer, phone: &mut SoftPasskey) -> Answer {
        let (begin, finish, csrf) = page.ceremony();
        let options = self.post_json(&begin, &csrf, &serde_json::json!({ "csrf": csrf })).await;
        if !options.status.is_success() {
            return options;
        }
        let made = phone.create(&options.json()).await.expect("the phone makes a passkey");
        let finished = self.post_json(&finish, &csrf, &made).await;
        self.led_on(finished).await
    }

    /// Signs in on the sign-in page, and opens where it leads; or gives the answer that refused.
    pub async fn signs_in(&self, phone: &mut SoftPasskey) -> Answer {
        let page = self.open("/sign-in?again=1").await.expect(200);
        self.signs_in_on(&page, phone).await
    }

    /// As [`Self::signs_in`], on a page that is open already.
    pub async fn signs_in_on(&self, page: &Answer, phone: &mut SoftPasskey) -> Answer {
        let (begin, finish, csrf) = page.ceremony();
        let options = self.post_json(&begin, &csrf, &serde_json::json!({ "csrf": csrf })).await;
        if !options.status.is_success() {
            return options;
        }
        let shown = phone.get(&options.json()).await.expect("the phone shows its passkey");
        let finished = self.post_json(&finish, &csrf, &shown).await;
        self.led_on(finished).await
    }

    async fn led_on(&self, finished: Answer) -> Answer {
        if !finished.status.is_success() {
            return finished;
        }
        let next = finished.json()["next"].as_str().unwrap().to_owned();
        self.open(&next).await
    }
}

fn fields(name: &str) -> BTreeMap<&'static str, String> {
    let (full, document, sex, born, phone, room, plate, note) = match name {
        "alice" => {
            ("张丽华", "340104196203152344", "female", "1962-03-15", "13805510001", "502", "皖A12123", "低盐饮食")
        }
        "bob" => ("李明", "340104199007081234", "male", "1990-07-08", "13905510002", "1201", "皖A88456", ""),
        "granny" => ("王桂英", "", "female", "1944-02-01", "13605510004", "101", "", ""),
        other => (other, "", "male", "1985-01-31", "13705510003", "301", "", ""),
    };
    let pairs = [
        ("name", full),
        ("document_type", if document.is_empty() { "" } else { "id_card" }),
        ("document_number", document),
        ("sex", sex),
        ("birth_date", born),
        ("phone", phone),
        ("building", "3"),
        ("unit", "2"),
        ("room", room),
        ("relation", "owner"),
        ("plate", plate),
        ("note", note),
        ("care_level", if name == "granny" { "2" } else { "" }),
        ("language", "zh-Hans"),
    ];
    pairs.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (key, value.to_owned())).collect()
}
