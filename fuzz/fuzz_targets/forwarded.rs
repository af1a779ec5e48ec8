//! `X-Forwarded-For` and `Forwarded`: a stranger's are never heard, a proxy's are an address or an error.
#![no_main]

use std::net::{IpAddr, Ipv4Addr};

use latchkey::config::Network;
use latchkey::limit::forwarded::caller;
use libfuzzer_sys::fuzz_target;

const TOLD: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 7);

fuzz_target!(|line: &[u8]| {
    let (proxy, stranger) = (IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)), IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9)));
    let Ok(network) = Network::parse("10.0.0.0/8") else { return };
    let ours = [network];
    assert_eq!(caller(stranger, &ours, &[line], &[line]), Ok(stranger));
    for found in [caller(proxy, &ours, &[line], &[]), caller(proxy, &ours, &[], &[line])].into_iter().flatten() {
        assert_eq!(found, found.to_canonical());
    }
    // What our own proxy writes last is what counts, or the whole is an error, whatever stands before it.
    for (listed, ending) in [(true, &b", 198.51.100.7"[..]), (false, &b", for=198.51.100.7"[..])] {
        let whole = [line, ending].concat();
        let whole = [whole.as_slice()];
        let found = if listed { caller(proxy, &ours, &whole, &[]) } else { caller(proxy, &ours, &[], &whole) };
        assert!(found.is_err() || found == Ok(IpAddr::V4(TOLD)));
    }
});
