//! What a resident decides when an app asks: how much, for how long, one sensitive thing at a time, and not now.

mod changed;
mod forms;
mod noes;
mod own;

use serde_json::Value;

use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::partner::Partner;
use crate::support::town::Neighbour;

/// What a care service asks of 王桂英, who lives alone.
pub const CARE: &str = r#"[{"type":"cn-community-data","purpose":"elder.care","items":[{"claim":"care_level_band"},{"claim":"phone_masked"}]}]"#;

/// The same as parameters.
pub const ASKS: [(&str, &str); 2] = [("scope", "openid cc:elder.care"), ("authorization_details", CARE)];

/// A town with a parking app and a care service.
pub struct Scene {
    pub town: TestApp,
    pub parking: Partner,
    pub care: Partner,
    pub granny: Neighbour,
}

pub async fn scene() -> Scene {
    let town = TestApp::start().await;
    let parking = town.partner("rp-a").await;
    let care = town.unregistered("rp-e");
    town.register(&care.manifest().replace("parking.book", "elder.care").replace("甲停车", "幸福助餐")).await;
    let granny = town.neighbour("granny").await;
    Scene { town, parking, care, granny }
}

impl Scene {
    /// What an app reads with a code that it was given.
    pub async fn reads(&self, app: &Partner, code: &str) -> Value {
        let token = app.redeems(code).await.expect(200).member("access_token");
        app.reads("/vault/claims", &token).await.expect(200).json()["claims"].clone()
    }

    /// The state of every record of hers, the newest first.
    pub async fn consents(&self) -> Vec<latchkey::consent::Record> {
        let mut tx = self.town.app.db.read().await.unwrap();
        latchkey::consent::of_resident(&mut tx, &self.granny.resident.id).await.unwrap()
    }

    /// The care service's question, open in her browser.
    pub async fn question(&self) -> Answer {
        self.granny.browser.open(&self.care.pushed(&ASKS).await).await.expect(200)
    }
}
