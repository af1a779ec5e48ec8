//! The RSA keys that the operator imported, in `keys/rs256.json`.
//!
//! The first one signs at once, a later one a day after its import, so that programs which keep our JWKS for a day know
//! it by then; the one before stays published for a day and a token's life. Each private key is sealed (AES-256-GCM)
//! under a fresh key, and that is wrapped under the root key (`Purpose::Sign`, owner = thumbprint).

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::Rs256Key;
use crate::clock::Timestamp;
use crate::crypto::jwk::{BadKey, PublicKey};
use crate::crypto::keyring::{AFTERWARDS, AHEAD, read, write};
use crate::crypto::secret::Secret;
use crate::crypto::wrap::{self, Binding, Purpose};
use crate::crypto::{aead, random};
use crate::fault::Fault;

const FILE: &str = "rs256.json";

/// Why a key was not imported.
#[derive(Debug, thiserror::Error)]
pub enum NotImported {
    /// It is none.
    #[error(transparent)]
    Key(#[from] BadKey),
    /// It is here already.
    #[error("this key was imported before")]
    Again,
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A key as it lies in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    /// Unix seconds.
    signs_from: i64,
    kid: String,
    /// The sealing key under the root key, base64url.
    wrapped: String,
    /// Nonce ‖ ciphertext ‖ tag of the PKCS#8, base64url.
    sealed: String,
}

#[derive(Debug)]
struct Dated {
    from: Timestamp,
    key: Rs256Key,
}

/// The imported keys, in the order in which they sign; most installations have none.
#[derive(Debug, Default)]
pub struct Imported(Vec<Dated>);

impl Imported {
    /// Opens the keys in `folder`.
    ///
    /// # Errors
    /// When the file is readable by others, damaged, or of another root key.
    pub fn open(folder: &Path, root: &Secret<32>, installation: &[u8; 16]) -> Result<Self, Fault> {
        let stored: Vec<Stored> = read(&folder.join(FILE))?;
        let keys = stored.iter().map(|key| open_key(key, root, installation)).collect::<Result<_, _>>()?;
        Ok(Self(keys))
    }

    /// Adds the key of a PEM text (`BEGIN PRIVATE KEY`) to those in `folder`; its name.
    ///
    /// # Errors
    /// When it is no such key, or was imported before.
    pub fn import(
        folder: &Path, root: &Secret<32>, installation: &[u8; 16], pem: &[u8], now: Timestamp,
    ) -> Result<String, NotImported> {
        let der = PrivatePkcs8KeyDer::from_pem_slice(pem).map_err(|_| BadKey("no PEM with a PRIVATE KEY (PKCS#8)"))?;
        let key = Rs256Key::from_pkcs8(der.secret_pkcs8_der())?;
        let kid = key.public().thumbprint().to_owned();
        let path = folder.join(FILE);
        let mut stored: Vec<Stored> = read(&path)?;
        if stored.iter().any(|known| known.kid == kid) {
            return Err(NotImported::Again);
        }
        let from = if stored.is_empty() { Timestamp::from_seconds(0) } else { now.plus(AHEAD) };
        let under = Secret::random()?;
        let binding = Binding { installation, purpose: Purpose::Sign, owner: &kid };
        let nonce: [u8; aead::NONCE] = random::bytes()?;
        let mut sealed = der.secret_pkcs8_der().to_vec();
        aead::seal(under.expose(), &nonce, &place(installation, &kid), &mut sealed)?;
        stored.push(Stored {
            signs_from: from.seconds(),
            wrapped: URL_SAFE_NO_PAD.encode(wrap::wrap(root, 0, binding, &under)?),
            sealed: URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()),
            kid: kid.clone(),
        });
        write(&path, &stored)?;
        Ok(kid)
    }

    /// The key that signs now, if there is one.
    #[must_use]
    pub fn signer(&self, now: Timestamp) -> Option<&Rs256Key> {
        self.0.iter().rev().find(|dated| dated.from <= now).map(|dated| &dated.key)
    }

    /// The public half of the key of that name.
    #[must_use]
    pub fn public(&self, kid: &str) -> Option<&PublicKey> {
        self.0.iter().map(|dated| dated.key.public()).find(|key| key.thumbprint() == kid)
    }

    /// What to publish of them now: what signs, what will, and what did until a day ago.
    pub fn published(&self, now: Timestamp) -> impl Iterator<Item = Map<String, Value>> + '_ {
        let ends = self.0.iter().skip(1).map(|next| Some(next.from)).chain([None]);
        let still = move |end: Option<Timestamp>| end.is_none_or(|end| now < end.plus(AFTERWARDS));
        self.0.iter().zip(ends).filter(move |(_, end)| still(*end)).map(|(dated, _)| dated.key.public().to_jwk())
    }
}

/// What a sealed key is bound to.
fn place(installation: &[u8; 16], kid: &str) -> Vec<u8> {
    aead::length_prefixed(&[b"latchkey/rs256/v1", installation, kid.as_bytes()])
}

fn open_key(stored: &Stored, root: &Secret<32>, installation: &[u8; 16]) -> Result<Dated, Fault> {
    const DAMAGED: Fault = Fault::Key("rs256.json is damaged");
    let wrapped = URL_SAFE_NO_PAD.decode(&stored.wrapped).map_err(|_| DAMAGED)?;
    let sealed = URL_SAFE_NO_PAD.decode(&stored.sealed).map_err(|_| DAMAGED)?;
    let binding = Binding { installation, purpose: Purpose::Sign, owner: &stored.kid };
    let under = wrap::unwrap(root, binding, &wrapped)?;
    let (nonce, sealed) = sealed.split_first_chunk::<{ aead::NONCE }>().ok_or(DAMAGED)?;
    let der = Zeroizing::new(aead::open(under.expose(), nonce, &place(installation, &stored.kid), sealed)?);
    let key = Rs256Key::from_pkcs8(&der).map_err(|_| DAMAGED)?;
    Ok(Dated { from: Timestamp::from_seconds(stored.signs_from), key })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;

    fn pem(der: &[u8]) -> String {
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der))
    }

    #[test]
    fn an_imported_key_is_sealed_and_opens_under_its_own_root_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = |byte: u8| Secret::take(&mut [byte; 32]).unwrap();
        let der = super::super::tests::vector();
        let now = Timestamp::from_seconds(1_800_000_000);
        assert!(Imported::open(folder.path(), &root(1), &[7; 16]).unwrap().signer(now).is_none());
        let bring = || Imported::import(folder.path(), &root(1), &[7; 16], pem(&der).as_bytes(), now);
        let kid = bring().unwrap();
        assert!(matches!(bring(), Err(NotImported::Again)));
        let text = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert!(!text.contains(&STANDARD.encode(&der)) && !text.contains(&URL_SAFE_NO_PAD.encode(&der)));

        let keys = Imported::open(folder.path(), &root(1), &[7; 16]).unwrap();
        assert_eq!(keys.signer(now).unwrap().public().thumbprint(), kid);
        let published: Vec<_> = keys.published(now).collect();
        let mut members: Vec<&str> = published.first().unwrap().keys().map(String::as_str).collect();
        members.sort_unstable();
        assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"], "no private member");
        assert!(Imported::open(folder.path(), &root(2), &[7; 16]).is_err());
        assert!(Imported::open(folder.path(), &root(1), &[8; 16]).is_err());
    }

    #[test]
    fn what_is_no_key_is_not_imported() {
        let folder = tempfile::tempdir().unwrap();
        let root = Secret::take(&mut [1; 32]).unwrap();
        for text in
            ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "-----BEGIN RSA PRIVATE KEY-----\n"]
        {
            let refused = Imported::import(folder.path(), &root, &[7; 16], text.as_bytes(), Timestamp::from_seconds(0));
            assert!(matches!(refused, Err(NotImported::Key(_))), "{text}");
        }
        assert!(!folder.path().join(FILE).exists());
    }
}
