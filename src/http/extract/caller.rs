//! Where a request comes from: the address of the peer, or what a proxy of ours says it was asked from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

use crate::config::Network;
use crate::fault::Fault;
use crate::http::error::Trouble;
use crate::limit::{Prefix, forwarded};

/// Where a request comes from. Every group of doors puts it into the extensions before anything else is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Caller {
    /// Its address. Personal data: not for logs.
    pub address: IpAddr,
    /// What it is counted by.
    pub prefix: Prefix,
}

impl Caller {
    /// Finds out.
    ///
    /// # Errors
    /// 400 when a proxy of ours says what cannot be read: nobody passes as nobody (V67).
    pub fn of(parts: &Parts, proxies: &[Network]) -> Result<Self, Trouble> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let ConnectInfo(peer) = peer.ok_or(Fault::Internal("a listener that does not say who connects"))?;
        let lines = |name| parts.headers.get_all(name).iter().map(|line| line.as_bytes()).collect::<Vec<_>>();
        let (listed, forwarded) = (lines("x-forwarded-for"), lines("forwarded"));
        let address = forwarded::caller(peer.ip(), proxies, &listed, &forwarded)
            .map_err(|_| Trouble::bad_request("what a proxy of ours says of the caller cannot be read"))?;
        Ok(Self { address, prefix: Prefix::of(address) })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Trouble> {
        let missing = || Trouble::fault(Fault::Internal("this door is not behind the limits"));
        parts.extensions.get::<Self>().copied().ok_or_else(missing)
    }
}
