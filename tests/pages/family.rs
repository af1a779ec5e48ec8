//! The pages of mandates and guardians.

use askama::Template;
use latchkey::http::pages::*;

use super::sample::{Around, DAY, NOW};

/// All of them, by name.
pub fn pages(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let around = || chrome(Some(Tab::Mine));
    let family = FamilyPage {
        chrome: around(),
        helpers: vec![row("in-force"), MandateRow { name: None, begun_at: None, ..row("waiting") }],
        helped: vec![
            MandateRow { relation: "parent".into(), kind: "guardian", ..row("in-force") },
            MandateRow { relation: "parent".into(), kind: "guardian", begun_at: None, ..row("waiting-desk") },
        ],
        ended: vec![MandateRow { name: None, ended_at: Some(NOW - DAY), ..row("principal") }],
    };
    let new = FamilyNewPage { chrome: around(), kinds: vec!["family", "temporary", "appointed"] };
    let offer = FamilyOfferPage {
        chrome: around(),
        kind: "family",
        relations: vec!["daughter", "son", "spouse"],
        rights: vec!["data", "stop", "object", "decide"],
        fields: vec![("phone".into(), false), ("document_number".into(), true), ("care_level".into(), true)],
        lengths: vec![30, 90, 180, 365],
        proposed: 180,
    };
    let offered = FamilyOfferedPage {
        chrome: around(),
        row: MandateRow { name: None, ..row("waiting") },
        link: "https://latchkey.example/mandate/hXo3Zk0n4GmT1cA8QbhXo3Zk0n4GmT1cA8Qb".into(),
        qr: "<svg viewBox=\"0 0 9 9\"><path d=\"M1 1h7v7h-7z\"/></svg>".into(),
        until: NOW + 3 * DAY,
    };
    let mandate = |principal| MandatePage {
        chrome: around(),
        row: MandateRow { conflicts: vec!["阳光停车管理有限公司".into()], ..row("in-force") },
        principal,
        acts: vec![(NOW - DAY, "停止了阳光停车".into()), (NOW - 2 * DAY, "代办的对方看了 3 次".into())],
        end: "/me/family/0a/end".into(),
    };
    let asked = MandateOfferPage {
        chrome: around(),
        row: row("waiting"),
        parties: vec!["阳光停车管理有限公司".into(), "幸福助餐服务社".into()],
        action: "/mandate/hXo3Zk0n4GmT1cA8Qb".into(),
    };
    let only = |shielded| OnlyMyselfPage { chrome: around(), shielded };
    vec![
        ("family", family.render().unwrap()),
        ("family-new", new.render().unwrap()),
        ("family-offer", offer.render().unwrap()),
        ("family-offered", offered.render().unwrap()),
        ("mandate", mandate(true).render().unwrap()),
        ("mandate-delegate", mandate(false).render().unwrap()),
        ("mandate-offer", asked.render().unwrap()),
        ("child", ChildPage { chrome: around() }.render().unwrap()),
        ("only-myself", only(false).render().unwrap()),
        ("only-myself-on", only(true).render().unwrap()),
        ("acting", OnlyMyselfPage { chrome: acting(around()), shielded: false }.render().unwrap()),
    ]
}

/// Around a page on which somebody acts for somebody, and may choose for whom.
fn acting(chrome: Chrome) -> Chrome {
    let acting = ActingFor {
        name: "张*".into(),
        kind: "family",
        until: NOW + DAY,
        shows_data: false,
        may_stop: true,
        may_object: false,
    };
    let for_whom = ForWhom { action: "/consent/0a/for".into(), others: vec![("0b".into(), "张*".into(), true)] };
    Chrome { base: "/for/0b".into(), acting: Some(acting), for_whom: Some(for_whom), ..chrome }
}

fn row(standing: &'static str) -> MandateRow {
    MandateRow {
        id: "0a".into(),
        name: Some("李*".into()),
        relation: "daughter".into(),
        kind: "family",
        rights: vec!["see", "data", "stop", "decide"],
        hidden: vec!["document_number".into(), "care_level".into()],
        conflicts: Vec::new(),
        until: NOW + 180 * DAY,
        begun_at: Some(NOW - DAY),
        standing,
        ended_at: None,
    }
}
