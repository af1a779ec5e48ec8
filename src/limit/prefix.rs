//! By what an address is counted: the part of it that one line of a provider keeps.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

/// The whole of an IPv4 address, the first 56 bits of an IPv6 one: what a provider gives to one line (RFC 6177).
///
/// A larger IPv4 network would put strangers under one limit; a smaller IPv6 one would give everybody 256 of them, or
/// 2^64, for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Prefix(IpAddr);

impl Prefix {
    /// The prefix of an address. IPv4 mapped into IPv6 is IPv4.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !(u128::MAX >> 56)).into(),
            address => address,
        })
    }

    /// Its bytes, to count by.
    #[must_use]
    pub fn bytes(&self) -> [u8; 16] {
        match self.0 {
            IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
            IpAddr::V6(address) => address.octets(),
        }
    }
}

impl fmt::Display for Prefix {
    /// As networks are written: `192.0.2.7/32`, `2001:db8:0:100::/56`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0, if self.0.is_ipv4() { 32 } else { 56 })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn neighbours_on_one_line_share_a_prefix_and_others_do_not() {
        let prefix = |text: &str| Prefix::of(text.parse().unwrap()).to_string();
        assert_eq!(prefix("192.0.2.7"), "192.0.2.7/32");
        assert_eq!(prefix("::ffff:192.0.2.7"), "192.0.2.7/32");
        assert_eq!(prefix("2001:db8:0:1ff::1"), "2001:db8:0:100::/56");
        assert_ne!(prefix("2001:db8:0:200::1"), prefix("2001:db8:0:1ff::1"));
        let bytes = |text: &str| Prefix::of(text.parse().unwrap()).bytes();
        assert_ne!(bytes("192.0.2.7"), bytes("192.0.2.8"));
    }
}
