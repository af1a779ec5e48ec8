//! What a resident may ask of her record, page by page.

use askama::Template;
use latchkey::http::pages::*;

use super::sample::{Around, DAY, HOUR, NOW, RECORD};
use super::values::data;

pub fn rights(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let mine = || chrome(Some(Tab::Mine));
    let mut pages = correcting(chrome);
    let copy = CopyPage { chrome: mine(), schema: "https://latchkey.example/schemas/export-1.json".into() };
    let moving = |flat: &[&str]| MovingPage {
        chrome: mine(),
        flat: flat.iter().map(|part| (*part).to_owned()).collect(),
        apps: flat.len(),
    };
    let after = |choice, named: &str| AfterPage { chrome: mine(), choice, named: named.into() };
    let relations = latchkey::sealing::relative::RELATIONS;
    let relative = RelativePage { chrome: mine(), relations, due: NOW + 15 * DAY };
    let groups = copied(chrome).groups;
    let relatives = RelativeCopyPage { chrome: mine(), case: "8f20".into(), groups, made_at: NOW };
    pages.extend([
        ("after", after("law", "").render().unwrap()),
        ("after-named", after("named", "孙红").render().unwrap()),
        ("relative", relative.render().unwrap()),
        ("relative-copy", relatives.render().unwrap()),
        ("still-here", StillHerePage { chrome: chrome(None) }.render().unwrap()),
        ("rights", RightsPage { chrome: mine() }.render().unwrap()),
        ("copy", copy.render().unwrap()),
        ("copy-paper", copied(chrome).render().unwrap()),
        ("moving", moving(&["3 栋", "2", "502"]).render().unwrap()),
        ("moving-gone", moving(&[]).render().unwrap()),
        ("moved", MovedPage { chrome: mine(), ended: 2 }.render().unwrap()),
        ("why", why(chrome, None).render().unwrap()),
        ("why-refused", why(chrome, Some("consent_withdrawn")).render().unwrap()),
    ]);
    pages
}

fn correcting(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let mine = || chrome(Some(Tab::Mine));
    let row = |field, value: Option<&str>, checked, waiting: bool| CorrectRow {
        field,
        value: value.map(str::to_owned),
        checked,
        waiting: waiting.then(|| RECORD.to_owned()),
    };
    let list = CorrectPage {
        chrome: mine(),
        rows: vec![
            row("name", Some("欧阳*"), true, false),
            row("phone", Some("133****6030"), true, true),
            row("email", None, false, false),
            row("emergency_contact", Some("欧*"), false, false),
        ],
    };
    let form = |field, checked, wrong, text: &str| CorrectFieldPage {
        chrome: mine(),
        field,
        value: Some("133****6030".into()),
        checked,
        text: text.into(),
        evidence: String::new(),
        wrong,
        due: NOW + 15 * DAY,
    };
    let done = |value: &str, case| CorrectedPage { chrome: mine(), field: "phone", value: value.into(), case };
    vec![
        ("correct", list.render().unwrap()),
        ("correct-field", form("phone", true, None, "").render().unwrap()),
        ("correct-field-chosen", form("sex", true, None, "2").render().unwrap()),
        ("correct-field-at-once", form("email", false, None, "").render().unwrap()),
        ("correct-field-wrong", form("phone", true, Some(Wrong::Value), "12345").render().unwrap()),
        ("correct-field-unproven", form("phone", true, Some(Wrong::Evidence), "13390996031").render().unwrap()),
        ("corrected", done("13390996031", None).render().unwrap()),
        ("corrected-removed", done("", None).render().unwrap()),
        ("corrected-asked", done("13390996031", Some((RECORD.into(), NOW + 15 * DAY))).render().unwrap()),
    ]
}

fn copied(chrome: Around<'_>) -> CopyPaperPage {
    let consent = |name: &str, state| CopiedConsent {
        name: name.into(),
        purpose: "parking.book".into(),
        claims: vec!["is_resident".into(), "plate_masked".into()],
        state,
    };
    let look = |number, refused: Option<&str>| CopiedLook {
        at: NOW - HOUR,
        number,
        name: "阳光停车".into(),
        purpose: "parking.book".into(),
        claims: vec!["plate_masked".into()],
        refused: refused.map(str::to_owned),
    };
    CopyPaperPage {
        chrome: chrome(Some(Tab::Mine)),
        made_at: NOW,
        groups: data(),
        consents: vec![
            consent("阳光停车", RecordState::InForce(NOW + 61 * DAY)),
            consent("快乐优选", RecordState::Withdrawn(NOW - 20 * HOUR)),
        ],
        looks: vec![look(1204, None), look(1202, Some("consent_withdrawn"))],
        all_looks: 12,
    }
}

fn why(chrome: Around<'_>, refused: Option<&str>) -> WhyPage {
    let claim = |name: &str, need, fields: &[&str]| WhyClaim {
        name: name.into(),
        need,
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
    };
    let fact = |claim: &str| Fact { claim: claim.into(), value: None };
    WhyPage {
        chrome: chrome(Some(Tab::Book)),
        number: 1204,
        at: NOW - HOUR,
        client: "阳光停车".into(),
        refused: refused.map(str::to_owned),
        purpose: "parking.book".into(),
        claims: vec![
            claim("is_resident", "required", &["building", "room"]),
            claim("plate_masked", "optional", &["plate"]),
            claim("care_level_band", "separate", &["care_level"]),
            claim("over_18", "unknown", &["birth_date"]),
        ],
        consent: refused.is_none().then(|| WhyConsent {
            record: RECORD.into(),
            given_at: NOW - 30 * DAY,
            until: NOW + 61 * DAY,
            facts: vec![fact("is_resident"), fact("plate_masked")],
        }),
    }
}
