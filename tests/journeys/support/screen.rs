//! Screens without a keyboard, and what residents do with their codes.

use reqwest::StatusCode;

use super::app::TestApp;
use super::browser::{Answer, Browser};
use super::keys::with;
use super::partner::Partner;

/// The grant type (RFC 8628 §3.4).
pub const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";

impl TestApp {
    /// Registers `tv-d`, a partner whose screens stand in lobbies.
    pub async fn screen(&self) -> Partner {
        let screen = self.unregistered("tv-d");
        self.register(&on_screens(&screen)).await;
        screen
    }

    /// Registers `tv-p`, a public client: an app on televisions, which only signs residents in.
    pub async fn television(&self) -> Partner {
        let television = self.client("tv-p", "http://127.0.0.1:49152/cb", true);
        self.register(&on_screens(&television)).await;
        television
    }
}

/// The manifest of a client that nobody is sent back to.
pub fn on_screens(client: &Partner) -> String {
    let manifest = client.manifest();
    let line = manifest.lines().find(|line| line.starts_with("redirect_uris")).unwrap();
    manifest.replace(line, &format!("grant_types = [\"{DEVICE}\", \"refresh_token\"]"))
}

impl Partner {
    /// What a screen asks, without authentication.
    pub fn screen_asks(&self) -> Vec<(String, String)> {
        let kept = |name: &str| ["scope", "authorization_details"].contains(&name);
        let mut asks: Vec<_> = self.request().into_iter().filter(|(name, _)| kept(name)).collect();
        asks.push(("device_name".to_owned(), "3 号楼大堂屏".to_owned()));
        asks
    }

    /// Starts, with some parameters changed.
    pub async fn starts(&self, changes: &[(&str, &str)]) -> Answer {
        let form = with(&self.screen_asks(), changes);
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.asks("/device_authorization", &form).await
    }

    /// Starts; device code and user code.
    pub async fn shows_a_code(&self) -> (String, String) {
        let started = self.starts(&[]).await.expect(200);
        (started.member("device_code"), started.member("user_code"))
    }

    /// Polls, with some parameters added.
    pub async fn polls(&self, device_code: &str, changes: &[(&str, &str)]) -> Answer {
        self.asks("/token", &[&[("grant_type", DEVICE), ("device_code", device_code)], changes].concat()).await
    }
}

impl Browser {
    /// Types a code on the page for it; where that leads.
    pub async fn enters(&self, code: &str) -> Answer {
        let page = self.open("/device").await.expect(200);
        self.submit(&page, "/device", &[("code", code)]).await
    }

    /// Types a code and answers the question; the page that says what came of it.
    pub async fn answers_screen(&self, code: &str, decision: &str, claims: &[&str]) -> Answer {
        let page = self.enters(code).await.expect(200);
        self.answers(&page, decision, claims).await
    }

    /// Answers the question of a page that is open already.
    pub async fn answers(&self, page: &Answer, decision: &str, claims: &[&str]) -> Answer {
        let fields: Vec<_> = claims.iter().map(|claim| ("claim", *claim)).chain([("decision", decision)]).collect();
        self.submit(page, &page.path, &fields).await
    }
}

impl Answer {
    /// Asserts the question of a screen that shows this code.
    #[track_caller]
    pub fn asks_about(self, code: &str) -> Self {
        assert_eq!(self.status, StatusCode::OK, "{}: {}", self.path, self.text());
        assert!(self.path.starts_with("/device/") && self.text().contains(code), "{}: {}", self.path, self.text());
        self
    }
}
