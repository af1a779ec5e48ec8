//! The question of an app that asks for what she never gives.

use askama::Template;
use latchkey::http::pages::{Asked, AskedClaim, Chrome, ConsentPage};

use super::sample::asks;

/// Her telephone is nobody's business, and neither is her health.
pub fn one(chrome: Chrome) -> String {
    let optional = vec![AskedClaim::kept_back("phone_masked")];
    let sensitive = vec![AskedClaim::kept_back("care_level_band")];
    page(chrome, Asked { optional, sensitive, ..asks("幸福助餐") })
}

/// … and the service cannot do without it.
pub fn blocked(chrome: Chrome) -> String {
    page(chrome, Asked { required: vec![AskedClaim::kept_back("phone_masked")], ..asks("幸福助餐") })
}

fn page(chrome: Chrome, asked: Asked) -> String {
    ConsentPage { chrome, action: "/consent/8c1e".into(), asked }.render().unwrap()
}
