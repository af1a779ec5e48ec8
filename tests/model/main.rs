//! Random sequences of acts in the portal and at the API, over real HTTP, against a reference model that is small enough
//! to be read: no disclosure without a basis, and no act that was acknowledged and is not in the book.
//!
//! 400 sequences by default, one to two minutes on two cores; `MODEL_SEQUENCES=2000` is the long run. A sequence that
//! fails is made as short as it can be and printed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests"
)]

#[path = "../journeys/support/mod.rs"]
mod support;

mod reference;
mod world;

use std::cell::RefCell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use reference::Act;
use world::World;

/// Sequences in one town; then a new one is built, so that its calendar does not run away.
const IN_ONE_TOWN: usize = 25;

fn act() -> impl Strategy<Value = Act> {
    let app = 0..2_usize;
    prop_oneof![
        4 => (app.clone(), any::<bool>()).prop_map(|(app, plate)| Act::Agree { app, plate }),
        8 => any::<prop::sample::Index>().prop_map(Act::Read),
        2 => app.clone().prop_map(Act::Stop),
        2 => app.clone().prop_map(Act::Pause),
        2 => app.prop_map(Act::Resume),
        2 => (1..9_u64).prop_map(Act::Minutes),
        1 => Just(Act::SignOutEverywhere),
        1 => Just(Act::Lock),
        1 => Just(Act::Unlock),
        1 => Just(Act::AskErasure),
        1 => Just(Act::UndoErasure),
        1 => Just(Act::Week),
    ]
}

#[test]
fn whatever_happens_nothing_is_disclosed_without_a_basis_and_no_act_is_lost() {
    let cases = std::env::var("MODEL_SEQUENCES").ok().and_then(|count| count.parse().ok()).unwrap_or(400);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let world: RefCell<Option<World>> = RefCell::new(None);
    let played = RefCell::new(reference::Seen::default());
    let mut runner =
        TestRunner::new(Config { cases, failure_persistence: None, max_shrink_iters: 60, ..Config::default() });
    let outcome = runner.run(&vec(act(), 4..24), |acts| {
        let mut place = world.borrow_mut();
        runtime.block_on(async {
            if place.as_ref().is_none_or(|world| world.sequences >= IN_ONE_TOWN) {
                *place = Some(World::build().await);
            }
            let world = place.as_mut().unwrap();
            match world.play(&acts).await {
                Ok(seen) => {
                    played.borrow_mut().add(&seen);
                    Ok(())
                }
                Err(wrong) => {
                    // Whatever went wrong stays in this town.
                    *place = None;
                    Err(TestCaseError::fail(wrong))
                }
            }
        })
    });
    if let Err(wrong) = outcome {
        panic!("{wrong}");
    }
    let seen = played.into_inner();
    assert!(seen.disclosed > 0 && seen.refused > 0 && seen.dead > 0 && seen.erased > 0, "{seen:?}");
}
