//! The pages of an emergency: asked for, approved, opened, reviewed; and the resident's own.

use askama::Template;
use latchkey::http::pages::desk::*;
use latchkey::http::pages::{MyEmergenciesPage, MyEmergency, Tab};
use latchkey::people::Role;

use super::sample::{Around, DAY, HOUR, NOW};

fn frame(chrome: Around<'_>, role: Role) -> Frame {
    Frame { chrome: chrome(None), name: "王敏".into(), role: Some(role), place: Some(Place::Emergencies) }
}

fn row(state: &'static str, building: bool) -> EmergencyRow {
    EmergencyRow {
        id: "e3a1".into(),
        who: if building { String::new() } else { "张* · 1962 · 3-2-502".into() },
        building: building.then(|| "3栋".into()),
        reason: if building { "fire".into() } else { "medical".into() },
        case: "2027-0117".into(),
        asked_by: "李强".into(),
        asked_at: NOW - HOUR,
        state,
        review_due: (state != "asked").then_some(NOW + 2 * DAY),
        overdue: false,
        altered: false,
    }
}

fn one(chrome: Around<'_>, state: &'static str, building: bool) -> EmergencyPage {
    let is = |wanted: &str| state == wanted;
    EmergencyPage {
        frame: frame(chrome, if is("to-review") { Role::Auditor } else { Role::Staff }),
        row: row(state, building),
        words: "她没有应门，邻居听到呼救声。".into(),
        claims: ["name_masked", "phone_full", "home_flat"].map(str::to_owned).to_vec(),
        until: NOW + 600,
        approved: (!is("asked")).then(|| ("赵芳".into(), NOW - HOUR)),
        ends_at: (!is("asked")).then_some(NOW + 1_200),
        reads: if is("asked") { (0, 0) } else { (1, 2) },
        reviewed: is("reviewed").then(|| ("陈静".into(), NOW, "justified", "救护车记录相符。".into())),
        own: false,
        may_approve: is("asked"),
        may_end: is("asked") || is("open"),
        may_read: is("open"),
        may_review: is("to-review"),
    }
}

/// Every page of an emergency, by name.
pub fn pages(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let list = |blocked, rows| EmergenciesPage { frame: frame(chrome, Role::Staff), blocked, is_staff: true, rows };
    let rows = vec![
        row("asked", false),
        row("open", true),
        EmergencyRow { overdue: true, ..row("to-review", false) },
        row("reviewed", false),
    ];
    let claims = ["name_masked", "phone_full", "contact_name", "contact_phone", "home_flat", "care_level_band"];
    let claims = claims.map(str::to_owned).to_vec();
    let ask = |who: Option<String>, blocked| EmergencyAskPage {
        frame: frame(chrome, Role::Staff),
        action: "/desk/emergencies/building".into(),
        back: "/desk/emergencies".into(),
        who,
        blocked,
        reasons: vec!["medical", "fire", "missing", "danger", "other"],
        claims: claims.clone(),
    };
    let value = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let read = EmergencyReadPage {
        frame: frame(chrome, Role::Staff),
        id: "e3a1".into(),
        about: "张* · 1962 · 3-2-502".into(),
        people: vec![(1_204, vec![value("手机号", "13805510001"), value("房号", "3-2-502")])],
        missing: 1,
        ends_at: NOW + 1_200,
    };
    let mut altered = one(chrome, "to-review", false);
    altered.row = EmergencyRow { altered: true, reason: "unread".into(), case: String::new(), ..altered.row };
    let mine = |listed, finding| MyEmergency {
        at: NOW - DAY,
        hands: ("李强".into(), "赵芳".into()),
        reason: "medical".into(),
        case: "2027-0117".into(),
        claims: vec!["phone_full".into(), "home_flat".into()],
        reads: 2,
        by_list: listed,
        finding,
    };
    let own =
        |listed, rows| MyEmergenciesPage { chrome: chrome(Some(Tab::Mine)), listed, claims: claims.clone(), rows };
    vec![
        ("desk-emergencies", list(false, rows).render().unwrap()),
        ("desk-emergencies-blocked", list(true, Vec::new()).render().unwrap()),
        ("desk-emergency-ask", ask(Some("张* · 1962 · 3-2-502".into()), false).render().unwrap()),
        ("desk-emergency-ask-building", ask(None, false).render().unwrap()),
        ("desk-emergency-ask-blocked", ask(None, true).render().unwrap()),
        ("desk-emergency-asked", one(chrome, "asked", false).render().unwrap()),
        ("desk-emergency-open", one(chrome, "open", true).render().unwrap()),
        ("desk-emergency-to-review", one(chrome, "to-review", false).render().unwrap()),
        ("desk-emergency-altered", altered.render().unwrap()),
        ("desk-emergency-reviewed", one(chrome, "reviewed", false).render().unwrap()),
        ("desk-emergency-read", read.render().unwrap()),
        ("my-emergencies", own(Some(true), vec![mine(false, Some("justified")), mine(true, None)]).render().unwrap()),
        ("my-emergencies-none", own(Some(false), Vec::new()).render().unwrap()),
        ("my-emergencies-moved", own(None, Vec::new()).render().unwrap()),
    ]
}
