//! A network of addresses, as settings name it: `10.1.0.0/16`, `fd00:1::/48`.

use std::fmt;
use std::net::IpAddr;

use serde::Deserialize;

/// A network: an address and how many of its leading bits count.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Network {
    base: IpAddr,
    prefix: u8,
}

impl Network {
    /// Reads `ADDRESS/BITS`; the bits after them must be zero, so that nobody lists more than he sees.
    ///
    /// # Errors
    /// A sentence that says what a network must be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let malformed = || format!("{text:?} is not a network like 10.1.0.0/16");
        let (base, prefix) = text.split_once('/').ok_or_else(malformed)?;
        let base: IpAddr = base.parse().map_err(|_| malformed())?;
        let prefix: u8 = prefix.parse().map_err(|_| malformed())?;
        let network = Self { base, prefix };
        if prefix > network.width() {
            return Err(malformed());
        }
        if bits(base) & !network.mask() != 0 {
            return Err(format!("{text:?}: the address has bits beyond the first {prefix}"));
        }
        Ok(network)
    }

    /// Whether the address lies in it. An IPv4 address written as IPv6 lies in no IPv4 network.
    #[must_use]
    pub fn holds(&self, address: IpAddr) -> bool {
        self.base.is_ipv4() == address.is_ipv4() && bits(address) & self.mask() == bits(self.base)
    }

    const fn width(&self) -> u8 {
        if self.base.is_ipv4() { 32 } else { 128 }
    }

    /// The leading bits, as [`bits`] places them.
    const fn mask(&self) -> u128 {
        match self.prefix {
            0 => 0,
            prefix => u128::MAX << (128 - prefix as u32),
        }
    }
}

/// The bits of an address, from the highest down.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()) << 96,
        IpAddr::V6(address) => address.to_bits(),
    }
}

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.prefix)
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_the_addresses_that_begin_as_it_does() {
        let holds = |network: &str, address: &str| Network::parse(network).unwrap().holds(address.parse().unwrap());
        for (network, inside, outside) in [
            ("10.1.0.0/16", "10.1.255.255", "10.2.0.0"),
            ("127.0.0.1/32", "127.0.0.1", "127.0.0.2"),
            ("0.0.0.0/0", "203.0.113.9", "::1"),
            ("fd00:1::/32", "fd00:1:ffff::1", "fd00:2::1"),
            ("::/0", "2001:db8::1", "10.0.0.1"),
        ] {
            assert!(holds(network, inside) && !holds(network, outside), "{network}");
        }
        assert!(!holds("127.0.0.0/8", "::ffff:127.0.0.1"));
    }

    #[test]
    fn what_is_not_a_network_is_refused() {
        for not in ["10.1.0.0", "10.1.0.0/33", "10.1.0.1/16", "fd00::/129", "localhost/8", "10.1.0.0/", "/8", ""] {
            assert!(Network::parse(not).is_err(), "{not}");
        }
    }
}
