//! What every page says when too few witnesses see the ledger, or nobody signs it, on one that is short.

use askama::Template;
use latchkey::clock::Timestamp;
use latchkey::cosigning::Warning;
use latchkey::http::pages::{Chrome, MinePage, Tab, WitnessWarning};

use super::sample::{Around, DAY, HOUR, NOW};

/// The page, for each of the warnings.
pub fn pages(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let page = |warning| {
        let chrome = Chrome { witnesses: Some(WitnessWarning(warning)), ..chrome(Some(Tab::Mine)) };
        MinePage { chrome, name: Some("欧阳*".into()), unread: 0, passkeys: 2 }.render().unwrap()
    };
    let before = |span| Timestamp::from_seconds(NOW - span);
    vec![
        ("witness-missing", page(Warning::Missing(before(HOUR)))),
        ("witness-stopped", page(Warning::Stopped(before(DAY + HOUR)))),
        ("witness-disputed", page(Warning::Disputed)),
        ("ledger-contradicted", page(Warning::Contradicted(before(HOUR)))),
        ("ledger-unsigned", page(Warning::Unsigned(before(HOUR)))),
        ("ledger-unsigned-stopped", page(Warning::UnsignedStopped(before(DAY + HOUR)))),
    ]
}
