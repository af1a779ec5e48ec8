//! The protocol's cases, each named after its row (docs/conformance.md).

mod client_authentication;
mod client_secrets;
mod codes;

mod conformance;
mod device_pages;
mod device_races;
mod devices;
mod discovery_members;
mod ends;
mod fapi;
mod grant_management;
mod grant_races;
mod hanging_up;
mod hostile_input;
mod introspection;
mod introspection_races;
mod limits;
mod limits_and_neighbours;
mod limits_of_people;
mod metadata;
mod narrowing;
mod nonces;
mod proofs;
mod protected;
mod published_keys;
mod push;
mod races;
mod redirects;
mod redirects_registered;
mod refresh_races;
mod refreshing;
mod registration;
mod resources;
mod rotation;
mod rs256;
mod sign_in_asked;
mod step_up;
mod tokens;

pub use fapi::payload;

use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::partner::Partner;
use crate::support::town::Neighbour;

/// A town with a partner `rp-a`, and `alice`, who is signed in.
pub struct Scene {
    pub town: TestApp,
    pub a: Partner,
    pub alice: Neighbour,
}

pub async fn scene() -> Scene {
    let town = TestApp::start().await;
    let a = town.partner("rp-a").await;
    let alice = town.neighbour("alice").await;
    Scene { town, a, alice }
}

impl Scene {
    /// Alice gives `rp-a` her plate, masked; the code.
    pub async fn code(&self) -> String {
        self.code_after(&[]).await
    }

    /// As [`Self::code`], with some parameters of the pushed request changed.
    pub async fn code_after(&self, changes: &[(&str, &str)]) -> String {
        let address = self.a.pushed(changes).await;
        self.alice.browser.agrees(&address, &["plate_masked"]).await
    }

    /// The answer of the token endpoint to a good code.
    pub async fn tokens(&self) -> Answer {
        self.a.redeems(&self.code().await).await.expect(200)
    }

    /// Nobody may do anything with this code any more.
    pub async fn assert_is_dead(&self, code: &str) {
        self.a.redeems(code).await.refused(400, "invalid_grant");
    }
}
