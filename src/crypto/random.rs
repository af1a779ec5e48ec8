//! Random bytes: the operating system's, through ring. Nothing else in the code makes any.

use ring::rand::{SecureRandom, SystemRandom};

use crate::fault::Fault;

/// So many random bytes.
///
/// # Errors
/// When the operating system has none to give; nothing can go on then.
pub fn bytes<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0_u8; N];
    source().fill(&mut bytes).map_err(|_| Fault::Internal("no random bytes from the operating system"))?;
    Ok(bytes)
}

/// A fresh id (`ids.rs`).
///
/// # Errors
/// As [`bytes`].
pub fn id<Id: From<[u8; 16]>>() -> Result<Id, Fault> {
    Ok(Id::from(bytes()?))
}

/// The source itself, for ring's key generation and signatures, which draw by themselves.
#[expect(clippy::disallowed_methods, reason = "the one place that opens the source")]
#[must_use]
pub fn source() -> SystemRandom {
    SystemRandom::new()
}
