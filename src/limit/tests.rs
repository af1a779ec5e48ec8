//! The laws of one limit, by a clock that is turned by hand.

use super::*;
use crate::clock::Timestamp;

fn key(name: &str) -> Key {
    Key::of(&[name.as_bytes()])
}

fn limit(most: u32) -> (Limit, Clock) {
    limit_with(most, Newcomers::Together)
}

fn limit_with(most: u32, newcomers: Newcomers) -> (Limit, Clock) {
    let clock = Clock::by_hand(Timestamp::from_seconds(1_795_311_010));
    (Limit::new("test", most, newcomers, &clock), clock)
}

fn passed(limit: &Limit, name: &str, tries: u32) -> usize {
    (0..tries).filter(|_| limit.count(key(name)).is_ok()).count()
}

#[test]
fn so_many_pass_in_a_minute_and_not_one_more() {
    for most in [1, 2, 7, 300, 6_000, 60_000] {
        let (limit, clock) = limit(most);
        assert_eq!(passed(&limit, "a", most + 3), most as usize);
        assert_eq!(limit.count(key("b")), Ok(()), "another key is counted by itself");
        let too_many = limit.count(key("a")).unwrap_err();
        assert_eq!(too_many.retry_after, 50);
        clock.advance(Duration::from_millis(49_999));
        assert_eq!(limit.count(key("a")).unwrap_err().retry_after, 1);
        clock.advance(Duration::from_millis(1));
        assert_eq!(passed(&limit, "a", most + 3), most as usize, "a new minute");
        assert_eq!(limit.count(key("a")).unwrap_err().retry_after, 60);
    }
}

#[test]
fn a_request_passes_after_the_time_it_was_told() {
    let (limit, clock) = limit(1);
    for step in [0, 1, 999, 1_000, 12_345, 59_999] {
        clock.advance(Duration::from_millis(step));
        let _ = limit.count(key("a"));
        let wait = limit.count(key("a")).unwrap_err().retry_after;
        clock.advance(Duration::from_secs(u64::from(wait)));
        assert_eq!(limit.count(key("a")), Ok(()), "after {step} ms and {wait} s");
    }
}

#[test]
fn to_look_is_not_to_count() {
    let (limit, _) = limit(2);
    for _ in 0..10 {
        assert_eq!(limit.look(key("a")), Ok(()));
    }
    assert_eq!(passed(&limit, "a", 5), 2);
    assert_eq!(limit.look(key("a")), Err(TooMany { what: "test", retry_after: 50 }));
}

#[test]
fn zero_is_no_limit() {
    let (limit, _) = limit(0);
    assert_eq!(passed(&limit, "a", 100_000), 100_000);
}

#[test]
fn a_flood_of_keys_fills_no_memory_and_opens_no_door() {
    let (limit, clock) = limit(3);
    assert_eq!(passed(&limit, "known", 1), 1);
    let flood = || (0..1_000_000).filter(|n| limit.count(key(&n.to_string())).is_ok()).count();
    assert_eq!(flood(), MOST - 1 + 3, "those who found no room are counted as one");
    let kept = limit.limiters.as_ref().unwrap();
    assert_eq!(kept.counting.len(), MOST + 1);
    assert_eq!(passed(&limit, "known", 5), 2, "whoever was there before is counted as before");
    assert_eq!(passed(&limit, "late", 5), 0);

    clock.advance(Duration::from_secs(120));
    assert_eq!(passed(&limit, "late", 5), 3, "at the next minute it is over");
    assert_eq!(kept.counting.len(), 1);
}

#[test]
fn a_flood_of_keys_that_anybody_makes_up_takes_nothing_from_others() {
    let (limit, clock) = limit_with(3, Newcomers::Uncounted);
    assert_eq!(passed(&limit, "known", 1), 1);
    for n in 0..MOST * 2 {
        let _ = limit.count(key(&n.to_string()));
    }
    assert_eq!(limit.limiters.as_ref().unwrap().counting.len(), MOST);
    assert_eq!(passed(&limit, "known", 5), 2, "whoever was there before is counted as before");
    assert_eq!(passed(&limit, "late", 5), 5, "whoever found no room shares no number with the flood");
    assert_eq!(limit.look(key("late")), Ok(()));

    clock.advance(Duration::from_secs(60));
    assert_eq!(passed(&limit, "late", 5), 3, "at the next minute there is room");
}

#[test]
fn parts_of_a_name_do_not_run_together() {
    assert_ne!(Key::of(&[b"ab", b"c"]), Key::of(&[b"a", b"bc"]));
    assert_eq!(Key::of(&[b"ab", b"c"]), Key::of(&[b"ab", b"c"]));
}
