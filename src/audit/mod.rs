//! The auditor from outside: holds the ledger to its word with nothing but the service's address and what was seen before.
//!
//! 1. Every leaf is fetched and hashed again, and the tiles that are served are compared with it ([`rebuild`]).
//! 2. The roots are those of the checkpoint that is served now and of every one that was ever seen ([`memory`]).
//! 3. What the witnesses cosigned is that tree too, lately, and nothing older is kept from them ([`quorum`]).
//! 4. What is handed out is checked by itself: evidence of residents, proofs that clients keep ([`papers`]), and
//!    exported reviews ([`export`]); and in each of them that no access lies between a withdrawal and the next giving ([`order`]).
//!
//! It holds no key of the service's, opens no database, and believes nobody: what fits was signed, what does not is named.

mod ahead;
pub mod export;
mod finding;
pub mod memory;
pub mod metrics;
pub mod order;
pub mod papers;
pub mod quorum;
pub mod rebuild;
mod report;
pub mod source;
mod walk;

pub use finding::{Finding, Stopped};
pub use report::{Audit, Claim, Report};
pub use walk::audit;
