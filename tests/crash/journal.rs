//! What the service acknowledged, as the outside remembers it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::load::Person;

/// An access token, and what is known of its consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// The code came back: it was given.
    Given,
    /// "Stop" was pressed, and no answer was seen: it may be either.
    InDoubt,
    /// The withdrawal was answered.
    Withdrawn,
}

#[derive(Debug, Clone)]
pub struct Held {
    pub person: usize,
    pub token: String,
    pub consent: Consent,
}

#[derive(Default)]
struct Known {
    tokens: Vec<Held>,
    used_codes: Vec<(usize, String)>,
    delivered: Vec<u64>,
    refused: Vec<u64>,
    checked: usize,
}

/// Shared by all workers.
#[derive(Clone, Default)]
pub struct Journal(Arc<Mutex<Known>>);

impl Journal {
    pub fn code_was_used(&self, person: usize, code: &str) {
        self.0.lock().unwrap().used_codes.push((person, code.to_owned()));
    }

    pub fn token_came(&self, person: usize, token: &str) {
        let held = Held { person, token: token.to_owned(), consent: Consent::Given };
        self.0.lock().unwrap().tokens.push(held);
    }

    pub fn consent_is(&self, token: &str, consent: Consent) {
        let mut known = self.0.lock().unwrap();
        known.tokens.iter_mut().filter(|held| held.token == token).for_each(|held| held.consent = consent);
    }

    pub fn delivered(&self, position: u64) {
        self.0.lock().unwrap().delivered.push(position);
    }

    pub fn refused(&self, position: u64) {
        self.0.lock().unwrap().refused.push(position);
    }

    /// The newest token of a person.
    pub fn newest(&self, person: usize) -> Option<Held> {
        self.0.lock().unwrap().tokens.iter().rfind(|held| held.person == person).cloned()
    }

    /// L1 and L3, asked of the service that just came up: given consents still open (unless a newer one of the same
    /// resident took their place), withdrawn ones do not, used codes are used.
    pub async fn check_after_a_crash(&self, people: &[Person]) {
        let (tokens, codes) = {
            let mut known = self.0.lock().unwrap();
            known.checked += 1;
            (known.tokens.clone(), std::mem::take(&mut known.used_codes))
        };
        for (at, held) in tokens.iter().enumerate().rev().take(60) {
            let newest = !tokens[at + 1..].iter().any(|later| later.person == held.person);
            let answer = people[held.person].partner.reads("/vault/claims", &held.token).await;
            match (held.consent, newest) {
                (Consent::Given, true) => {
                    assert_eq!(answer.status, 200, "L1: a given consent is gone: {}", answer.body)
                }
                (Consent::Withdrawn, _) => {
                    assert_eq!(answer.status, 403, "L3: a withdrawn consent opens again: {}", answer.body);
                    assert_eq!(answer.json()["reason"], "consent_withdrawn");
                }
                _ => assert!(matches!(answer.status.as_u16(), 200 | 403), "{}", answer.body),
            }
            self.note(&answer);
        }
        // Last, because a code that comes twice ends what it gave: those tokens are dead from now on.
        for (person, code) in codes {
            let again = people[person].partner.redeems(&code).await;
            assert_eq!(again.status, 400, "L3: a used code was taken again: {}", again.body);
        }
        self.0.lock().unwrap().tokens.clear();
    }

    /// Remembers the position that an answer of the vault named.
    pub fn note(&self, answer: &crate::support::browser::Answer) {
        let position = || answer.header("ledger-position").parse().unwrap();
        match answer.status.as_u16() {
            200 => self.delivered(position()),
            403 => self.refused(position()),
            _ => {}
        }
    }

    /// L2: whatever was delivered or refused stands at the position that the answer named, each at its own.
    pub fn check_positions(&self, leaves: &BTreeMap<u64, Vec<u8>>) {
        let known = self.0.lock().unwrap();
        let mut all: Vec<u64> = known.delivered.iter().chain(&known.refused).copied().collect();
        let answers = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), answers, "L4: a position was given to two answers");
        // The last round's own checks came after the leaves were read for the last time.
        let read = leaves.keys().next_back().copied().unwrap_or_default();
        for position in known.delivered.iter().filter(|position| **position <= read) {
            let leaf = leaves.get(position).expect("L2: delivered, and not entered");
            assert!(crate::is_disclosure(leaf), "L2: delivered, and entered as something else");
        }
        assert!(known.delivered.len() > 10 && known.refused.len() > 3, "too little happened to tell anything");
    }

    pub fn summary(&self) -> String {
        let known = self.0.lock().unwrap();
        let (delivered, refused) = (known.delivered.len(), known.refused.len());
        format!("{} starts, {delivered} reads delivered, {refused} refused", known.checked)
    }
}
