//! Which addresses the service may speak to.
//!
//! What a client registers decides where the service knocks. So only addresses of the public internet are reached
//! (global unicast, IANA's special-purpose registries, RFC 6890), and besides them the networks that the operator
//! listed. Nothing else is: not this machine, not the network it stands in, not a cloud's metadata address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::config::Network;

/// The rule, with the operator's list.
#[derive(Debug, Clone)]
pub struct Rule {
    allow: Vec<Network>,
}

impl Rule {
    /// The rule with these networks beside the public internet.
    #[must_use]
    pub fn new(allow: &[Network]) -> Self {
        Self { allow: allow.to_vec() }
    }

    /// Whether the address may be reached over TLS.
    #[must_use]
    pub fn permits(&self, address: IpAddr) -> bool {
        is_public(address) || self.lists(address)
    }

    /// Whether the address may be reached in clear: it is this machine, and the operator listed it.
    #[must_use]
    pub fn permits_clear(&self, address: IpAddr) -> bool {
        address.is_loopback() && self.lists(address)
    }

    fn lists(&self, address: IpAddr) -> bool {
        self.allow.iter().any(|network| network.holds(address))
    }
}

/// Whether an address is global unicast, and of no block with a special purpose.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let special = match address.octets() {
        [0 | 10 | 127, ..]                        // this network, private, loopback
        | [169, 254, ..]                          // link-local
        | [192, 168, ..]                          // private
        | [192, 0, 0, _]                          // protocol assignments
        | [192, 0, 2, _]                          // documentation
        | [192, 88, 99, _]                        // 6to4 relays
        | [198, 51, 100, _]                       // documentation
        | [203, 0, 113, _] => true,               // documentation
        [100, second, ..] => second & 0xc0 == 64, // behind a provider's NAT
        [172, second, ..] => second & 0xf0 == 16, // private
        [198, second, ..] => second & 0xfe == 18, // benchmarks
        [first, ..] => first >= 224,              // multicast, reserved, broadcast
    };
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // 2000::/3 alone is global unicast: loopback, v4-mapped, NAT64, unique local, link-local, multicast lie outside.
    match address.segments() {
        [0x2001, second, ..] => second >= 0x0200 && second != 0x0db8, // protocol assignments, documentation
        [0x2002, ..] => false,                                        // 6to4 wraps an IPv4 address
        [0x3fff, second, ..] => second >= 0x1000,                     // documentation
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::crypto::random;

    const SPECIAL: [&str; 31] = [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/128",
        "::1/128",
        "::ffff:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
        "::/96",
    ];

    fn networks() -> Vec<Network> {
        SPECIAL.iter().map(|text| Network::parse(text).unwrap()).collect()
    }

    /// An address of a network, its other bits by chance.
    fn within(network: &str) -> IpAddr {
        let (base, prefix) = network.split_once('/').unwrap();
        let (base, prefix): (IpAddr, u32) = (base.parse().unwrap(), prefix.parse().unwrap());
        let chance = u128::from_be_bytes(random::bytes::<16>().unwrap());
        match base {
            IpAddr::V4(base) => {
                let rest = u32::MAX.checked_shr(prefix).unwrap_or(0);
                Ipv4Addr::from_bits(base.to_bits() | (chance as u32 & rest)).into()
            }
            IpAddr::V6(base) => {
                let rest = u128::MAX.checked_shr(prefix).unwrap_or(0);
                Ipv6Addr::from_bits(base.to_bits() | (chance & rest)).into()
            }
        }
    }

    #[test]
    fn nothing_of_a_special_block_gets_through() {
        let rule = Rule::new(&[]);
        for network in SPECIAL {
            for _ in 0..500 {
                let address = within(network);
                assert!(!rule.permits(address) && !rule.permits_clear(address), "{address} of {network}");
            }
        }
    }

    #[test]
    fn any_address_that_gets_through_is_of_no_special_block() {
        let (rule, special) = (Rule::new(&[]), networks());
        let mut through = 0;
        for _ in 0..20_000 {
            for address in [within("0.0.0.0/0"), within("2000::/3"), within("::/0")] {
                if rule.permits(address) {
                    through += 1;
                    assert!(!special.iter().any(|network| network.holds(address)), "{address}");
                }
            }
        }
        assert!(through > 20_000, "the public internet is reached");
        for public in ["8.8.8.8", "114.114.114.114", "172.32.0.1", "100.128.0.1", "2400:3200::1", "2606:4700::1111"] {
            assert!(rule.permits(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn a_listed_network_is_reached_and_its_neighbours_are_not() {
        let rule = Rule::new(&[Network::parse("10.1.0.0/16").unwrap(), Network::parse("127.0.0.0/8").unwrap()]);
        let at = |text: &str| text.parse::<IpAddr>().unwrap();
        assert!(rule.permits(at("10.1.2.3")) && !rule.permits(at("10.2.0.1")));
        assert!(!rule.permits_clear(at("10.1.2.3")), "in clear only within this machine");
        assert!(rule.permits_clear(at("127.0.0.1")) && !rule.permits_clear(at("::1")));
        assert!(!rule.permits(at("::ffff:127.0.0.1")), "not by another spelling");
        assert!(!rule.permits_clear(at("8.8.8.8")));
    }
}
