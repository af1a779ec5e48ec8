//! Key bytes in memory.

use subtle::ConstantTimeEq;
use zeroize::Zeroize;

use super::random;
use crate::fault::Fault;

/// `N` secret bytes: on the heap so that a move leaves no copy, wiped when dropped; neither printed nor cloned.
pub struct Secret<const N: usize>(Box<[u8; N]>);

impl<const N: usize> Secret<N> {
    /// Fresh random bytes.
    ///
    /// # Errors
    /// When the operating system has none.
    pub fn random() -> Result<Self, Fault> {
        let mut bytes: [u8; N] = random::bytes()?;
        let secret = Self(Box::new(bytes));
        bytes.zeroize();
        Ok(secret)
    }

    /// Takes over bytes, and wipes the place they were in. `None` when there are not `N` of them.
    pub fn take(bytes: &mut [u8]) -> Option<Self> {
        let mut boxed = Box::new([0_u8; N]);
        if bytes.len() != N {
            bytes.zeroize();
            return None;
        }
        boxed.copy_from_slice(bytes);
        bytes.zeroize();
        Some(Self(boxed))
    }

    /// The bytes, for a primitive and nothing else.
    #[must_use]
    pub fn expose(&self) -> &[u8; N] {
        &self.0
    }
}

impl<const N: usize> Drop for Secret<N> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<const N: usize> PartialEq for Secret<N> {
    /// In constant time.
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(other.0.as_slice()).into()
    }
}

impl<const N: usize> std::fmt::Debug for Secret<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}
