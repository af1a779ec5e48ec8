//! The tamper-evident access log: what is promised, to whom, as of which moment.
//!
//! 1. Every access to a resident's data, allowed or refused, every consent and every act of staff or operator is
//!    one entry; an entry's position is final at its commit, and positions have no gaps ([`hold`]).
//! 2. What the public tree holds of an entry is its [`Leaf`]: kind, hour, a tag only the resident's log key can
//!    make, and two commitments. Nothing of it says whose it is.
//! 3. The readable half is sealed twice: the [`Detail`] under the resident's log key, the [`Review`] under the
//!    auditors' key, with aliases in place of names.
//! 4. Leaves are hashed as RFC 6962 has it, and a signed [`checkpoint`] (C2SP tlog-checkpoint) follows within a
//!    second of a commit. From then on no entry can be altered, left out or put elsewhere unseen ([`verify`]).
//! 5. Only a commit makes a [`Logged`], and only a `Logged` opens a field.

mod actor;
mod append;
pub mod binding;
pub mod cbor;
pub mod checkpoint;
pub mod cosignature;
mod entry;
pub mod evidence;
pub mod kept;
mod kind;
mod leaf;
pub mod policy;
pub mod proof;
pub mod queue;
mod read_back;
mod sound;
mod store;
pub mod tile;
mod tree;
pub mod verifier_key;
pub mod verify;

pub use actor::{Actor, By};
pub use append::{Committed, Head, Logged, Pending, Prepared, hold};
pub use entry::{Entry, Extra, detail_commitment, review_commitment};
pub use kind::{Kind, Outcome};
pub use leaf::{Leaf, NotALeaf};
pub use read_back::{Detail, Review};
pub use sound::sound_leaves;
pub use store::{
    Stored, StoredCheckpoint, by_tags, checkpoint_of, checkpoints, entries_before, entries_from, entry_at,
    insert_checkpoint, insert_hashes, last_checkpoint, leaf, size,
};
pub use tree::{StoredTree, leaf_hash};
