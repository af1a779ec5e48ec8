//! When what a witness remembers is not what this ledger says; and when what a witness says is worth nothing.

use latchkey::clock::Clock;
use latchkey::cosigning::{self, Status, Trouble, Warning};
use latchkey::custody::checkpointer;
use latchkey::ledger::checkpoint::{self, Checkpoint};
use latchkey::witness::request::body;
use tlog_tiles::tlog::Hash;

use super::{Watched, policy};
use crate::support::witness::Watch;

async fn trouble(watched: &Watched) -> Vec<Option<Trouble>> {
    let app = &watched.town.app;
    match cosigning::status(&mut app.db.read().await.unwrap(), app).await.unwrap() {
        Status::Watched(watched) => watched.witnesses.into_iter().map(|seen| seen.trouble).collect(),
        Status::Nobody => panic!("nobody watches"),
    }
}

async fn warning(watched: &Watched) -> Option<Warning> {
    let app = &watched.town.app;
    cosigning::warning(app).await.unwrap()
}

impl Watched {
    /// Shows a witness another tree of so many entries, signed with this ledger's own key.
    async fn shows_another_tree(&self, to: usize, size: u64) {
        let custody = &*self.town.app.custody;
        let other = Checkpoint { size, root: Hash([7; 32]) };
        let note = checkpoint::sign(custody.origin(), &other, custody).unwrap();
        assert_eq!(self.witnesses[to].add(body(0, &[], &note)).await.status, 200, "it saw nothing before");
    }

    async fn size(&self) -> u64 {
        self.town.count("ledger_entry").await.cast_unsigned()
    }
}

#[tokio::test]
async fn a_ledger_that_is_behind_what_a_witness_saw_is_not_served_and_residents_are_told_at_once() {
    let watched = Watched::start(2, 1).await;
    let alice = watched.town.neighbour("alice").await;
    watched.shows_another_tree(0, watched.size().await + 5).await;
    watched.round().await;
    assert_eq!(trouble(&watched).await, [Some(Trouble::Ahead), None]);
    assert_eq!(warning(&watched).await, Some(Warning::Disputed), "though the other one is quorum enough");
    let page = alice.browser.open("/me").await.expect(200);
    assert!(page.text().contains("和它先前看到的不一样"), "{}", page.text());

    let app = watched.restarted(|_| {}).await;
    let refused = cosigning::check_at_start(&app).await.unwrap_err().to_string();
    assert!(refused.contains("put back"), "{refused}");
}

#[tokio::test]
async fn what_a_witness_said_against_the_ledger_stays_said_when_it_cannot_be_reached_until_it_signs_again() {
    let mut watched = Watched::start(2, 1).await;
    let alice = watched.town.neighbour("alice").await;
    watched.shows_another_tree(0, watched.size().await + 5).await;
    watched.round().await;
    let since = watched.town.app.now();
    // Whoever put the database back would rather have it away.
    watched.witnesses[0].dies().await;
    watched.minutes(3).await;
    assert_eq!(trouble(&watched).await, [Some(Trouble::Away), None]);
    assert_eq!(warning(&watched).await, Some(Warning::Disputed));
    assert!(alice.browser.open("/me").await.expect(200).text().contains("和它先前看到的不一样"));
    let told = watched.town.browser().get("/transparency.json").await.expect(200).json();
    assert_eq!(told["witnesses"]["each"][0]["disputes_since"], since.seconds(), "since when it first said so: {told}");
    assert!(told["witnesses"]["each"][1]["disputes_since"].is_null());

    // Another witness under the same key would be its own fault; here it saw this ledger after all, and signs it.
    let (key, clock) = (watched.log_key(), watched.town.app.clock.clone());
    let place = format!("{}.checkpoint", latchkey::witness::memory::name(watched.town.app.custody.origin()));
    for file in [place.as_str(), "memory"] {
        std::fs::remove_file(watched.witnesses[0].folder().join(file)).unwrap();
    }
    std::fs::write(watched.witnesses[0].folder().join("memory"), "").unwrap();
    watched.witnesses[0].comes_back(vec![key], &clock).await;
    watched.minutes(1).await;
    assert_eq!((trouble(&watched).await, warning(&watched).await), (vec![None, None], None));
}

#[tokio::test]
async fn a_ledger_of_which_a_witness_saw_another_tree_is_not_served() {
    let watched = Watched::start(2, 2).await;
    watched.town.neighbour("alice").await;
    watched.shows_another_tree(0, watched.size().await).await;
    watched.shows_another_tree(1, 2).await;
    watched.round().await;
    // The one saw this very size, with another root; the other one a smaller tree that is no beginning of this one.
    assert_eq!(trouble(&watched).await, [Some(Trouble::Forked), Some(Trouble::Forked)]);
    assert_eq!(watched.town.count("ledger_cosignature").await, 0);
    let app = watched.restarted(|_| {}).await;
    assert!(cosigning::check_at_start(&app).await.unwrap_err().to_string().contains("another tree"));
}

#[tokio::test]
async fn a_cosignature_that_is_kept_holds_the_database_to_its_checkpoint() {
    let mut watched = Watched::start(1, 1).await;
    watched.town.neighbour("alice").await;
    watched.round().await;
    // Nobody can be asked; what is kept is enough.
    watched.witnesses[0].dies().await;
    cosigning::check_at_start(&watched.restarted(|_| {}).await).await.unwrap();
    // The last checkpoint is custody's to check; this is one before it.
    let size = watched.town.number("SELECT MAX(size) FROM ledger_cosignature").await;
    watched.town.neighbour("bob").await;
    checkpointer::catch_up(&watched.town.app.db, &watched.town.app.custody, watched.town.app.now()).await.unwrap();
    let custody = &*watched.town.app.custody;
    let other = Checkpoint { size: size.cast_unsigned(), root: Hash([7; 32]) };
    let note = checkpoint::sign(custody.origin(), &other, custody).unwrap();
    watched.town.force(&format!("UPDATE ledger_checkpoint SET note = '{note}' WHERE size = {size}")).await;
    let refused = cosigning::check_at_start(&watched.restarted(|_| {}).await).await.unwrap_err().to_string();
    assert!(refused.contains("a cosignature that is kept"), "{refused}");
}

#[tokio::test]
async fn a_witness_with_another_key_or_another_clock_or_none_counts_for_nothing() {
    let mut watched = Watched::start(4, 1).await;
    watched.town.neighbour("alice").await;
    let (key, clock) = (watched.log_key(), watched.town.app.clock.clone());
    // The first has another key than the policy says: somebody else answers at its address.
    let address = watched.witnesses[0].address;
    watched.witnesses[0].dies().await;
    let stranger = Watch::start_at(address, "witness.example/w1", vec![key.clone()], &clock).await;
    // The clock of the second is an hour off, the third witnesses another log, the fourth is gone.
    let late = Clock::by_hand(clock.now().minus(std::time::Duration::from_secs(3_600)));
    watched.witnesses[1].dies().await;
    watched.witnesses[1].comes_back(vec![key.clone()], &late).await;
    let other = crate::support::log::Log::new("latchkey/ffffffffffffffffffffffffffffffff").key();
    watched.witnesses[2].dies().await;
    watched.witnesses[2].comes_back(vec![other], &clock).await;
    watched.witnesses[3].dies().await;
    watched.round().await;
    let all = [Trouble::BadSignature, Trouble::Clock, Trouble::Unknown, Trouble::Away].map(Some);
    assert_eq!(trouble(&watched).await, all);
    assert_eq!(watched.town.count("ledger_cosignature").await, 0);
    assert_eq!(warning(&watched).await, None, "it is not 15 minutes yet");
    drop(stranger);
}

#[tokio::test]
async fn whoever_changes_the_policy_or_takes_it_away_leaves_an_entry() {
    let watched = Watched::start(2, 2).await;
    watched.town.neighbour("alice").await;
    watched.round().await;
    let path = watched.town.app.config.witnesses.policy.clone();
    let weaker = policy(&watched.witnesses, 1);
    std::fs::write(&path, &weaker).unwrap();
    let app = watched.restarted(|_| {}).await;
    cosigning::check_at_start(&app).await.unwrap();
    cosigning::check_at_start(&app).await.unwrap();
    assert_eq!(watched.told().await, ["witness_policy", "witness_policy"], "once for each change");
    let app = watched.restarted(|config| config.witnesses.policy = "".into()).await;
    cosigning::check_at_start(&app).await.unwrap();
    assert_eq!(watched.told().await[2..], ["witness_policy_ended"]);
    let status = cosigning::status(&mut app.db.read().await.unwrap(), &app).await.unwrap();
    assert_eq!(status, Status::Nobody);

    // A policy for another ledger is a mistake, not a policy; so is one that does not read.
    for wrong in [format!("log {}\n{weaker}", crate::support::log::Log::new("x").key()), "quorum".to_owned()] {
        std::fs::write(&path, wrong).unwrap();
        let config = latchkey::config::Config::clone(&watched.town.app.config);
        assert!(latchkey::app::App::open(config, watched.town.app.clock.clone()).await.is_err());
    }
}
