//! No decision is farther than three presses from the home page (a link, a button; what is typed or ticked does not count).

use std::collections::{HashMap, VecDeque};

use crate::support::TestApp;
use crate::support::town::Neighbour;

/// The presses that lead from `/me` to each page of the resident, by links alone: breadth first.
async fn distances(of: &Neighbour) -> HashMap<String, (usize, String)> {
    let mut seen: HashMap<String, (usize, String)> = HashMap::new();
    let mut next = VecDeque::from([("/me".to_owned(), 0)]);
    while let Some((path, presses)) = next.pop_front() {
        if seen.contains_key(&path) || presses > 2 {
            continue;
        }
        let page = of.browser.open(&path).await;
        if page.status != 200 || !page.header("content-type").starts_with("text/html") {
            continue;
        }
        for link in page.body.split("<a ").skip(1).filter_map(|tag| tag.split("href=\"").nth(1)?.split('"').next()) {
            let link = link.split('#').next().unwrap_or_default().replace("&amp;", "&");
            if link.starts_with("/me") || link.starts_with("/device") {
                next.push_back((link, presses + 1));
            }
        }
        seen.insert(path, (presses, page.body));
    }
    seen
}

#[tokio::test]
async fn no_decision_is_more_than_three_presses_from_the_home_page() {
    for mode in ["standard", "large"] {
        // Where there is a way to be reached besides, it can be switched.
        let town = TestApp::start_with(|config| config.notices.webhook = "https://sms.test/".to_owned()).await;
        let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
        let home = alice.browser.open("/me").await.expect(200);
        alice.browser.submit(&home, "/preferences", &[("mode", mode)]).await.expect(200);
        let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
        let token = parking.redeems(&code).await.expect(200).member("access_token");
        parking.reads("/vault/claims", &token).await.expect(200);

        let pages = distances(&alice).await;
        // The form's address ends so; the press on its button is the last one.
        for decision in [
            "/stop",
            "/pause",
            "/recovery-codes",
            "/sessions/end-others",
            "/inbox/seen",
            "/inbox/ways",
            "/cases",
            "/erasure",
            "/family/new/family",
            "/rights/move/out",
            "/rights/correct/phone",
            "/sign-out",
        ] {
            let presses = pages
                .values()
                .filter(|(_, body)| {
                    let actions = body.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
                    let ceremonies = body.split("data-begin=\"").skip(1).filter_map(|rest| rest.split('"').next());
                    actions
                        .chain(ceremonies)
                        .any(|action| action.split('?').next().unwrap_or_default().ends_with(decision))
                })
                .map(|(presses, _)| presses + 1)
                .min();
            assert!(presses.is_some_and(|presses| presses <= 3), "{mode}: {decision} takes {presses:?} presses");
        }
    }
}
