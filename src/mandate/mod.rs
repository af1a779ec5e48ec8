//! Acting for somebody: who may, how far, until when, and that both see it.
//!
//! 1. A resident offers a mandate ([`offer`]): a link, or the QR code that holds it, good once and for three days.
//! 2. Whoever she gives it to accepts it with her passkey ([`accept`]); both are told, and it stands in both books.
//! 3. While it is in force ([`in_force`]) the delegate's pages lie under `/for/{mandate}`; every act there is entered
//!    as done by this mandate ([`Mandate::by`]), in the principal's book.
//! 4. Both can end it at any time ([`end`]); nobody can make it last longer, and nobody can take it out of the books.
//! 5. A guardianship begins at the desk, and ends by itself when the young person turns fourteen or eighteen.

mod kind;
mod record;
mod right;
mod store;

pub use kind::Kind;
pub use record::{EndedBy, HIDDEN_AT_FIRST, Mandate, Standing};
pub use right::Right;
pub use store::{in_force, mandate, of_delegate, of_principal};
