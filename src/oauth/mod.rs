//! The protocol, without HTTP: OAuth 2.0 and OpenID Connect, in two classes of clients.
//!
//! 1. A client is registered from its [`manifest`] ([`register()`]) and proves who it is ([`authenticate()`]).
//! 2. It asks: raw parameters become an [`authorization::AuthorizationRequest`] through one list of checks, out of
//!    [`params`], [`redirect`], [`pkce`], [`scope`] and [`rar`]. Partners [`push`] it and get a handle.
//! 3. A browser brings it, or the handle ([`begin()`]); from then on it belongs to that browser.
//! 4. [`resume()`] says what comes next: sign in, ask, or answer at once.
//! 5. The resident's yes becomes consent, [`grant`] and code in one transaction ([`approve()`]).
//! 6. The code becomes tokens, once ([`exchange_code`]); a refresh token gives more ([`refresh()`]).
//! 7. Access tokens are looked up afresh at every use ([`access_rows`]); they end with their consent, their grant,
//!    or when their client gives them back ([`revoke()`]).
//! 8. Whoever may know is told how a token stands ([`introspect()`]).
//!
//! A screen without a keyboard takes another way to a grant: [`device`].
//!
//! How the protocol says no is [`refusal::Refusal`]. Whether something was used before is for `once` alone to say.

mod access;
mod approve;
mod ask;
pub mod assertion;
mod at_jwt;
mod authenticate;
pub mod authorization;
mod begin;
mod bind;
pub mod certificate;
pub mod client;
pub mod device;
pub mod dpop;
mod ending;
mod exchange;
pub mod grant;
pub mod hint;
pub mod introspect;
pub mod listening;
pub mod management;
pub mod manifest;
pub mod params;
pub mod pkce;
pub mod push;
pub mod rar;
pub mod redirect;
mod refresh;
pub mod refusal;
mod register;
pub mod resource;
mod resume;
mod revoke;
pub mod scope;
mod secret;
mod sign_out;
pub mod signing;
mod store;
mod token;
mod waiting;

pub use access::{AccessRow, Introduction, PresentedToken, access_rows, introduce};
pub use approve::{Decline, Yes, approve, decline};
pub use authenticate::{authenticate, is_client, named_by_basic};
pub use begin::{AuthorizeError, Visitor, begin};
pub use client::Client;
pub use exchange::exchange_code;
pub use introspect::introspect;
pub use params::Params;
pub use refresh::{Refresh, refresh};
pub use refusal::Refusal;
pub use register::{
    Declined, NotRegistered, NotRotated, Registered, approve as approve_client, check_leave, delete, disable, enable,
    initial_access_token, register, register_itself, rotate_keys, rotate_secret,
};
pub use resume::{Question, Step, question, resume};
pub use revoke::revoke;
pub use sign_out::{SignOut, sign_out};
pub use store::{client, clients, put_out as grants_put_out};
pub use token::TokenSet;
pub use waiting::{Waiting, waiting};

use crate::clock::Timestamp;
use crate::db::Tx;
use crate::fault::Fault;

/// Wipes what exchanged refresh tokens left behind, once nobody may ask for it any more.
///
/// # Errors
/// When the database fails.
pub async fn wipe_successors(tx: &mut Tx, now: Timestamp) -> Result<u64, Fault> {
    crate::once::wipe_left(tx, crate::once::Kind::RefreshToken, now.minus(std::time::Duration::from_secs(60))).await
}

/// Forgets requests and tokens that were over before `before`.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    let requests = store::sweep_requests(tx, before).await? + store::sweep_devices(tx, before).await?;
    Ok(requests + store::sweep_tokens(tx, before).await?)
}
