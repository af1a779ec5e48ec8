//! A log in memory, with a key of its own: what a witness watches. It can be split in two.

use latchkey::ledger::checkpoint::{self, Checkpoint};
use latchkey::ledger::leaf_hash;
use latchkey::ledger::verifier_key::{Signs, VerifierKey};
use latchkey::witness::request;
use ring::signature::{Ed25519KeyPair, KeyPair};
use signed_note::{Signer, Verifier};
use tlog_tiles::tlog::{self, EMPTY_HASH, Hash, HashReader};

/// A log of which every earlier tree can be signed again.
#[derive(Clone)]
pub struct Log {
    origin: String,
    seed: [u8; 32],
    hashes: Vec<Hash>,
    pub size: u64,
}

struct Signing(VerifierKey, Ed25519KeyPair);

impl Signer for Signing {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn key_id(&self) -> u32 {
        self.0.key_id()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, ed25519_dalek::SignatureError> {
        Ok(self.1.sign(message).as_ref().to_vec())
    }
}

struct Stored<'a>(&'a [Hash]);

impl HashReader for Stored<'_> {
    fn read_hashes(&self, at: &[u64]) -> Result<Vec<Hash>, tlog::Error> {
        Ok(at.iter().map(|at| self.0[usize::try_from(*at).unwrap()]).collect())
    }
}

impl Log {
    /// An empty log.
    pub fn new(origin: &str) -> Self {
        Self::with_key(origin, 1)
    }

    /// An empty log whose key is another for each number.
    pub fn with_key(origin: &str, key: u8) -> Self {
        Self { origin: origin.to_owned(), seed: [key; 32], hashes: Vec::new(), size: 0 }
    }

    fn signing(&self) -> Signing {
        let pair = Ed25519KeyPair::from_seed_unchecked(&self.seed).unwrap();
        let public = pair.public_key().as_ref().try_into().unwrap();
        Signing(VerifierKey::new(&self.origin, Signs::Checkpoints, public).unwrap(), pair)
    }

    /// Its verifier key.
    pub fn key(&self) -> VerifierKey {
        self.signing().0
    }

    /// Adds so many entries of this word.
    pub fn grow(&mut self, count: u64, word: &str) {
        for _ in 0..count {
            let leaf = leaf_hash(format!("{word} {}", self.size).as_bytes());
            let new = tlog::stored_hashes_for_record_hash(self.size, leaf, &Stored(&self.hashes)).unwrap();
            self.hashes.extend(new);
            self.size += 1;
        }
    }

    /// Goes back to the first `size` entries.
    pub fn cut(&mut self, size: u64) {
        self.hashes.truncate(usize::try_from(tlog::stored_hash_count(size)).unwrap());
        self.size = size;
    }

    /// The root of the tree of the first `size` entries.
    pub fn root(&self, size: u64) -> Hash {
        if size == 0 { EMPTY_HASH } else { tlog::tree_hash(size, &Stored(&self.hashes)).unwrap() }
    }

    /// The signed checkpoint of the first `size` entries.
    pub fn note(&self, size: u64) -> String {
        checkpoint::sign(&self.origin, &Checkpoint { size, root: self.root(size) }, &self.signing()).unwrap()
    }

    /// The text that the signatures of that are over.
    pub fn text(&self, size: u64) -> Vec<u8> {
        let note = self.note(size);
        let (text, _) = note.rsplit_once("\n\n").unwrap();
        format!("{text}\n").into_bytes()
    }

    /// The proof that the tree of `new` begins with that of `old`.
    pub fn proof(&self, old: u64, new: u64) -> Vec<Hash> {
        if old == 0 || old >= new {
            return Vec::new();
        }
        tlog::prove_tree(new, old, &Stored(&self.hashes)).unwrap()
    }

    /// What asks a witness that saw `old` to cosign `new`.
    pub fn asks(&self, old: u64, new: u64) -> String {
        request::body(old, &self.proof(old, new), &self.note(new))
    }
}
