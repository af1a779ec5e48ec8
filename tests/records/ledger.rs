//! The ledger tells of everything, and of every tampering.

use latchkey::app::App;
use latchkey::clock::Clock;
use latchkey::crypto::random;
use latchkey::custody::{book, checkpointer};
use latchkey::fault::Fault;
use latchkey::ledger::Kind;
use latchkey::ledger::verify::Finding;
use latchkey::vault;

use crate::town::{START, Town};

const ALICE: &[(&str, &str)] =
    &[("name", "张三"), ("plate", "皖A12345"), ("birth_date", "1960-01-02"), ("building", "3栋")];

fn broken_at(finding: &Finding) -> Option<u64> {
    match finding {
        Finding::Broken { position, .. } => *position,
        Finding::Whole { .. } => panic!("found whole"),
    }
}

async fn verify(town: &Town) -> Finding {
    vault::verify::verify(&town.app.db, &town.app.custody).await.unwrap()
}

/// A town whose ledger has twelve entries, ten of them under a checkpoint.
async fn town_with_history() -> Town {
    let town = Town::start().await;
    let alice = town.resident(ALICE).await;
    town.resident(&[("name", "李四")]).await;
    for look in 0..10 {
        if look == 8 {
            assert_eq!(town.checkpoint().await, 10);
        }
        vault::look(&town.app, &alice, &latchkey::ledger::By::Resident, &["name".into()], town.request())
            .await
            .unwrap();
    }
    town
}

#[tokio::test]
async fn a_ledger_nobody_touched_verifies() {
    let town = town_with_history().await;
    let Finding::Whole { entries, covered, .. } = verify(&town).await else { panic!("broken") };
    assert_eq!((entries, covered), (12, 10));
    town.checkpoint().await;
    assert!(matches!(verify(&town).await, Finding::Whole { entries: 12, covered: 12, .. }));
}

#[tokio::test]
async fn a_look_opens_just_what_was_asked_and_stands_in_the_book() {
    let town = Town::start().await;
    let alice = town.resident(ALICE).await;
    let fields = vault::look(&town.app, &alice, &latchkey::ledger::By::Resident, &["plate".into()], town.request())
        .await
        .unwrap();
    assert_eq!(fields.into_iter().collect::<Vec<_>>(), [("plate".to_owned(), "皖A12345".to_owned())]);

    let mut tx = town.app.db.read().await.unwrap();
    let (lines, count) = book::lines(&mut tx, &town.app.custody, &alice, None, 50).await.unwrap();
    assert_eq!(count, 2);
    assert_eq!(lines.iter().map(|line| line.kind).collect::<Vec<_>>(), [Kind::SelfView, Kind::Write]);
    assert_eq!((lines[0].detail.at, lines[0].detail.claims.as_slice()), (START.millis(), &["plate".to_owned()][..]));
}

#[tokio::test]
async fn an_entry_whose_leaf_was_changed_is_named() {
    let town = town_with_history().await;
    town.tamper("UPDATE ledger_entry SET leaf = (SELECT leaf FROM ledger_entry WHERE position = 4) WHERE position = 3")
        .await;
    assert_eq!(broken_at(&verify(&town).await), Some(3));
}

#[tokio::test]
async fn an_entry_whose_detail_was_changed_is_named() {
    let town = town_with_history().await;
    town.tamper(
        "UPDATE ledger_entry SET detail = (SELECT detail FROM ledger_entry WHERE position = 6) WHERE position = 5",
    )
    .await;
    assert_eq!(broken_at(&verify(&town).await), Some(5));
}

#[tokio::test]
async fn an_entry_whose_review_was_changed_is_named() {
    let town = town_with_history().await;
    town.tamper(
        "UPDATE ledger_entry SET review = (SELECT review FROM ledger_entry WHERE position = 6) WHERE position = 7",
    )
    .await;
    assert_eq!(broken_at(&verify(&town).await), Some(7));
}

#[tokio::test]
async fn an_entry_that_was_taken_out_is_named() {
    let town = town_with_history().await;
    town.tamper("DELETE FROM ledger_entry WHERE position = 2").await;
    assert_eq!(broken_at(&verify(&town).await), Some(2));
}

#[tokio::test]
async fn a_tail_that_was_cut_off_is_missed() {
    let town = town_with_history().await;
    town.checkpoint().await;
    town.tamper("DELETE FROM ledger_entry WHERE position = 11").await;
    town.tamper("UPDATE ledger_head SET size = 11").await;
    assert_eq!(broken_at(&verify(&town).await), Some(11));
}

#[tokio::test]
async fn an_older_ciphertext_put_back_is_found() {
    let town = town_with_history().await;
    town.tamper(
        "UPDATE vault_field SET sealed = (SELECT sealed FROM vault_field AS other WHERE other.field = 'plate')
          WHERE field = 'birth_date'",
    )
    .await;
    assert_eq!(broken_at(&verify(&town).await), Some(0));
}

#[tokio::test]
async fn a_database_put_back_to_before_a_checkpoint_is_refused_at_start() {
    let town = town_with_history().await;
    town.checkpoint().await;
    town.tamper("DELETE FROM ledger_entry WHERE position = 11").await;
    town.tamper("UPDATE ledger_head SET size = 11").await;
    let refused = App::open(town.config.clone(), Clock::by_hand(START)).await.unwrap_err();
    assert!(matches!(refused, Fault::Ledger(_)), "{refused}");
}

#[tokio::test]
async fn a_tree_that_contradicts_what_was_signed_gets_no_signature() {
    let town = town_with_history().await;
    town.tamper("DELETE FROM ledger_checkpoint").await;
    town.tamper("DELETE FROM ledger_hash").await;
    town.tamper("UPDATE ledger_entry SET leaf = (SELECT leaf FROM ledger_entry WHERE position = 4) WHERE position = 3")
        .await;
    let refused = App::open(town.config.clone(), Clock::by_hand(START)).await.unwrap_err();
    assert!(matches!(refused, Fault::Ledger(_)), "{refused}");
}

#[tokio::test]
async fn keys_of_another_installation_are_refused() {
    let town = town_with_history().await;
    let mut config = town.config.clone();
    config.keys.folder = town.folder.path().join("other-keys");
    let refused = App::open(config, Clock::by_hand(START)).await.unwrap_err();
    assert!(matches!(refused, Fault::Key(_)), "{refused}");
}

#[tokio::test]
async fn keys_that_others_can_read_are_refused() {
    use std::os::unix::fs::PermissionsExt;
    let town = Town::start().await;
    let root = town.config.keys.folder.join("root.key");
    std::fs::set_permissions(&root, std::fs::Permissions::from_mode(0o640)).unwrap();
    let refused = App::open(town.config.clone(), Clock::by_hand(START)).await.unwrap_err();
    assert!(matches!(refused, Fault::Key(_)), "{refused}");
}

#[tokio::test]
async fn the_same_keys_open_the_same_records_after_a_restart() {
    let town = town_with_history().await;
    let (again, waiting) = App::open(town.config.clone(), Clock::by_hand(START)).await.unwrap();
    tokio::spawn(vault::gate::run(again.clone(), waiting));
    assert!(matches!(
        vault::verify::verify(&again.db, &again.custody).await.unwrap(),
        Finding::Whole { entries: 12, covered: 12, .. }
    ));
}

#[tokio::test]
async fn a_counter_that_was_put_back_hides_nothing() {
    let town = Town::start().await;
    let alice = town.resident(ALICE).await;
    vault::look(&town.app, &alice, &latchkey::ledger::By::Resident, &["name".into()], town.request()).await.unwrap();
    town.tamper("UPDATE resident_key SET counter = counter - 1").await;
    assert_eq!(broken_at(&verify(&town).await), Some(1));
    let mut tx = town.app.db.read().await.unwrap();
    let refused = book::lines(&mut tx, &town.app.custody, &alice, None, 50).await.unwrap_err();
    assert!(matches!(refused, Fault::Ledger(_)), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_walk_beside_a_busy_service_finds_nothing_broken() {
    let town = Town::start().await;
    let alice = town.resident(ALICE).await;
    let app = town.app.clone();
    let busy = tokio::spawn(async move {
        for round in 0..300 {
            vault::look(&app, &alice, &latchkey::ledger::By::Resident, &["name".into()], random::id().unwrap())
                .await
                .unwrap();
            if round % 10 == 0 {
                checkpointer::catch_up(&app.db, &app.custody, app.now()).await.unwrap();
            }
        }
    });
    while !busy.is_finished() {
        let finding = verify(&town).await;
        assert!(matches!(finding, Finding::Whole { .. }), "{finding:?}");
    }
    busy.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_record_costs_nobody_else_the_answer() {
    let town = Town::start().await;
    let (alice, bob) = (town.resident(ALICE).await, town.resident(&[("name", "李四")]).await);
    town.tamper("UPDATE resident_key SET wrapped_lk = wrapped_rk WHERE resident IN (SELECT resident FROM vault_field WHERE field = 'plate')")
        .await;
    let look = |who: &latchkey::ids::ResidentId| {
        let (app, who) = (town.app.clone(), who.clone());
        tokio::spawn(async move {
            vault::look(&app, &who, &latchkey::ledger::By::Resident, &["name".into()], random::id().unwrap())
                .await
                .is_ok()
        })
    };
    let looks: Vec<_> = (0..100).map(|n| (n % 2 == 0, look(if n % 2 == 0 { &bob } else { &alice }))).collect();
    for (bobs, look) in looks {
        assert_eq!(look.await.unwrap(), bobs);
    }
}
