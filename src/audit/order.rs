//! "Log order is consent order": between a withdrawal and the next giving no claim went out on that consent. Checked on
//! the kinds and consents of entries alone, wherever they were opened: in evidence, or in exported reviews.

use std::collections::HashMap;
use std::hash::Hash;

use super::Finding;
use crate::ledger::Kind;

/// How a consent stands, and the entry that made it so.
#[derive(Debug, Clone, Copy)]
struct Standing {
    state: &'static str,
    since: u64,
}

const GIVEN: &str = "given";

/// Walks entries in their order.
#[derive(Debug, Default)]
pub struct Order<C> {
    consents: HashMap<C, Standing>,
    /// Consents may have been given before the first entry that is shown.
    begins_late: bool,
}

impl<C: Eq + Hash> Order<C> {
    /// Of all entries from the first on.
    #[must_use]
    pub fn from_the_first() -> Self {
        Self { consents: HashMap::new(), begins_late: false }
    }

    /// Of some of the entries: what stood before the first is unknown.
    #[must_use]
    pub fn of_some() -> Self {
        Self { consents: HashMap::new(), begins_late: true }
    }

    /// The next entry: what kind, on which consent, and the reason's code.
    ///
    /// # Errors
    /// A disclosure on a consent that was not in force.
    pub fn next(&mut self, position: u64, kind: Kind, consent: Option<C>, reason: &str) -> Result<(), Finding> {
        let Some(consent) = consent else { return Ok(()) };
        let state = match (kind, reason) {
            (Kind::Disclosure, _) => return self.disclosed(position, &consent),
            (Kind::ConsentGiven, _) | (Kind::ConsentChanged, "resumed") => GIVEN,
            (Kind::ConsentChanged, "paused") => "paused",
            (Kind::ConsentChanged, "superseded") => "superseded",
            (Kind::ConsentChanged, "deferred") => "waiting for the resident's own word",
            (Kind::ConsentWithdrawn, _) => "withdrawn",
            (Kind::ConsentExpired, _) => "expired",
            _ => return Ok(()),
        };
        self.consents.insert(consent, Standing { state, since: position });
        Ok(())
    }

    fn disclosed(&self, position: u64, consent: &C) -> Result<(), Finding> {
        match self.consents.get(consent) {
            Some(standing) if standing.state == GIVEN => Ok(()),
            Some(Standing { state, since }) => Err(Finding::Order { position, state, since: *since }),
            None if self.begins_late => Ok(()),
            None => Err(Finding::Groundless { position }),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn walked(entries: &[(Kind, &str)]) -> Result<(), Finding> {
        let mut order = Order::from_the_first();
        (0..).zip(entries).try_for_each(|(at, (kind, reason))| order.next(at, *kind, Some("a consent"), reason))
    }

    #[test]
    fn what_is_given_may_be_disclosed_until_it_ends_or_rests() {
        use Kind::{ConsentChanged, ConsentExpired, ConsentGiven, ConsentWithdrawn, Disclosure};
        let (given, read) = ((ConsentGiven, "given"), (Disclosure, ""));
        let (paused, resumed) = ((ConsentChanged, "paused"), (ConsentChanged, "resumed"));
        assert_eq!(walked(&[given, read, paused, resumed, read, read]), Ok(()));
        let after = |state| Err(Finding::Order { position: 2, state, since: 1 });
        assert_eq!(walked(&[given, paused, read]), after("paused"));
        assert_eq!(walked(&[given, (ConsentWithdrawn, "withdrawn"), read]), after("withdrawn"));
        assert_eq!(walked(&[given, (ConsentWithdrawn, "revoked"), read]), after("withdrawn"));
        assert_eq!(walked(&[given, (ConsentExpired, "expired"), read]), after("expired"));
        assert_eq!(walked(&[given, (ConsentChanged, "superseded"), read]), after("superseded"));
        assert_eq!(walked(&[given, (ConsentWithdrawn, ""), given, read]), Ok(()));
        assert_eq!(walked(&[read]), Err(Finding::Groundless { position: 0 }));
    }

    #[test]
    fn of_some_entries_what_stood_before_is_unknown_and_other_consents_are_others() {
        let mut order = Order::of_some();
        assert_eq!(order.next(5, Kind::Disclosure, Some("a"), ""), Ok(()));
        assert_eq!(order.next(6, Kind::ConsentWithdrawn, Some("a"), ""), Ok(()));
        assert_eq!(order.next(7, Kind::Disclosure, Some("b"), ""), Ok(()));
        assert_eq!(order.next(8, Kind::Disclosure, None, ""), Ok(()), "by law, not by consent");
        assert!(order.next(9, Kind::Disclosure, Some("a"), "").is_err());
    }
}
