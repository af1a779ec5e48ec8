//! The body of an add-checkpoint request (C2SP tlog-witness): `old SIZE`, the hashes of a consistency proof, an empty
//! line, a checkpoint. Read by a witness, written by a log.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use signed_note::Note;
use tlog_tiles::Checkpoint as Text;
use tlog_tiles::tlog::Hash;

use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::proof;

/// The longest body: 63 hashes and a checkpoint with many signatures.
pub const LARGEST: usize = 64 * 1024;
/// A proof has no more hashes.
const LONGEST: usize = 63;
/// No tree is larger: sizes are kept in signed columns elsewhere, and no log will come near.
const MOST: u64 = 1 << 62;

/// A request, read; nothing of it is verified.
#[derive(Debug, PartialEq)]
pub struct Request {
    /// The size that the log believes was cosigned last.
    pub old: u64,
    /// The proof that the tree of that size is the beginning of the checkpoint's.
    pub proof: Vec<Hash>,
    /// Which log.
    pub origin: String,
    /// Size and root.
    pub checkpoint: Checkpoint,
    /// The signed note, as it came.
    pub note: Note,
}

/// Not written like a request; which part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("malformed: {0}")]
pub struct Malformed(&'static str);

impl Request {
    /// Reads a body.
    ///
    /// # Errors
    /// Which part of it is malformed.
    pub fn parse(body: &[u8]) -> Result<Self, Malformed> {
        if body.len() > LARGEST {
            return Err(Malformed("longer than any request"));
        }
        let body = std::str::from_utf8(body).map_err(|_| Malformed("no text"))?;
        let (head, note) = body.split_once("\n\n").ok_or(Malformed("no empty line"))?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old ")).ok_or(Malformed("no old size"))?;
        let old = size(old).ok_or(Malformed("the old size"))?;
        let proof = lines.map(hash).collect::<Option<Vec<_>>>().ok_or(Malformed("a line of the proof"))?;
        if proof.len() > LONGEST {
            return Err(Malformed("the proof is too long"));
        }
        let note = Note::from_bytes(note.as_bytes()).map_err(|_| Malformed("the checkpoint is no signed note"))?;
        let (origin, checkpoint) = read(note.text()).ok_or(Malformed("the checkpoint"))?;
        Ok(Self { old, proof, origin, checkpoint, note })
    }

    /// The text that signatures are over.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        self.note.text()
    }
}

/// Origin, size and root of a checkpoint's text. Lines after them are allowed: they are signed with the rest.
#[must_use]
pub fn read(text: &[u8]) -> Option<(String, Checkpoint)> {
    // Written again, so that nothing is cosigned behind an empty line, where the library stops reading.
    let text = Text::from_bytes(text).ok().filter(|read| read.size() <= MOST && read.to_bytes() == text)?;
    Some((text.origin().to_owned(), Checkpoint { size: text.size(), root: *text.hash() }))
}

/// The body that asks for a cosignature on a signed checkpoint.
#[must_use]
pub fn body(old: u64, proof: &[Hash], note: &str) -> String {
    let proof: String = proof.iter().map(|hash| STANDARD.encode(hash.0) + "\n").collect();
    format!("old {old}\n{proof}\n{note}")
}

/// A size in its one spelling; as it stands in a 409, too.
#[must_use]
pub fn size(text: &str) -> Option<u64> {
    text.parse().ok().filter(|size: &u64| *size <= MOST && size.to_string() == text)
}

/// A hash in its one spelling.
fn hash(line: &str) -> Option<Hash> {
    proof::hash(line).ok().filter(|hash| STANDARD.encode(hash.0) == line)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    // The example of the specification.
    const EXAMPLE: &str = "old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
";

    #[test]
    fn the_example_of_the_specification_is_read_and_written_alike() {
        let request = Request::parse(EXAMPLE.as_bytes()).unwrap();
        assert_eq!((request.old, request.proof.len(), request.checkpoint.size), (20_852_014, 4, 20_852_163));
        assert_eq!(request.origin, "example.com/behind-the-sofa");
        let (_, note) = EXAMPLE.split_once("\n\n").unwrap();
        assert_eq!(body(request.old, &request.proof, note), EXAMPLE);
        assert!(Request::parse(body(0, &[], note).as_bytes()).unwrap().proof.is_empty());
    }

    #[test]
    fn whatever_is_malformed_is_refused() {
        let hash = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n";
        for (from, to) in [
            ("old 20852014", "old 020852014"),
            ("old 20852014", "old -1"),
            ("old 20852014", "old +1"),
            ("old 20852014", "old 18446744073709551616"),
            ("old 20852014", "Old 1"),
            ("old 20852014", "old  1"),
            ("old 20852014\n", ""),
            ("Pl", "P"),
            ("aw=\n", "aw=\r\n"),
            ("aw=\n", "ax=\n"),
            ("aw=\n", "aw= \n"),
            ("\n\n", "\n"),
            ("20852163", "020852163"),
            ("20852163", "9223372036854775808"),
            ("— example.com", "- example.com"),
            ("— example.com/behind-the-sofa", "—"),
            ("\u{2014}", "\u{7}"),
            ("xq2I=", "xq2I"),
            ("xq2I=\n", "xq2I=\n\nsigned, and not read\n"),
            ("xq2I=\n", "xq2I=\n\n"),
        ] {
            let broken = EXAMPLE.replace(from, to);
            assert_ne!(broken, EXAMPLE, "{from}");
            assert!(Request::parse(broken.as_bytes()).is_err(), "{from:?} → {to:?}");
        }
        assert!(Request::parse(EXAMPLE.trim_end().as_bytes()).is_err(), "no newline at the end");
        assert!(Request::parse(EXAMPLE.replacen(hash, &hash.repeat(61), 1).as_bytes()).is_err(), "64 hashes");
        assert!(Request::parse(EXAMPLE.replacen(hash, &hash.repeat(60), 1).as_bytes()).is_ok(), "63 hashes");
        assert!(Request::parse(&[0xff; 9]).is_err() && Request::parse(b"").is_err());
        assert!(Request::parse(&vec![b'a'; LARGEST + 1]).is_err());
    }
}
