//! People of the service centre, signed in at the console.

use latchkey::custody::book;
use latchkey::ids::{PersonId, ResidentId};
use latchkey::ledger::Kind;
use latchkey::people::{self, Role};

use super::app::TestApp;
use super::browser::{Answer, Browser};
use super::passkey::SoftPasskey;
use super::town::Resident;

/// A member of staff or an auditor, with a browser and a passkey for work.
pub struct Colleague {
    pub id: PersonId,
    pub browser: Browser,
    pub phone: SoftPasskey,
}

impl TestApp {
    /// Somebody the operator invited, who followed the link.
    pub async fn colleague(&self, role: Role, name: &str) -> Colleague {
        let invited = people::invite(&self.app, role, name).await.unwrap();
        let browser = self.browser();
        let mut phone = SoftPasskey::new();
        let page = browser.open(&format!("/desk/invitation/{}", invited.token.expose())).await.expect(200);
        browser.registers(&page, &mut phone).await.expect(200);
        Colleague { id: invited.person.id, browser, phone }
    }

    /// A member of staff.
    pub async fn staff(&self, name: &str) -> Colleague {
        self.colleague(Role::Staff, name).await
    }
}

impl Colleague {
    /// Signs in (again) at the console.
    pub async fn signs_in(&mut self) {
        let page = self.browser.open("/desk/sign-in?again=1").await.expect(200);
        self.browser.signs_in_on(&page, &mut self.phone).await.expect(200);
    }

    /// Whether this browser is signed in at the console.
    pub async fn is_in(&self) -> bool {
        self.browser.get("/desk").await.status == 200
    }
}

impl Colleague {
    /// Finds the one resident of a document or phone number; the page of the sitting.
    pub async fn finds(&self, number: &str) -> Answer {
        let page = self.browser.open("/desk").await.expect(200);
        let found = self.browser.submit(&page, "/desk/find", &[("number", number)]).await.expect(200);
        assert!(found.path.starts_with("/desk/sitting/"), "{}", found.text());
        found
    }

    /// Finds somebody by name, birth date and flat; the page of the sitting.
    pub async fn finds_person(&self, name: &str, born: &str, building: &str, unit: &str, room: &str) -> Answer {
        let page = self.browser.open("/desk").await.expect(200);
        let fields = [("name", name), ("born", born), ("building", building), ("unit", unit), ("room", room)];
        let found = self.browser.submit(&page, "/desk/find", &fields).await.expect(200);
        assert!(found.path.starts_with("/desk/sitting/"), "{}", found.text());
        found
    }

    /// Prepares a consent to what a partner may ask for, with nothing optional; the page of the act.
    pub async fn prepares_consent(&self, sitting: &Answer, client: &str) -> Answer {
        let path = format!("{}/consent?client={client}&purpose=parking.book", sitting.path);
        let page = self.browser.open(&path).await.expect(200);
        self.browser.submit(&page, &format!("{}/prepare", sitting.path), &[("length", "1m")]).await.expect(200)
    }
}

impl TestApp {
    /// A resident with the marks of an import in the blind indexes.
    pub async fn known(&self, name: &str) -> Resident {
        let resident = self.resident(name).await;
        self.index(&resident).await;
        resident
    }

    /// Marks a resident in the blind indexes, as the import does.
    pub async fn index(&self, resident: &Resident) {
        let field = |name: &str| resident.fields.get(name).cloned().unwrap_or_default();
        let person =
            [field("name"), field("birth_date"), field("building"), field("unit"), field("room")].join("\u{0}");
        let values = [("document", field("document_number")), ("phone", field("phone")), ("fingerprint", person)];
        for (index, value) in values.into_iter().filter(|(_, value)| !value.is_empty()) {
            let digest = self.app.custody.blind_index(index, &value).unwrap();
            self.force(&format!(
                "INSERT INTO resident_index (field, digest, resident) VALUES ('{index}', '{digest}', '{}') \
                 ON CONFLICT DO NOTHING",
                resident.id
            ))
            .await;
        }
    }

    /// The kinds of a resident's entries, the newest first.
    pub async fn kinds_of(&self, resident: &ResidentId) -> Vec<Kind> {
        let mut tx = self.app.db.read().await.unwrap();
        let (lines, _) = book::lines(&mut tx, &self.app.custody, resident, None, 1000).await.unwrap();
        lines.into_iter().map(|line| line.kind).collect()
    }
}
