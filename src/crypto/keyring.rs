//! The keys that sign tokens: one signs, the next is already published, the last stays readable.
//!
//! Relying parties may cache our JWKS for a day. So a key is published at least a day before it signs, and stays
//! published for a day and a token's life after its successor took over. Keys change every ninety days; which one
//! signs is decided by the clock, so nodes that share the folder agree without talking.
//!
//! `keys/signing.json` holds for each key its point, the moment from which it signs, and the scalar wrapped under
//! the root key (`Purpose::Sign`, owner = thumbprint).

use std::fs;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::jwk::PublicKey;
use super::jws::SigningKey;
use super::rs256::Imported;
use super::secret::Secret;
use super::wrap::{self, Binding, Purpose};
use crate::clock::Timestamp;
use crate::fault::Fault;

/// For how long one key signs.
const SIGNS_FOR: Duration = Duration::from_secs(90 * 86_400);
/// For how long it is published before it signs, at least.
pub(super) const AHEAD: Duration = Duration::from_secs(86_400);
/// For how long it is published after it signed for the last time: a day, and the longest life of a token.
pub(super) const AFTERWARDS: Duration = Duration::from_secs(86_400 + 3_600);

/// The token signing keys.
#[derive(Debug)]
pub struct Keyring {
    /// By the moment from which they sign; never empty, the first one signs from the beginning of time.
    keys: Vec<Dated>,
    /// Read again when a key is wanted that was imported since.
    imported: RwLock<Arc<Imported>>,
}

#[derive(Debug)]
struct Dated {
    from: Timestamp,
    key: SigningKey,
}

/// A key as it lies in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    /// Unix seconds.
    signs_from: i64,
    /// `04 ‖ x ‖ y`, base64url.
    point: String,
    /// The scalar under the root key, base64url.
    wrapped: String,
}

impl Keyring {
    /// Opens the keys in `folder`, makes the first two when there are none, and makes the next one when the last
    /// has begun to sign.
    ///
    /// # Errors
    /// When the file cannot be read or written, is readable by others, or was wrapped under another root key.
    pub fn open(folder: &Path, root: &Secret<32>, installation: &[u8; 16], now: Timestamp) -> Result<Self, Fault> {
        let path = folder.join("signing.json");
        let mut stored: Vec<Stored> = read(&path)?;
        let before = stored.len();
        if stored.is_empty() {
            stored.push(make(root, installation, Timestamp::from_seconds(0))?);
            stored.push(make(root, installation, now.plus(SIGNS_FOR))?);
        }
        let last = stored.last().map_or(0, |key| key.signs_from);
        if last <= now.seconds() {
            let due = Timestamp::from_seconds(last).plus(SIGNS_FOR);
            stored.push(make(root, installation, due.max(now.plus(AHEAD)))?);
        }
        if stored.len() != before {
            write(&path, &stored)?;
        }
        let keys = stored.iter().map(|key| open_key(key, root, installation)).collect::<Result<_, _>>()?;
        Ok(Self { keys, imported: RwLock::new(Arc::new(Imported::open(folder, root, installation)?)) })
    }

    /// The key that signs now.
    ///
    /// # Errors
    /// Never: the first key signs from the beginning of time.
    pub fn signer(&self, now: Timestamp) -> Result<&SigningKey, Fault> {
        let signing = self.keys.iter().rev().find(|dated| dated.from <= now);
        signing.map(|dated| &dated.key).ok_or(Fault::Key("no key signs now"))
    }

    /// The public half of the key of that name, whether it signs, will sign or has signed.
    #[must_use]
    pub fn public(&self, kid: &str) -> Option<PublicKey> {
        let own = self.keys.iter().map(|dated| dated.key.public()).find(|key| key.kid() == Some(kid)).cloned();
        own.or_else(|| self.imported().public(kid).cloned())
    }

    /// The RSA keys that the operator imported.
    #[must_use]
    pub fn imported(&self) -> Arc<Imported> {
        Arc::clone(&self.imported.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes what lies in the folder now for the imported keys.
    pub fn keep(&self, imported: Imported) {
        *self.imported.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(imported);
    }

    /// The JWK set to publish now (RFC 7517 §5): what signs, what will, and what did until a day ago.
    #[must_use]
    pub fn published(&self, now: Timestamp) -> Vec<Map<String, Value>> {
        let ends = self.keys.iter().skip(1).map(|next| Some(next.from)).chain([None]);
        let still = |end: &Option<Timestamp>| end.is_none_or(|end| now < end.plus(AFTERWARDS));
        let own =
            self.keys.iter().zip(ends).filter(|(_, end)| still(end)).map(|(dated, _)| dated.key.public().to_jwk());
        own.chain(self.imported().published(now)).collect()
    }
}

fn make(root: &Secret<32>, installation: &[u8; 16], from: Timestamp) -> Result<Stored, Fault> {
    let (scalar, point) = SigningKey::generate()?;
    let key = SigningKey::from_parts(&scalar, &point)?;
    let binding = Binding { installation, purpose: Purpose::Sign, owner: key.public().thumbprint() };
    let wrapped = wrap::wrap(root, 0, binding, &scalar)?;
    Ok(Stored {
        signs_from: from.seconds(),
        point: URL_SAFE_NO_PAD.encode(point),
        wrapped: URL_SAFE_NO_PAD.encode(wrapped),
    })
}

fn open_key(stored: &Stored, root: &Secret<32>, installation: &[u8; 16]) -> Result<Dated, Fault> {
    let malformed = |_| Fault::Key("signing.json is damaged");
    let point = URL_SAFE_NO_PAD.decode(&stored.point).map_err(malformed)?;
    let point: [u8; 65] = point.try_into().map_err(|_| Fault::Key("signing.json is damaged"))?;
    let wrapped = URL_SAFE_NO_PAD.decode(&stored.wrapped).map_err(malformed)?;
    let public = PublicKey::from_point(&point);
    let binding = Binding { installation, purpose: Purpose::Sign, owner: public.thumbprint() };
    let scalar = wrap::unwrap(root, binding, &wrapped)?;
    let key = SigningKey::from_parts(&scalar, &point)?;
    Ok(Dated { from: Timestamp::from_seconds(stored.signs_from), key })
}

/// The keys of a file, none if there is no file.
///
/// # Errors
/// When it cannot be read, is readable by others, or damaged.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Fault> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(Fault::File("signing keys", cause)),
    };
    let mode = fs::metadata(path).map_err(|cause| Fault::File("signing keys", cause))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(Fault::Key("a file of signing keys is readable by others: chmod 600"));
    }
    serde_json::from_slice(&text).map_err(|_| Fault::Key("a file of signing keys is damaged"))
}

/// Writes beside, syncs, renames: after a crash the old file or the new one is there, whole.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write<T: Serialize>(path: &Path, keys: &[T]) -> Result<(), Fault> {
    let failed = |cause| Fault::File("signing keys", cause);
    let text = serde_json::to_vec_pretty(keys).map_err(|_| Fault::Internal("signing keys do not serialise"))?;
    let beside = path.with_extension("json.new");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside);
    let file = file.as_mut().map_err(|cause| Fault::File("signing keys", std::io::Error::from(cause.kind())))?;
    file.write_all(&text).and_then(|()| file.sync_all()).map_err(failed)?;
    fs::rename(&beside, path).map_err(failed)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_secs(86_400);

    fn root(byte: u8) -> Secret<32> {
        Secret::take(&mut [byte; 32]).unwrap()
    }

    fn kids(ring: &Keyring, now: Timestamp) -> Vec<String> {
        ring.published(now).iter().map(|jwk| jwk["kid"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn the_next_key_is_published_long_before_it_signs_and_the_last_for_a_day_after() {
        let folder = tempfile::tempdir().unwrap();
        let start = Timestamp::from_seconds(1_800_000_000);
        let ring = Keyring::open(folder.path(), &root(1), &[7; 16], start).unwrap();
        let first = kids(&ring, start);
        assert_eq!(first.len(), 2);
        assert_eq!(ring.signer(start).unwrap().public().thumbprint(), first[0]);

        // It changes by the clock, and the one that signed before stays readable.
        let changed = start.plus(SIGNS_FOR);
        assert_eq!(ring.signer(changed).unwrap().public().thumbprint(), first[1]);
        assert_eq!(kids(&ring, changed), first);
        assert_eq!(kids(&ring, changed.plus(DAY + DAY)), first[1..]);

        // The next start makes the next key, not to sign before a day has gone by.
        let late = start.plus(SIGNS_FOR * 3);
        let again = Keyring::open(folder.path(), &root(1), &[7; 16], late).unwrap();
        let now = kids(&again, late);
        assert_eq!((now.len(), &now[0]), (2, &first[1]));
        assert_eq!(again.signer(late.plus(DAY / 2)).unwrap().public().thumbprint(), first[1]);
        assert_eq!(again.signer(late.plus(DAY)).unwrap().public().thumbprint(), now[1]);
    }

    #[test]
    fn no_private_member_is_published() {
        let folder = tempfile::tempdir().unwrap();
        let start = Timestamp::from_seconds(1_800_000_000);
        let ring = Keyring::open(folder.path(), &root(1), &[7; 16], start).unwrap();
        for jwk in ring.published(start) {
            let mut members: Vec<&str> = jwk.keys().map(String::as_str).collect();
            members.sort_unstable();
            assert_eq!(members, ["alg", "crv", "kid", "kty", "use", "x", "y"]);
        }
    }

    #[test]
    fn another_root_key_or_open_permissions_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let start = Timestamp::from_seconds(1_800_000_000);
        Keyring::open(folder.path(), &root(1), &[7; 16], start).unwrap();
        assert!(Keyring::open(folder.path(), &root(2), &[7; 16], start).is_err());
        assert!(Keyring::open(folder.path(), &root(1), &[8; 16], start).is_err());
        let path = folder.path().join("signing.json");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(Keyring::open(folder.path(), &root(1), &[7; 16], start).is_err());
    }
}
