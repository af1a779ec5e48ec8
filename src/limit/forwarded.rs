//! Who asks, when a proxy stands in between: `X-Forwarded-For` and `Forwarded` (RFC 7239), read from the right.
//!
//! Each proxy adds the address it was asked from at the right. So what our own proxies wrote stands at the right, and
//! what the caller invented stands to the left of it and is never looked at. Headers of a peer that is no proxy of ours
//! are not read at all; what cannot be read, where it must be, is an error and never "nobody" (V67).

use std::net::{IpAddr, SocketAddr};

use crate::config::Network;

/// What a proxy of ours wrote is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// The address that the outermost of our proxies was asked from; `peer` itself when it is none, or wrote nothing.
///
/// `listed` holds the lines of `X-Forwarded-For`, `forwarded` those of `Forwarded`, in the order they came. Where both
/// came, both must say the same: the one that our proxy does not write comes from outside.
///
/// # Errors
/// When a proxy of ours wrote what is no address, or the two headers disagree.
pub fn caller(peer: IpAddr, proxies: &[Network], listed: &[&[u8]], forwarded: &[&[u8]]) -> Result<IpAddr, Unreadable> {
    let peer = peer.to_canonical();
    let ours = |address: IpAddr| proxies.iter().any(|network| network.holds(address));
    if !ours(peer) {
        return Ok(peer);
    }
    let listed = outermost(&entries(listed)?, &ours, |entry| address(entry.trim()))?;
    let forwarded = outermost(&split(forwarded, b',')?, &ours, named)?;
    match (listed, forwarded) {
        (Some(one), Some(other)) if one != other => Err(Unreadable),
        (one, other) => Ok(one.or(other).unwrap_or(peer)),
    }
}

/// From the right: the first address that is no proxy's; the leftmost when all are. `None`: no entries.
fn outermost(
    entries: &[&str], ours: &impl Fn(IpAddr) -> bool, read: impl Fn(&str) -> Option<IpAddr>,
) -> Result<Option<IpAddr>, Unreadable> {
    let mut last = None;
    for entry in entries.iter().rev() {
        let address = read(entry).ok_or(Unreadable)?;
        last = Some(address);
        if !ours(address) {
            break;
        }
    }
    Ok(last)
}

/// The entries of all lines of `X-Forwarded-For`, which knows no quotes: none that a stranger wrote means anything.
fn entries<'a>(lines: &[&'a [u8]]) -> Result<Vec<&'a str>, Unreadable> {
    let mut entries = Vec::new();
    for line in lines {
        entries.extend(std::str::from_utf8(line).map_err(|_| Unreadable)?.split(','));
    }
    Ok(entries)
}

/// The parts of all lines between separators that stand outside quotes.
fn split<'a>(lines: &[&'a [u8]], separator: u8) -> Result<Vec<&'a str>, Unreadable> {
    let mut parts = Vec::new();
    for line in lines {
        let line = std::str::from_utf8(line).map_err(|_| Unreadable)?;
        let (mut quoted, mut escaped) = (false, false);
        parts.extend(line.split(|character: char| {
            match character {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                _ => {}
            }
            !quoted && character == char::from(separator)
        }));
        // A quote that a stranger left open would swallow what our proxy wrote after it.
        if quoted {
            return Err(Unreadable);
        }
    }
    Ok(parts)
}

/// The one `for` of a forwarded element (RFC 7239 §4, §6): no name of ours, no `unknown`, no `_hidden`.
fn named(element: &str) -> Option<IpAddr> {
    let pairs = split(&[element.as_bytes()], b';').ok()?;
    if pairs.iter().any(|pair| !is_quoted_whole(pair)) {
        return None;
    }
    let mut found = pairs.iter().filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| value.trim())
    });
    let (value, None) = (found.next()?, found.next()) else { return None };
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    address(inner.unwrap_or(value))
}

/// Whether the quotes of a pair, if any, stand around its whole value: others were opened by a stranger and closed by the
/// first quote that our proxy wrote.
fn is_quoted_whole(pair: &str) -> bool {
    let Some((name, quoted)) = pair.split_once('"') else { return true };
    let mut escaped = false;
    let end = quoted.find(|character: char| {
        let ends = character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        ends
    });
    name.trim_end().ends_with('=')
        && end.is_some_and(|end| quoted.get(end + 1..).is_some_and(|rest| rest.trim().is_empty()))
}

/// `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let bare = bare.filter(|inner| inner.contains(':')).unwrap_or(text);
    let address = bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const PROXY: &str = "10.0.0.1";

    fn from(peer: &str, listed: &[&str], forwarded: &[&str]) -> Option<String> {
        let proxies = [Network::parse("10.0.0.0/8").unwrap(), Network::parse("2001:db8:1::/48").unwrap()];
        let listed: Vec<&[u8]> = listed.iter().map(|line| line.as_bytes()).collect();
        let forwarded: Vec<&[u8]> = forwarded.iter().map(|line| line.as_bytes()).collect();
        caller(peer.parse().unwrap(), &proxies, &listed, &forwarded).ok().map(|address| address.to_string())
    }

    #[test]
    fn v67_a_stranger_may_write_what_it_likes() {
        for line in ["198.51.100.1", "a", "", ",,,", "\u{1}"] {
            assert_eq!(from("203.0.113.9", &[line], &[line]).as_deref(), Some("203.0.113.9"), "{line}");
        }
    }

    #[test]
    fn v67_a_proxy_of_ours_is_believed_up_to_what_it_was_told() {
        for (listed, caller) in [
            (&["198.51.100.1"][..], "198.51.100.1"),
            (&["192.0.2.1, 198.51.100.1"], "198.51.100.1"),
            (&["a, 198.51.100.1"], "198.51.100.1"),
            (&["198.51.100.1, 10.9.9.9"], "198.51.100.1"),
            (&["192.0.2.1", "198.51.100.1,10.9.9.9"], "198.51.100.1"),
            (&["10.9.9.9"], "10.9.9.9"),
            (&["198.51.100.1:4711"], "198.51.100.1"),
            (&["[2001:db8::1]:4711"], "2001:db8::1"),
            (&["2001:db8::1"], "2001:db8::1"),
            (&["::ffff:198.51.100.1"], "198.51.100.1"),
            (&["192.0.2.1, \"192.0.2.2, 198.51.100.1"], "198.51.100.1"),
            (&["\"192.0.2.1", "198.51.100.1, 10.9.9.9"], "198.51.100.1"),
            (&[], PROXY),
        ] {
            assert_eq!(from(PROXY, listed, &[]).as_deref(), Some(caller), "{listed:?}");
        }
        for (forwarded, caller) in [
            (&["for=198.51.100.1"][..], "198.51.100.1"),
            (&["for=a, For=\"198.51.100.1:80\";proto=https;by=_x"], "198.51.100.1"),
            (&["proto=https;for=\"[2001:db8::1]:80\";by=\"a,b;for=c\""], "2001:db8::1"),
            (&["for=198.51.100.1", "for=10.9.9.9"], "198.51.100.1"),
        ] {
            assert_eq!(from(PROXY, &[], forwarded).as_deref(), Some(caller), "{forwarded:?}");
        }
    }

    #[test]
    fn v67_what_a_proxy_of_ours_wrote_must_be_an_address() {
        for line in
            ["a", "", " ", "198.51.100.1,", "unknown", "198.51.100.256", "198.51.100.1 x", "[198.51.100.1]", "0x7f.1"]
        {
            assert_eq!(from(PROXY, &[line], &[]), None, "{line}");
        }
        for line in [
            "for=",
            "for=unknown",
            "for=_hidden",
            "by=198.51.100.1",
            "",
            "for=198.51.100.1;for=198.51.100.2",
            "for=\"198.51.100.1",
            "198.51.100.1",
            "for=192.0.2.1;a=\", for=198.51.100.1",
            "for=192.0.2.1;a=\", for=\"[2001:db8::1]:80\"",
            "for=9.9.9.9;x=\", for=203.0.113.5",
            "for=9.9.9.9;x=\"\\, for=203.0.113.5",
            "for=9.9.9.9;x=\", for=\"203.0.113.5\";host=\"a\\\"\"",
            "for=9.9.9.9;\"x=, for=\"203.0.113.5",
            "for=198.51.100.1, ",
        ] {
            assert_eq!(from(PROXY, &[], &[line]), None, "{line}");
        }
        assert_eq!(from(PROXY, &["198.51.100.1"], &["for=198.51.100.1"]).as_deref(), Some("198.51.100.1"));
        assert_eq!(from(PROXY, &["198.51.100.1"], &["for=198.51.100.2"]), None);
    }
}
