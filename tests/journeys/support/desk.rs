//! People of the service centre, signed in at the console.

use latchkey::ids::PersonId;
use latchkey::people::{self, Role};

use super::app::TestApp;
use super::browser::Browser;
use super::passkey::SoftPasskey;

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
