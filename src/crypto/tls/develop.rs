//! A self-signed certificate for development: nobody else trusts it.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use jiff::ToSpan;
use jiff::civil::Date;
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, date_time_ymd};

/// Where a pair was put.
#[derive(Debug)]
pub struct Made {
    /// The certificate, PEM.
    pub certificate: PathBuf,
    /// Its key, PEM, readable by its owner alone.
    pub key: PathBuf,
}

/// Makes a P-256 key and a certificate for these names (DNS names or IP addresses), good for a year from `today`.
/// Nothing that is there is written over.
///
/// # Errors
/// When a name is none, or a file is there already or cannot be written.
pub fn make(folder: &Path, names: &[String], today: Date) -> io::Result<Made> {
    let (pem, secret) = certificate(names, today).map_err(io::Error::other)?;
    std::fs::create_dir_all(folder)?;
    let made = Made { certificate: folder.join("certificate.pem"), key: folder.join("key.pem") };
    write(&made.key, &secret, 0o600)?;
    write(&made.certificate, &pem, 0o644)?;
    Ok(made)
}

fn certificate(names: &[String], today: Date) -> Result<(String, String), rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut asked = CertificateParams::new(names.to_vec())?;
    asked.distinguished_name.push(DnType::CommonName, "Latchkey development");
    asked.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    asked.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // From yesterday on: nobody's clock is exact.
    let (from, until) = (today.saturating_sub(1.day()), today.saturating_add(365.days()));
    asked.not_before = date_time_ymd(from.year().into(), from.month().unsigned_abs(), from.day().unsigned_abs());
    asked.not_after = date_time_ymd(until.year().into(), until.month().unsigned_abs(), until.day().unsigned_abs());
    Ok((asked.self_signed(&key)?.pem(), key.serialize_pem()))
}

fn write(path: &Path, text: &str, mode: u32) -> io::Result<()> {
    let named = |cause: io::Error| io::Error::new(cause.kind(), format!("{}: {cause}", path.display()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path).map_err(named)?;
    file.write_all(text.as_bytes())
}
