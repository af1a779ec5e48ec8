//! What an audit finds wrong, and why one could not be made.

use crate::fault::Fault;

/// Something that is wrong, named. No data of residents are in it: positions, sizes and hashes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// The checkpoint that is served is not signed by the ledger's key.
    #[error("the checkpoint is not signed by the ledger's key")]
    Unsigned,
    /// The service shows another key than the one that was kept.
    #[error("the service shows another ledger key than the one that was kept")]
    OtherKey,
    /// The tree is smaller than one that was signed before.
    #[error(
        "the ledger has {now} entries, and a checkpoint over {before} was signed before: its end was cut off, or it was put back"
    )]
    Shrunk {
        /// The larger size, seen before.
        before: u64,
        /// What is served now.
        now: u64,
    },
    /// The leaves do not lead to a root that was signed.
    #[error("the first {size} entries are not those that the checkpoint over {size} signed: {when}")]
    Rewritten {
        /// The size of the checkpoint.
        size: u64,
        /// Which checkpoint it was.
        when: &'static str,
    },
    /// A tile does not hold the hashes of the leaves.
    #[error("the tile {tile} does not hold the hashes of the entries below it")]
    Tile {
        /// Its address.
        tile: String,
    },
    /// Something that is covered by the checkpoint is not served.
    #[error("{what} is covered by the checkpoint, and is not served")]
    Missing {
        /// The address.
        what: String,
    },
    /// A leaf is none.
    #[error("entry {position} is not a leaf of a known version and kind")]
    Leaf {
        /// Where it stands.
        position: u64,
    },
    /// Two leaves carry one tag: a resident's counter was used twice.
    #[error("entries {first} and {second} carry the same tag: a counter was used twice")]
    Tag {
        /// The earlier.
        first: u64,
        /// The later.
        second: u64,
    },
    /// An entry about a resident whom it was not shown to.
    #[error("entry {position} is about this resident, and is not in the evidence that was handed out")]
    Hidden {
        /// Where it stands.
        position: u64,
    },
    /// An entry that was handed out, and is another one in the tree.
    #[error("entry {position} is another one in the ledger than the one that was handed out")]
    Invented {
        /// Where it was said to stand.
        position: u64,
    },
    /// A leaf's hour lies before that of an earlier one.
    #[error("entry {position} says an hour before that of the entry in front of it: it was dated back")]
    Backdated {
        /// Where it stands.
        position: u64,
    },
    /// Too few of the witnesses cosigned.
    #[error("{have} of the policy's witnesses cosigned the checkpoint, and {need} are needed")]
    Witnesses {
        /// How many did.
        have: usize,
        /// How many have to.
        need: usize,
    },
    /// Enough witnesses cosigned, but not lately.
    #[error("no quorum of witnesses confirmed the ledger lately: {}", ago(*minutes))]
    Unwatched {
        /// So many minutes ago there was one; `None`: never by this clock.
        minutes: Option<i64>,
    },
    /// An entry is kept from the witnesses: enough of them cosign, but no tree that holds it.
    #[error("entry {position} and what stands behind it is older than an hour, and no quorum of witnesses has seen it")]
    Unwitnessed {
        /// The first such entry.
        position: u64,
    },
    /// Claims were disclosed on a consent that was not in force.
    #[error("entry {position} discloses on a consent that was {state} at entry {since}")]
    Order {
        /// The disclosure.
        position: u64,
        /// How the consent stood.
        state: &'static str,
        /// The entry that made it so.
        since: u64,
    },
    /// Claims were disclosed on a consent that no entry gave.
    #[error("entry {position} discloses on a consent that no earlier entry gave")]
    Groundless {
        /// The disclosure.
        position: u64,
    },
    /// A paper does not hold.
    #[error("{0}")]
    Paper(String),
}

fn ago(minutes: Option<i64>) -> String {
    minutes.map_or_else(|| "their clocks, or this one, are wrong".to_owned(), |ago| format!("{ago} minutes ago"))
}

/// The audit could not be made: nothing is known to be wrong.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The service did not answer, or not in a way that can be used.
    #[error("{what} could not be fetched: {why}")]
    Fetch {
        /// The address.
        what: String,
        /// Why, in a few words.
        why: String,
    },
    /// What the auditor gave, or kept, does not read.
    #[error("{0}")]
    Given(String),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}
