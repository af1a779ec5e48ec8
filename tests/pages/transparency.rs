//! What everybody may know: in the first minute, in a good month and in a bad one.

use askama::Template;
use latchkey::clock::Timestamp;
use latchkey::cosigning::{Quorum, Seen, Status, Watched};
use latchkey::http::pages::{Chrome, TransparencyPage, Tree};
use latchkey::transparency::{Card, Cell, Closed, Figures, Kept, Month};

use super::sample::{Around, DAY, HOUR, NOW};

fn month(month: &str, reads: u64, closed: Option<Closed>) -> Month {
    Month {
        month: month.into(),
        disclosures: reads,
        refusals: 38,
        given: 212,
        withdrawn: 17,
        expired: 4,
        erasures: 3,
        emergencies: 2,
        unjustified: 1,
        closed,
    }
}

fn card(client: Option<&str>, zh: &str, en: &str, reads: Cell, [deletions, answers]: [Kept; 2]) -> Card {
    Card {
        client: client.map(str::to_owned),
        name_zh: zh.into(),
        name_en: en.into(),
        reads,
        refused: Cell::WITHHELD,
        deletions,
        answers,
    }
}

fn closed() -> Closed {
    let told = Cell::Told(3_902);
    Closed {
        closed_at: NOW - 20 * DAY,
        sealings: Cell::WITHHELD,
        deletions_overdue: Cell::WITHHELD,
        answers_overdue: Cell::Told(0),
        cards: vec![
            card(Some("rp-a"), "阳光停车", "Sunshine Parking", told, [Kept::NineInTen, Kept::SomeLate]),
            card(Some("rp-b"), "幸福助餐", "Happy Meals", Cell::WITHHELD, [Kept::NothingLate, Kept::Half]),
            card(None, "", "", Cell::WITHHELD, [Kept::Fewer, Kept::NothingLate]),
        ],
    }
}

fn figures() -> Figures {
    Figures {
        made_at: NOW,
        timezone: "Asia/Shanghai".into(),
        counted: 18_204,
        unread: 0,
        behind: false,
        apps: 3,
        reviews_overdue: 1,
        months: vec![
            month("2026-11", 4_211, None),
            month("2026-10", 9_870, Some(closed())),
            month("2026-09", 9_113, Some(Closed { cards: Vec::new(), ..closed() })),
        ],
    }
}

/// What it says when somebody altered the ledger's entries, and counting stands still.
fn troubled() -> Figures {
    let months = vec![month("2026-11", 4_211, None)];
    Figures { made_at: NOW - DAY, unread: 3, behind: true, months, ..figures() }
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
    let page = |figures: Option<Figures>, status, tree| {
        let chrome = Chrome { signed_in: false, ..chrome(None) };
        let stale = figures.as_ref().is_some_and(|figures| figures.made_at < NOW);
        TransparencyPage { chrome, figures, status, tree, unsigned: None, stale }.render().unwrap()
    };
    let tree = || Some(Tree { size: 18_204, root: "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=".into() });
    let met = watched(Quorum::Met(Some(Timestamp::from_seconds(NOW))), false);
    let missing = watched(Quorum::Missing(Timestamp::from_seconds(NOW - HOUR)), true);
    let mut pages = vec![
        ("transparency", page(Some(figures()), met, tree())),
        ("transparency-missing", page(Some(figures()), missing, tree())),
        ("transparency-nobody", page(Some(troubled()), Status::Nobody, tree())),
        ("transparency-new", page(None, Status::Nobody, None)),
    ];
    pages.extend(super::witnesses::pages(chrome));
    pages
}
