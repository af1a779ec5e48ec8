//! Sheets to print, and what is said to whoever scans one.

use askama::Template;
use latchkey::http::pages::*;

use super::sample::{Around, DAY, HOUR, NOW, RECORD};

/// What proves a sheet, with a code as the service draws it.
pub fn proof() -> Proof {
    let link = format!("/verify/{}", "hXo3-_9Q".repeat(9) + "AAAA");
    let qr = latchkey::paper::qr(&format!("https://latchkey.example{link}")).unwrap();
    Proof { qr, link, printed_at: NOW }
}

pub fn paper(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let receipt = PaperReceiptPage {
        chrome: chrome(Some(Tab::Apps)),
        record: RECORD.into(),
        name: "阳光停车".into(),
        controller: "合肥阳光停车服务有限公司".into(),
        contact: "李经理 0551-6000-0088".into(),
        purpose: "parking.book".into(),
        claims: vec!["is_resident".into(), "plate_masked".into()],
        refused: vec!["building_no".into()],
        given_at: NOW - 30 * DAY,
        state: RecordState::InForce(NOW + 61 * DAY),
        proof: proof(),
    };
    let row = |name: &str, purpose: &str, claims: &[&str]| PaperApp {
        name: name.into(),
        purpose: purpose.into(),
        claims: claims.iter().map(|claim| (*claim).to_owned()).collect(),
        until: NOW + 90 * DAY,
    };
    let apps = vec![
        row("阳光停车", "parking.book", &["is_resident", "plate_masked"]),
        row("Wellbeing Notices", "notice.deliver", &["is_resident", "language"]),
    ];
    let list = |apps| PaperAppsPage { chrome: chrome(Some(Tab::Apps)), apps, proof: proof() };
    let consent = || PaperConsent {
        name: "阳光停车".into(),
        purpose: "parking.book".into(),
        claims: 2,
        given_at: NOW - 30 * DAY,
        until: NOW + 61 * DAY,
    };
    let verify = |paper| VerifyPage { chrome: Chrome { signed_in: false, ..chrome(None) }, paper };
    let seen = |kind, state, consent| Some(Paper { kind, printed_at: NOW - HOUR, state, consent });
    let receipt_seen = |state| verify(seen(PaperKind::Receipt, state, Some(consent()))).render().unwrap();
    let other = |kind, state| verify(seen(kind, state, None)).render().unwrap();
    vec![
        ("paper-receipt", receipt.render().unwrap()),
        ("paper-apps", list(apps).render().unwrap()),
        ("paper-apps-none", list(Vec::new()).render().unwrap()),
        ("verify", receipt_seen(PaperState::Holds)),
        ("verify-paused", receipt_seen(PaperState::Paused)),
        ("verify-over", receipt_seen(PaperState::Over)),
        ("verify-apps", other(PaperKind::Apps, PaperState::Holds)),
        ("verify-apps-over", other(PaperKind::Apps, PaperState::Over)),
        ("verify-codes", other(PaperKind::Codes, PaperState::Holds)),
        ("verify-codes-over", other(PaperKind::Codes, PaperState::Over)),
        ("verify-not-ours", verify(None).render().unwrap()),
    ]
}
