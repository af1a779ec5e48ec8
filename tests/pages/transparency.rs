//! What everybody may know: in the first minute, in a good month and in a bad one.

use askama::Template;
use latchkey::clock::Timestamp;
use latchkey::cosigning::{Quorum, Seen, Status, Watched};
use latchkey::http::pages::{Chrome, TransparencyPage, Tree};
use latchkey::transparency::{Card, Cell, Figures, Kept, Month, Overdue};

use super::sample::{Around, DAY, HOUR, NOW};

const FEW: Cell = Cell::Few { fewer_than: 10 };

fn month(month: &str, reads: u64) -> Month {
    Month {
        month: month.into(),
        disclosures: reads,
        refusals: 38,
        given: 212,
        withdrawn: 17,
        emergencies: 2,
        unjustified: 1,
        sealings: FEW,
        erasures: Cell::Exact(0),
    }
}

fn card(zh: &str, en: &str, reads: Cell, deletions: Kept) -> Card {
    Card {
        client: "rp-a".into(),
        name_zh: zh.into(),
        name_en: en.into(),
        reads,
        refused: FEW,
        deletions,
        answers: Kept::of(4, 1),
    }
}

fn figures() -> Figures {
    Figures {
        made_at: NOW,
        timezone: "Asia/Shanghai".into(),
        counted: 18_204,
        apps: 3,
        consents: Cell::Exact(1_204),
        overdue: Overdue { deletions: FEW, answers: Cell::Exact(0), reviews: 1 },
        months: vec![month("2026-11", 4_211), month("2026-10", 9_870)],
        cards: vec![
            card("阳光停车", "Sunshine Parking", Cell::Exact(3_902), Kept::of(31, 2)),
            card("幸福助餐", "Happy Meals", Cell::Hidden { hidden: true }, Kept::of(3, 0)),
            card("社区图书角", "Book Corner", FEW, Kept::of(0, 0)),
        ],
    }
}

fn seen(name: &str, missing: bool) -> Seen {
    Seen {
        name: name.into(),
        key: "witness.example+0f1e2d3c+BAAA".into(),
        size: 18_204,
        cosigned_at: Some(Timestamp::from_seconds(NOW - if missing { DAY } else { 20 })),
        missing_since: missing.then(|| Timestamp::from_seconds(NOW - DAY)),
        trouble: None,
        disputes: None,
    }
}

fn watched(quorum: Quorum, missing: bool) -> Status {
    let witnesses = vec![seen("居民委员会", false), seen("业主委员会", missing)];
    Status::Watched(Watched { quorum, least: 2, witnesses })
}

/// Every state of the page, by name.
pub fn pages(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let page = |figures, status, tree| {
        let chrome = Chrome { signed_in: false, ..chrome(None) };
        TransparencyPage { chrome, figures, status, tree, unsigned: None }.render().unwrap()
    };
    let tree = || Some(Tree { size: 18_204, root: "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=".into() });
    let met = watched(Quorum::Met(Some(Timestamp::from_seconds(NOW))), false);
    let missing = watched(Quorum::Missing(Timestamp::from_seconds(NOW - HOUR)), true);
    let mut pages = vec![
        ("transparency", page(Some(figures()), met, tree())),
        ("transparency-missing", page(Some(figures()), missing, tree())),
        ("transparency-nobody", page(Some(Figures { cards: Vec::new(), ..figures() }), Status::Nobody, tree())),
        ("transparency-new", page(None, Status::Nobody, None)),
    ];
    pages.extend(super::witnesses::pages(chrome));
    pages
}
