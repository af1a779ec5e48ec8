//! Distinguished names: as text in a registration (RFC 4514), and as a certificate has them.

use std::fmt;

use x509_parser::x509::X509Name;

/// What attribute types are called in text (RFC 4514 §3 and what certificates have besides), with their OIDs.
const TYPES: [(&str, &str); 17] = [
    ("CN", "2.5.4.3"),
    ("SN", "2.5.4.4"),
    ("SERIALNUMBER", "2.5.4.5"),
    ("C", "2.5.4.6"),
    ("L", "2.5.4.7"),
    ("ST", "2.5.4.8"),
    ("STREET", "2.5.4.9"),
    ("O", "2.5.4.10"),
    ("OU", "2.5.4.11"),
    ("TITLE", "2.5.4.12"),
    ("BUSINESSCATEGORY", "2.5.4.15"),
    ("GN", "2.5.4.42"),
    ("ORGANIZATIONIDENTIFIER", "2.5.4.97"),
    ("UID", "0.9.2342.19200300.100.1.1"),
    ("DC", "0.9.2342.19200300.100.1.25"),
    ("EMAILADDRESS", "1.2.840.113549.1.9.1"),
    ("JURISDICTIONCOUNTRYNAME", "1.3.6.1.4.1.311.60.2.1.3"),
];

/// A distinguished name: its relative names from the root down, each a sorted set of type (OID) and value. Values are
/// compared as they are; two spellings of one name are two names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistinguishedName(Vec<Vec<(String, String)>>);

impl DistinguishedName {
    /// Reads the text of RFC 4514: `CN=parking,O=甲公司,C=CN`, the last relative name first. `None` when it is none,
    /// has an attribute type that is neither known nor an OID, or a value in hexadecimal (`#…`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut names = Vec::new();
        for relative in split(text, ',') {
            let mut pairs: Vec<_> = split(relative, '+').into_iter().map(pair).collect::<Option<_>>()?;
            pairs.sort_unstable();
            names.push(pairs);
        }
        names.reverse();
        Some(Self(names))
    }

    /// The subject of a certificate; `None` when it is empty, or has a value that is no text.
    pub(super) fn of(name: &X509Name<'_>) -> Option<Self> {
        let mut names = Vec::new();
        for relative in name.iter_rdn() {
            let pair = |attribute: &x509_parser::x509::AttributeTypeAndValue<'_>| {
                Some((attribute.attr_type().to_id_string(), attribute.as_str().ok()?.to_owned()))
            };
            let mut pairs: Vec<_> = relative.iter().map(pair).collect::<Option<_>>()?;
            pairs.sort_unstable();
            names.push(pairs);
        }
        (!names.is_empty()).then_some(Self(names))
    }
}

/// For people: the last relative name first, without escapes.
impl fmt::Display for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = |oid: &str| {
            TYPES.iter().find(|(_, known)| *known == oid).map_or(oid.to_owned(), |(name, _)| (*name).to_owned())
        };
        let relative = |pairs: &Vec<(String, String)>| {
            pairs.iter().map(|(oid, value)| format!("{}={value}", kind(oid))).collect::<Vec<_>>().join("+")
        };
        f.write_str(&self.0.iter().rev().map(relative).collect::<Vec<_>>().join(","))
    }
}

/// The parts between these, where no backslash stands before them.
fn split(text: &str, between: char) -> Vec<&str> {
    let mut escaped = false;
    text.split(|character: char| {
        let ends = character == between && !escaped;
        escaped = character == '\\' && !escaped;
        ends
    })
    .collect()
}

/// One type and value: `CN=parking`.
fn pair(text: &str) -> Option<(String, String)> {
    let (kind, value) = text.split_once('=')?;
    let kind = kind.trim();
    let known = TYPES.iter().find(|(name, _)| name.eq_ignore_ascii_case(kind)).map(|(_, oid)| *oid);
    let is_oid = |kind: &&str| {
        kind.contains('.') && kind.split('.').all(|arc| !arc.is_empty() && arc.bytes().all(|b| b.is_ascii_digit()))
    };
    let kind = known.or_else(|| Some(kind).filter(is_oid))?;
    Some((kind.to_owned(), value_of(value)?))
}

/// A value without its escapes; spaces around it do not count unless they are escaped.
fn value_of(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut kept = 0;
    let mut rest = text.trim_start_matches(' ').bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'\\' => {
                let first = rest.next()?;
                let plain = b" \"#+,;<=>\\".contains(&first);
                bytes.push(if plain { first } else { hex_pair(first, rest.next()?)? });
                kept = bytes.len();
            }
            b'#' if bytes.is_empty() => return None,
            b'"' | b';' | b'<' | b'>' | 0 => return None,
            byte => bytes.push(byte),
        }
    }
    while bytes.len() > kept && bytes.last() == Some(&b' ') {
        bytes.pop();
    }
    String::from_utf8(bytes).ok().filter(|value| !value.is_empty())
}

fn hex_pair(first: u8, second: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(first)? * 16 + digit(second)?).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        DistinguishedName::parse(one).unwrap() == DistinguishedName::parse(other).unwrap()
    }

    #[test]
    fn one_name_has_several_spellings_in_text() {
        for (one, other) in [
            ("CN=a,O=b", "cn = a, 2.5.4.10=b"),
            ("CN=a\\, b", "CN=a\\2c b"),
            ("CN=\\E7\\94\\B2", "CN=甲"),
            ("CN=a+OU=b,C=CN", "OU=b+CN=a,C=CN"),
            ("CN=a\\ ", "CN=a\\20"),
            ("CN=a=b", "CN=a\\=b"),
        ] {
            assert!(same(one, other), "{one} / {other}");
        }
        for (one, other) in
            [("CN=a,O=b", "O=b,CN=a"), ("CN=a", "CN=A"), ("CN=a\\ ", "CN=a "), ("CN=a\\,O=b", "CN=a,O=b")]
        {
            assert!(!same(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn a_name_is_told_from_its_end() {
        let told = DistinguishedName::parse("cn=a+2.5.4.11=b, 1.2.3=c,C=CN").unwrap().to_string();
        assert_eq!(told, "OU=b+CN=a,1.2.3=c,C=CN");
    }

    #[test]
    fn what_is_no_name_is_not_read_as_one() {
        for not in [
            "", "a", "CN", "CN=", "CN= ", "=a", "XX=a", "CN=a,", ",CN=a", "CN=#04", "CN=a\\", "CN=a\\zz", "CN=a;b",
            "CN=\\FF", "1..2=a",
        ] {
            assert!(DistinguishedName::parse(not).is_none(), "{not}");
        }
    }
}
