//! Names become addresses here, and only those that may be reached go on.
//!
//! The addresses that were judged are the ones that are connected to: a name that resolves differently a moment
//! later (DNS rebinding) is judged again.

use std::error::Error;
use std::net::{IpAddr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::Failed;
use super::address::Rule;

/// The system's resolver, behind the rule.
#[derive(Debug, Clone)]
pub struct Resolver {
    rule: Rule,
    clear: bool,
}

impl Resolver {
    /// For exchanges in clear, or over TLS.
    #[must_use]
    pub fn new(rule: Rule, clear: bool) -> Self {
        Self { rule, clear }
    }

    /// Whether this address may be connected to.
    #[must_use]
    pub fn permits(&self, address: IpAddr) -> bool {
        if self.clear { self.rule.permits_clear(address) } else { self.rule.permits(address) }
    }

    async fn look_up(self, name: Name) -> Result<Addrs, Failed> {
        let found = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(|_| Failed::Unresolved)?;
        let mut found = found.peekable();
        found.peek().ok_or(Failed::Unresolved)?;
        let permitted: Vec<SocketAddr> = found.filter(|address| self.permits(address.ip())).collect();
        if permitted.is_empty() {
            return Err(Failed::Barred);
        }
        Ok(Box::new(permitted.into_iter()))
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let looked_up = self.clone().look_up(name);
        Box::pin(async { looked_up.await.map_err(|failed| Box::new(failed) as Box<dyn Error + Send + Sync>) })
    }
}
