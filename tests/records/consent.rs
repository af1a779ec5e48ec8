//! Consent is given and ended in the order of the log.

use latchkey::consent::{self, Given, Notice, State, Withdrawal};
use latchkey::ids::{ClientId, ResidentId};
use latchkey::ledger::verify::Finding;
use latchkey::{ledger, vault};

use crate::town::Town;

async fn give(town: &Town, resident: &ResidentId, claims: &[&str], months: u8) -> consent::Record {
    let app = &town.app;
    let given = Given {
        resident,
        client: &ClientId::parse("rp-a").unwrap(),
        purpose: app.catalogue.purpose("parking.book").unwrap(),
        claims: claims.iter().map(|claim| (*claim).to_owned()).collect(),
        refused: vec!["building_no".to_owned()],
        lowered: std::collections::BTreeMap::new(),
        acts: Vec::new(),
        length: latchkey::claims::Length::Months(months),
        notice: Notice {
            language: "zh-Hans",
            text: "阳光停车想看您的信息".to_owned(),
            rendered: "00".to_owned(),
            recipient: "阳光停车".to_owned(),
            controller: "李经理".to_owned(),
            contact: "0551".to_owned(),
        },
        subject: "pairwise",
        by: &latchkey::ledger::By::Resident,
        request: &town.request(),
    };
    let mut tx = app.db.begin().await.unwrap();
    let mut head = ledger::hold(&mut tx).await.unwrap();
    let record = consent::give(&mut tx, app, &mut head, given).await.unwrap();
    head.commit(tx).await.unwrap();
    record
}

async fn states(town: &Town, resident: &ResidentId) -> Vec<State> {
    let mut tx = town.app.db.read().await.unwrap();
    consent::of_resident(&mut tx, resident).await.unwrap().iter().map(|record| record.state).collect()
}

async fn assert_current_is_what_the_events_give(town: &Town) {
    let mut tx = town.app.db.read().await.unwrap();
    for rebuilt in consent::rebuilt(&mut tx).await.unwrap() {
        assert_eq!(consent::current(&mut tx, &rebuilt.id).await.unwrap(), Some(rebuilt));
    }
}

#[tokio::test]
async fn a_consent_lasts_until_the_same_day_months_later_and_not_a_second_longer() {
    let town = Town::start().await;
    let alice = town.resident(&[("name", "张三")]).await;
    let record = give(&town, &alice, &["is_resident"], 3).await;
    // 2026-11-22 16:00 in Shanghai; three months later is 2027-02-22 16:00.
    assert_eq!(record.valid_until, 1_803_283_200);
    let rest = u64::try_from(record.valid_until - town.app.now().seconds()).unwrap();
    town.turn(rest - 1);
    assert_eq!(record.in_force(town.app.now()), Ok(()));
    town.turn(1);
    assert_eq!(record.in_force(town.app.now()), Err("consent_expired"));
}

#[tokio::test]
async fn a_new_consent_supersedes_the_old_one() {
    let town = Town::start().await;
    let alice = town.resident(&[("name", "张三")]).await;
    give(&town, &alice, &["is_resident"], 3).await;
    town.turn(1);
    let second = give(&town, &alice, &["is_resident", "plate_masked"], 3).await;
    assert_eq!(states(&town, &alice).await, [State::Given, State::Superseded]);
    let mut tx = town.app.db.read().await.unwrap();
    let client = ClientId::parse("rp-a").unwrap();
    let now = town.app.now();
    let in_force = consent::in_force(&mut tx, &alice, &client, "parking.book", now).await.unwrap();
    assert_eq!(in_force, Some(second));
    drop(tx);
    assert_current_is_what_the_events_give(&town).await;
}

#[tokio::test]
async fn a_withdrawal_counts_once_and_only_for_ones_own_records() {
    let town = Town::start().await;
    let (alice, bob) = (town.resident(&[("name", "张三")]).await, town.resident(&[("name", "李四")]).await);
    let record = give(&town, &alice, &["is_resident"], 3).await;
    let request = town.request();
    let by = |who: ResidentId| {
        let (app, id, request) = (town.app.clone(), record.id.clone(), request.clone());
        async move { consent::withdraw(&app, &who, &id, &latchkey::ledger::By::Resident, &request).await.unwrap() }
    };
    assert_eq!(by(bob).await, Withdrawal::Unknown);
    assert!(matches!(by(alice.clone()).await, Withdrawal::Done(_, 3)));
    assert!(matches!(by(alice.clone()).await, Withdrawal::EndedBefore(_)));
    assert_eq!(states(&town, &alice).await, [State::Withdrawn]);
    assert_current_is_what_the_events_give(&town).await;
    let finding = vault::verify::verify(&town.app.db, &town.app.custody).await.unwrap();
    // Two imports, one consent, one withdrawal.
    assert!(matches!(finding, Finding::Whole { entries: 4, .. }), "{finding:?}");
}

#[tokio::test]
async fn the_sweeper_enters_what_ran_out_once() {
    let town = Town::start().await;
    let alice = town.resident(&[("name", "张三")]).await;
    give(&town, &alice, &["is_resident"], 1).await;
    assert_eq!(consent::expire(&town.app).await.unwrap(), 0);
    town.turn(40 * 86_400);
    assert_eq!(consent::expire(&town.app).await.unwrap(), 1);
    assert_eq!(consent::expire(&town.app).await.unwrap(), 0);
    assert_eq!(states(&town, &alice).await, [State::Expired]);
    assert_current_is_what_the_events_give(&town).await;
}

#[tokio::test]
async fn the_receipt_is_a_jws_that_only_the_residents_key_opens() {
    let town = Town::start().await;
    let alice = town.resident(&[("name", "张三")]).await;
    let record = give(&town, &alice, &["is_resident"], 3).await;
    let mut tx = town.app.db.read().await.unwrap();
    let body = consent::body(&mut tx, &town.app, &record).await.unwrap().unwrap();
    assert_eq!((body.recipient.as_str(), body.refused.as_slice()), ("阳光停车", &["building_no".to_owned()][..]));
    assert_eq!(body.receipt.split('.').count(), 3);
}
