//! One proof, and whether it holds.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use latchkey::ledger::checkpoint::Checkpoint;
use latchkey::ledger::proof;
use serde::{Deserialize, Serialize};
use tlog_tiles::tlog::Hash;

/// A hash, base64 in files.
pub type Bytes = Vec<u8>;

/// A proof, of whichever kind, and what a verifier must say of it.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// What it proves, or does not.
    #[serde(flatten)]
    pub proof: Proof,
    /// Whether it does.
    #[serde(skip)]
    pub holds: bool,
    /// What was done to it.
    #[serde(skip)]
    #[allow(dead_code, reason = "said when it fails")]
    pub spoilt: String,
}

/// A proof.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Proof {
    /// A leaf is in a tree.
    Inclusion(Inclusion),
    /// A tree begins with another.
    Consistency(Consistency),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Inclusion {
    pub position: u64,
    pub size: u64,
    #[serde(with = "base64_bytes")]
    pub root: Bytes,
    #[serde(with = "base64_bytes")]
    pub leaf: Bytes,
    #[serde(with = "base64_list")]
    pub path: Vec<Bytes>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Consistency {
    pub from: u64,
    pub to: u64,
    #[serde(with = "base64_bytes")]
    pub old: Bytes,
    #[serde(with = "base64_bytes")]
    pub new: Bytes,
    #[serde(with = "base64_list")]
    pub path: Vec<Bytes>,
}

impl Case {
    /// What this crate's verifier says. What is no hash never gets as far as a proof: it does not read.
    pub fn holds_in_rust(&self) -> bool {
        let hash = |bytes: &Bytes| bytes.clone().try_into().ok().map(Hash);
        let hashes = |path: &[Bytes]| path.iter().map(hash).collect::<Option<Vec<Hash>>>();
        let judged = || {
            Some(match &self.proof {
                Proof::Inclusion(it) => {
                    let checkpoint = Checkpoint { size: it.size, root: hash(&it.root)? };
                    proof::check(&hashes(&it.path)?, it.position, hash(&it.leaf)?, &checkpoint).is_ok()
                }
                Proof::Consistency(it) => {
                    let earlier = Checkpoint { size: it.from, root: hash(&it.old)? };
                    let later = Checkpoint { size: it.to, root: hash(&it.new)? };
                    proof::check_growth(&hashes(&it.path)?, &earlier, &later).is_ok()
                }
            })
        };
        judged().unwrap_or(false)
    }
}

mod base64_bytes {
    use super::*;

    pub fn serialize<S: serde::Serializer>(bytes: &Bytes, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Bytes, D::Error> {
        STANDARD.decode(String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

mod base64_list {
    use super::*;

    pub fn serialize<S: serde::Serializer>(list: &[Bytes], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(list.iter().map(|bytes| STANDARD.encode(bytes)))
    }

    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Bytes>, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        texts.iter().map(|text| STANDARD.decode(text).map_err(serde::de::Error::custom)).collect()
    }
}
