//! What a manifest says about certificates (RFC 8705 §2.1.2, §2.2, §3.4).
//!
//! A client of `tls_client_auth` registers exactly one name. One of `self_signed_tls_client_auth` registers its
//! certificates themselves: in `jwks`, as the `x5c` of its keys (RFC 7517 §4.7), or as PEM in
//! `tls_client_certificates`, which is easier to write by hand.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Map, Value};
use url::Url;

use super::NotAClient;
use super::members::Members;
use crate::config::Config;
use crate::crypto::certificate::{self, DistinguishedName, SubjectName};
use crate::oauth::certificate::Expected;
use crate::oauth::client::{AuthMethod, Client};

/// Most certificates of one client: the one in use, and those before and after it.
const MOST: usize = 8;

/// Takes all of it.
///
/// # Errors
/// `invalid_client_metadata` with the member that is not as it must be.
pub fn expected(members: &mut Members) -> Result<Expected, NotAClient> {
    let mut own = in_jwks(members.look("jwks"))?;
    own.extend(in_pem(members.take("tls_client_certificates")?.unwrap_or_default())?);
    let binds = members.take("tls_client_certificate_bound_access_tokens")?.unwrap_or_default();
    Ok(Expected { own, name: name(members)?, binds })
}

/// The one name, in one of five members.
fn name(members: &mut Members) -> Result<Option<SubjectName>, NotAClient> {
    type Read = fn(&str) -> Option<SubjectName>;
    let kinds: [(&str, Read); 5] = [
        ("tls_client_auth_subject_dn", |text| DistinguishedName::parse(text).map(SubjectName::Distinguished)),
        ("tls_client_auth_san_dns", dns),
        ("tls_client_auth_san_uri", |text| Url::parse(text).ok().map(|_| SubjectName::Uri(text.to_owned()))),
        ("tls_client_auth_san_ip", |text| text.parse().ok().map(SubjectName::Ip)),
        ("tls_client_auth_san_email", email),
    ];
    let mut found = None;
    for (member, read) in kinds {
        let Some(text) = members.take::<String>(member)? else { continue };
        let name = read(&text).ok_or_else(|| NotAClient::metadata(format!("{member}: cannot be read")))?;
        if found.replace(name).is_some() {
            return Err(NotAClient::metadata("one of the members tls_client_auth_… is enough, and all there may be"));
        }
    }
    Ok(found)
}

fn dns(text: &str) -> Option<SubjectName> {
    let label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    (text.len() <= 253 && text.split('.').all(label)).then(|| SubjectName::Dns(text.to_owned()))
}

fn email(text: &str) -> Option<SubjectName> {
    let (user, host) = text.split_once('@')?;
    let plain = text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_whitespace() || byte.is_ascii_control());
    (plain && !user.is_empty() && !host.is_empty()).then(|| SubjectName::Email(text.to_owned()))
}

/// The first certificate of every `x5c`.
fn in_jwks(jwks: Option<&Value>) -> Result<Vec<String>, NotAClient> {
    let keys = jwks.and_then(|set| set.get("keys")).and_then(Value::as_array);
    let mut own = Vec::new();
    for jwk in keys.into_iter().flatten().filter_map(Value::as_object) {
        let Some(chain) = jwk.get("x5c") else { continue };
        let no = || NotAClient::metadata("jwks: x5c must begin with the certificate of its key, DER in base64");
        own.push(of_x5c(jwk, chain).ok_or_else(no)?);
    }
    Ok(own)
}

fn of_x5c(jwk: &Map<String, Value>, chain: &Value) -> Option<String> {
    let der = STANDARD.decode(chain.as_array()?.first()?.as_str()?).ok()?;
    certificate::is_about(&der, jwk).then(|| certificate::thumbprint(&der))
}

/// One certificate in each text.
fn in_pem(texts: Vec<String>) -> Result<Vec<String>, NotAClient> {
    let no = || NotAClient::metadata("tls_client_certificates: each must be one certificate (PEM)");
    let read = |text: String| {
        let mut all = CertificateDer::pem_slice_iter(text.as_bytes());
        match (all.next(), all.next()) {
            (Some(Ok(der)), None) if certificate::is_one(&der) => Ok(certificate::thumbprint(&der)),
            _ => Err(no()),
        }
    };
    texts.into_iter().map(read).collect()
}

/// Whether method and certificates fit each other.
///
/// # Errors
/// What does not.
pub fn check(client: &Client) -> Result<(), NotAClient> {
    let no = |sentence: &str| Err(NotAClient::metadata(sentence));
    let Expected { own, name, .. } = &client.certificate;
    match client.auth {
        AuthMethod::TlsClientAuth if name.is_none() => no("tls_client_auth needs one of the members tls_client_auth_…"),
        AuthMethod::SelfSignedTlsClientAuth if own.is_empty() => {
            no("self_signed_tls_client_auth needs a certificate: x5c in jwks.keys, or tls_client_certificates")
        }
        method if name.is_some() && method != AuthMethod::TlsClientAuth => {
            no("the members tls_client_auth_… are for the method tls_client_auth")
        }
        _ if own.len() > MOST => no("too many certificates"),
        _ => Ok(()),
    }
}

impl Client {
    /// Whether its method is one that this service, so configured, takes.
    ///
    /// # Errors
    /// When it could never authenticate.
    pub fn check_method(&self, config: &Config) -> Result<(), NotAClient> {
        if !self.auth.is_open(config) {
            return Err(NotAClient::metadata("token_endpoint_auth_method: certificates need [mtls] in the settings"));
        }
        if self.certificate.binds && config.mtls.listener().is_none() {
            return Err(NotAClient::metadata(
                "tls_client_certificate_bound_access_tokens: certificates need [mtls] in the settings",
            ));
        }
        Ok(())
    }
}
