//! Enough witnesses, too few, and enough again: what anybody can fetch, what residents read, and when reads stop.

use latchkey::app::App;
use latchkey::config::{Config, Network};
use latchkey::cosigning::{self, Quorum, Status};
use latchkey::custody::checkpointer;
use latchkey::ledger::cosignature::{Cosignature, Cosigner};
use latchkey::ledger::policy::Policy;
use latchkey::ledger::proof::Inclusion;
use latchkey::ledger::{checkpoint, proof as proofs};

use super::{Watched, policy};
use crate::support::TestApp;
use crate::support::browser::Browser;
use crate::support::receiver::Receiver;

async fn status(watched: &Watched) -> cosigning::Watched {
    let app = &watched.town.app;
    match cosigning::status(&mut app.db.read().await.unwrap(), app).await.unwrap() {
        Status::Watched(watched) => watched,
        Status::Nobody => panic!("nobody watches"),
    }
}

/// Two witnesses had to cosign, and did; then one died, and the ledger grew. The checkpoint that both cosigned, too.
async fn one_is_left() -> (Watched, String) {
    let mut watched = Watched::start(2, 2).await;
    watched.town.neighbour("alice").await;
    watched.round().await;
    let complete = watched.town.browser().get("/ledger/checkpoint/witnessed").await.expect(200).body;
    watched.witnesses[0].dies().await;
    watched.town.neighbour("bob").await;
    watched.minutes(1).await;
    (watched, complete)
}

/// Text and signature lines of a note.
fn parts(note: &str) -> (String, String) {
    let (text, lines) = note.rsplit_once("\n\n").unwrap();
    (format!("{text}\n"), lines.to_owned())
}

#[tokio::test]
async fn a_checkpoint_goes_out_with_the_cosignatures_of_its_witnesses_and_so_does_each_proof() {
    let watched = Watched::start(3, 2).await;
    let town = &watched.town;
    let anybody = town.browser();
    assert_eq!(status(&watched).await.quorum, Quorum::Met(None), "they were not asked yet");
    town.neighbour("alice").await;
    anybody.get("/ledger/checkpoint/witnessed").await.expect(404);
    watched.round().await;

    let note = anybody.get("/ledger/checkpoint").await.expect(200).body;
    let (text, lines) = parts(&note);
    let checkpoint = checkpoint::verify(town.app.custody.origin(), watched.log_key().bytes(), note.as_bytes()).unwrap();
    assert_eq!(lines.lines().count(), 4, "the ledger and three witnesses: {lines}");
    for watch in &watched.witnesses {
        let cosignature = Cosignature::find(&lines, &watch.key, text.as_bytes()).unwrap();
        assert_eq!(cosignature.at().seconds(), town.app.now().seconds());
    }
    let policy = Policy::parse(&policy(&watched.witnesses, 2)).unwrap();
    assert!(policy.is_cosigned(text.as_bytes(), &lines), "anybody judges it by the same policy");
    assert_eq!(anybody.get("/ledger/checkpoint/witnessed").await.expect(200).body, note);

    let shown = anybody.get("/ledger/proof/0").await.expect(200).body;
    let shown = Inclusion::parse(&shown).unwrap();
    assert_eq!(shown.note, note);
    shown.check(&checkpoint).unwrap();

    let said = status(&watched).await;
    assert_eq!((said.quorum, said.least, said.present()), (Quorum::Met(Some(town.app.now())), 2, 3));
    assert!(said.witnesses.iter().all(|seen| seen.size == checkpoint.size && seen.trouble.is_none()));
    assert_eq!(watched.told().await, ["witness_policy"]);
}

#[tokio::test]
async fn witnesses_are_shown_what_grew_after_ten_seconds_and_the_same_again_after_a_minute() {
    let watched = Watched::start(1, 1).await;
    let town = &watched.town;
    let seen = || async { status(&watched).await.witnesses[0].clone() };
    town.neighbour("alice").await;
    watched.round().await;
    let (first, at) = (seen().await, town.app.now());

    town.neighbour("bob").await;
    town.pass_seconds(9);
    watched.round().await;
    assert_eq!(seen().await, first, "not more often than every ten seconds");
    town.pass_seconds(1);
    watched.round().await;
    let second = seen().await;
    assert!(second.size > first.size && second.cosigned_at > Some(at));
    assert_eq!(town.count("ledger_cosignature").await, 2);

    town.pass_seconds(59);
    watched.round().await;
    assert_eq!(seen().await, second, "nothing is new");
    town.pass_seconds(1);
    watched.round().await;
    let third = seen().await;
    assert_eq!((third.size, third.cosigned_at), (second.size, Some(town.app.now())), "still the newest tree it knows");
    assert_eq!(town.count("ledger_cosignature").await, 2, "of one size the newest is kept");
    let note = town.browser().get("/ledger/checkpoint").await.expect(200).body;
    let (text, lines) = parts(&note);
    let cosignature = Cosignature::find(&lines, &watched.witnesses[0].key, text.as_bytes()).unwrap();
    assert_eq!(Some(cosignature.at()), third.cosigned_at);
}

#[tokio::test]
async fn a_clock_that_ran_ahead_and_was_set_right_stops_nobody_from_asking() {
    let watched = Watched::start(1, 1).await;
    let town = &watched.town;
    town.neighbour("alice").await;
    watched.round().await;
    let first = status(&watched).await.witnesses[0].clone();
    // For a moment the clock of one node stood three days ahead, and the witness was asked then; it said nothing.
    let ahead = town.app.now().seconds() + 3 * 86_400;
    town.force(&format!("UPDATE witness SET asked_at = {ahead}")).await;
    town.neighbour("bob").await;
    town.pass_seconds(10);
    watched.round().await;
    let second = status(&watched).await.witnesses[0].clone();
    assert!(second.size > first.size && second.cosigned_at == Some(town.app.now()), "{second:?}");
    // From then on the turns are counted by the right clock again.
    assert_eq!(town.number("SELECT asked_at FROM witness").await, town.app.now().seconds());
}

#[tokio::test]
async fn what_enough_witnesses_saw_is_served_beside_what_is_newer() {
    let (watched, complete) = one_is_left().await;
    let anybody = watched.town.browser();
    let newest = anybody.get("/ledger/checkpoint").await.expect(200).body;
    assert_eq!(newest.lines().count(), complete.lines().count() - 1, "one cosignature is missing");
    assert_eq!(anybody.get("/ledger/checkpoint/witnessed").await.expect(200).body, complete);

    // Proofs, too, lead to either; what is newer than the quorum has no such proof yet.
    let proof = |at: u64, query: &'static str| {
        let anybody = &anybody;
        async move { anybody.get(&format!("/ledger/proof/{at}{query}")).await }
    };
    let shown = Inclusion::parse(&proof(0, "?checkpoint=witnessed").await.expect(200).body).unwrap();
    assert_eq!(shown.note, complete);
    assert_eq!(Inclusion::parse(&proof(0, "").await.expect(200).body).unwrap().note, newest);
    proof(0, "?checkpoint=other").await.expect(400);

    let origin = watched.town.app.custody.origin();
    let read = |note: &str| checkpoint::verify(origin, watched.log_key().bytes(), note.as_bytes()).unwrap();
    let (earlier, later) = (read(&complete), read(&newest));
    let path = anybody.get(&format!("/ledger/consistency?from={}&to={}", earlier.size, later.size)).await.expect(200);
    let path: Vec<_> = path.body.lines().map(|line| proofs::hash(line).unwrap()).collect();
    proofs::check_growth(&path, &earlier, &later).unwrap();
    shown.check(&earlier).unwrap();
    proof(later.size - 1, "?checkpoint=witnessed").await.expect(404);
    proof(later.size - 1, "").await.expect(200);
}

#[tokio::test]
async fn the_last_quorum_is_served_however_many_checkpoints_one_witness_has_signed_alone_since() {
    let (watched, complete) = one_is_left().await;
    let anybody = watched.town.browser();
    // A busy day of it: many more checkpoints than are looked through at a time, each signed by the one that is left.
    let town = &watched.town;
    town.force(
        "INSERT INTO ledger_checkpoint (size, root, note, signed_at)
         WITH RECURSIVE more (size) AS (SELECT 10000 UNION ALL SELECT size + 1 FROM more WHERE size < 10600)
         SELECT more.size, root, note, signed_at FROM more, (SELECT * FROM ledger_checkpoint LIMIT 1) AS one",
    )
    .await;
    for witness in ["(SELECT MAX(witness) FROM ledger_cosignature)", "'somebody-of-an-old-policy'"] {
        town.force(&format!(
            "INSERT INTO ledger_cosignature (size, witness, at, line)
             SELECT size, {witness}, 0, 'x' FROM ledger_checkpoint WHERE size >= 10000"
        ))
        .await;
    }
    assert_eq!(anybody.get("/ledger/checkpoint/witnessed").await.expect(200).body, complete);
}

async fn banner(browser: &Browser) -> Option<String> {
    let page = browser.open("/me").await.expect(200);
    let (_, rest) = page.body.split_once("warn witnesses\">")?;
    rest.split_once("</aside>").map(|(told, _)| told.to_owned())
}

#[tokio::test]
async fn after_fifteen_minutes_without_a_quorum_residents_are_told_until_it_is_back() {
    let mut watched = Watched::start(2, 2).await;
    let alice = watched.town.neighbour("alice").await;
    watched.round().await;
    watched.witnesses[1].dies().await;
    let (key, clock) = (watched.log_key(), watched.town.app.clock.clone());

    watched.minutes(14).await;
    assert_eq!(banner(&alice.browser).await, None);
    let said = status(&watched).await;
    assert_eq!((said.present(), said.witnesses[1].missing_since.is_some()), (1, true), "it is missed before that");
    watched.minutes(1).await;
    let told = banner(&alice.browser).await.expect("a banner after 15 minutes");
    assert!(told.contains("09:30") && told.contains("24"), "since when, and what comes next: {told}");
    assert!(matches!(status(&watched).await.quorum, Quorum::Missing(_)));
    assert_eq!(watched.told().await, ["witness_policy", "witnesses_missing"], "entered once");
    watched.minutes(2).await;
    assert_eq!(watched.told().await.len(), 2);
    assert_eq!(watched.town.browser().get("/sign-in").await.expect(200).body.matches("witnesses").count(), 0);

    watched.witnesses[1].comes_back(vec![key], &clock).await;
    watched.minutes(1).await;
    assert_eq!(banner(&alice.browser).await, None);
    assert_eq!(watched.told().await, ["witness_policy", "witnesses_missing", "witnesses_back"]);
}

#[tokio::test]
async fn after_a_day_without_a_quorum_no_third_party_reads_and_her_own_pages_stay_open() {
    let mut watched = Watched::start(1, 1).await;
    let town = &watched.town;
    let parking = town.partner("rp-a").await;
    let mut alice = town.neighbour("alice").await;
    let address = parking.pushed(&[]).await;
    let answer = alice.browser.says(&address, "yes", &["plate_masked"]).await.expect(303);
    let tokens = parking.redeems(&answer.parameter("code").unwrap()).await.expect(200);
    let refresh = tokens.member("refresh_token");
    watched.round().await;
    watched.witnesses[0].dies().await;
    let (key, clock) = (watched.log_key(), watched.town.app.clock.clone());
    let town = &watched.town;

    town.pass_seconds(24 * 3_600 - 60);
    watched.round().await;
    let fresh = parking.refreshes(&refresh, &[]).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &fresh).await.expect(200);
    watched.minutes(1).await;
    let refused = parking.reads("/vault/claims", &fresh).await.expect(403);
    assert_eq!(refused.json()["type"], "/problems/ledger-unwitnessed", "{}", refused.body);
    assert_eq!(refused.json()["reason"], "ledger_unwitnessed");
    assert!(!refused.header("ledger-position").is_empty(), "the refusal is entered");
    assert_eq!(watched.told().await.last().unwrap(), "reads_stopped");

    alice.browser.signs_in(&mut alice.phone).await.expect(200);
    alice.browser.open("/me/data").await.expect(200);
    let told = banner(&alice.browser).await.expect("the banner says it");
    assert!(told.contains("任何应用都不能读取"), "{told}");
    let book = alice.browser.open("/me/book").await.expect(200);
    assert!(book.text().contains("当时没有外部见证人确认访客簿"), "her book shows the refusal: {}", book.text());

    watched.witnesses[0].comes_back(vec![key], &clock).await;
    watched.minutes(1).await;
    let fresh = parking.refreshes(&refresh, &[]).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &fresh).await.expect(200);
    assert_eq!(watched.told().await.last().unwrap(), "witnesses_back");
}

#[tokio::test]
async fn without_a_policy_nobody_watches_and_nothing_pretends() {
    let town = TestApp::start().await;
    cosigning::check_at_start(&town.app).await.unwrap();
    let alice = town.neighbour("alice").await;
    cosigning::round(&town.app).await.unwrap();
    let status = cosigning::status(&mut town.app.db.read().await.unwrap(), &town.app).await.unwrap();
    assert_eq!(status, Status::Nobody);
    town.pass_seconds(16 * 60);
    assert_eq!(banner(&alice.browser).await, None);
    town.browser().get("/ledger/checkpoint/witnessed").await.expect(404);
    assert_eq!(town.count("witness_quorum").await, 0);
}

#[tokio::test]
async fn of_two_nodes_one_asks() {
    let receiver = Receiver::start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy");
    let key = Cosigner::from_seed("witness.example/w1", &[7; 32]).unwrap();
    let line = format!("witness w {} http://{}/below/\nquorum w\n", key.verifier_key(), receiver.address);
    std::fs::write(&path, line).unwrap();
    let town = TestApp::start_with(|config| {
        config.witnesses.policy = path;
        config.outgoing.allow = vec![Network::parse("127.0.0.0/8").unwrap()];
    })
    .await;
    let (other, _waiting) = App::open(Config::clone(&town.app.config), town.app.clock.clone()).await.unwrap();
    town.neighbour("alice").await;
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    let (one, two) = tokio::join!(cosigning::round(&town.app), cosigning::round(&other));
    one.and(two).unwrap();
    let arrived = receiver.arrived();
    assert_eq!(arrived.len(), 1);
    assert_eq!(arrived[0].path, "/below/add-checkpoint");
    assert!(arrived[0].body.starts_with("old 0\n\nlatchkey/"), "{}", arrived[0].body);
}
