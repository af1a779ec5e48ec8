//! The pages of an erasure.

use latchkey::http::pages::*;

use super::sample::{Around, DAY, NOW};

/// Before it is asked for, and in the seven days.
pub fn erasure(chrome: Around<'_>) -> (ErasePage, ErasingPage) {
    let fields = ["name", "document_number", "birth_date", "phone", "building", "plate"];
    let erase = ErasePage {
        chrome: chrome(Some(Tab::Mine)),
        due_at: NOW + 7 * DAY,
        fields: fields.map(str::to_owned).to_vec(),
        passkeys: 2,
        apps: vec!["阳光停车".into(), "幸福助餐".into()],
        details_until: NOW + 190 * DAY,
        copies_until: NOW + 37 * DAY,
    };
    let erasing = ErasingPage {
        chrome: Chrome { erases_at: Some(NOW + 6 * DAY), ..chrome(Some(Tab::Mine)) },
        begun_at: NOW - DAY,
        due_at: NOW + 6 * DAY,
        address: "https://latchkey.example/erased/hXo3Zk0n4GmT1cA8Qb".into(),
        qr: "/erased/hXo3Zk0n4GmT1cA8Qb/qr".into(),
    };
    (erase, erasing)
}

/// For whoever has the address.
pub fn erased_page(chrome: Around<'_>, standing: ErasedStanding) -> ErasedPage {
    ErasedPage {
        chrome: Chrome { signed_in: false, ..chrome(None) },
        standing,
        at: NOW - DAY,
        fields: 12,
        passkeys: 2,
        consents: 3,
        details_until: NOW + 183 * DAY,
        details_gone_at: None,
        copies_until: NOW + 30 * DAY,
        entry: 1290,
        certificate: Some("eyJhbGciOiJFUzI1NiIsInR5cCI6ImVyYXN1cmUtY2VydGlmaWNhdGUrand0In0.eyJpc3MiOiJo".into()),
        download: "/erased/hXo3Zk0n4GmT1cA8Qb/certificate".into(),
    }
}
