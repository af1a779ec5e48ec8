//! For whom a certificate must be, in one of the five ways that a client may register (RFC 8705 §2.1.2).

use std::fmt;
use std::net::IpAddr;

use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;

use super::distinguished::DistinguishedName;

/// The name that must stand in the certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubjectName {
    /// The whole subject.
    Distinguished(DistinguishedName),
    /// A `dNSName` among the alternative names; no wildcard.
    Dns(String),
    /// A `uniformResourceIdentifier` among them.
    Uri(String),
    /// An `iPAddress` among them.
    Ip(IpAddr),
    /// An `rfc822Name` among them.
    Email(String),
}

impl fmt::Display for SubjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Distinguished(name) => write!(f, "{name}"),
            Self::Dns(name) => write!(f, "DNS {name}"),
            Self::Uri(name) => write!(f, "URI {name}"),
            Self::Ip(name) => write!(f, "IP {name}"),
            Self::Email(name) => write!(f, "e-mail {name}"),
        }
    }
}

impl SubjectName {
    /// Whether it stands in this certificate. DNS names are compared without regard to case, all else byte for byte.
    pub(super) fn is_in(&self, certificate: &X509Certificate<'_>) -> bool {
        if let Self::Distinguished(name) = self {
            return DistinguishedName::of(certificate.subject()).as_ref() == Some(name);
        }
        let Ok(Some(names)) = certificate.subject_alternative_name() else { return false };
        names.value.general_names.iter().any(|name| match (self, name) {
            (Self::Dns(own), GeneralName::DNSName(name)) => own.eq_ignore_ascii_case(name),
            (Self::Uri(own), GeneralName::URI(name)) => own == name,
            (Self::Email(own), GeneralName::RFC822Name(name)) => own == name,
            (Self::Ip(IpAddr::V4(own)), GeneralName::IPAddress(bytes)) => own.octets() == **bytes,
            (Self::Ip(IpAddr::V6(own)), GeneralName::IPAddress(bytes)) => own.octets() == **bytes,
            _ => false,
        })
    }
}
