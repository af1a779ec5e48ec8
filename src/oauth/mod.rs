//! The protocol, without HTTP: OAuth 2.0 and OpenID Connect, in two classes of clients.
//!
//! 1. A client is registered from its [`manifest`] and proves who it is ([`assertion`], [`dpop`]).
//! 2. It asks: raw parameters become an [`authorization::AuthorizationRequest`] through one list of checks, out of
//!    [`params`], [`redirect`], [`pkce`], [`scope`] and [`rar`].
//!
//! How the protocol says no is [`refusal::Refusal`].

mod access;
pub mod assertion;
pub mod authorization;
pub mod client;
pub mod dpop;
pub mod manifest;
pub mod params;
pub mod pkce;
pub mod rar;
pub mod redirect;
pub mod refusal;
pub mod scope;

pub use access::{AccessRow, access_rows};
pub use client::Client;
pub use params::Params;
pub use refusal::Refusal;
