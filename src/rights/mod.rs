//! What a resident may ask of her own record (PIPL 44–50): see it, correct it, take a copy, take it with her.
//!
//! 1. What she says of herself she corrects at once ([`correct()`]); what others rely on the staff checks first
//!    ([`field::Way`]): she asks ([`ask()`]), and what is agreed to is written with the answer ([`decide()`]).
//! 2. A copy of everything ([`export()`]) is one JSON document with a published schema ([`schema`]).
//! 3. Whoever moves takes a signed package along ([`pack`]) that another community can take in ([`unpack`]), and says
//!    that she is gone ([`move_out`]): consents end, apps are told, and she lives here no more.
//! 4. How she wants her pages is remembered ([`wish()`]).

mod ask;
mod correct;
mod decide;
mod evidence;
mod export;
pub mod field;
mod known;
mod moving;
mod package;
mod published;
mod refusal;
mod wish;

pub use ask::{Proposal, Wanted, ask, proposal, waiting};
pub use correct::correct;
pub use decide::decide;
pub use evidence::{challenge, evidence, evidence_from};
pub use export::{Copied, Export, Field, SCHEMA, Seen, Standing, export};
pub use moving::{MOVE, move_out, moving};
pub use package::{NotAPackage, Package, Packed, pack, unpack};
pub use published::{evidence_schema, published, schema};
pub use refusal::Refusal;
pub use wish::wish;
