//! Policies: which logs are known, which witnesses, and how many of them must have cosigned a checkpoint before it counts
//! (C2SP tlog-policy). One file says it to the service, to auditors and to whoever checks a proof offline.

use url::Url;

use super::cosignature::Cosignature;
use super::verifier_key::VerifierKey;
use crate::crypto::hash;

mod read;

use read::Reading;

/// The longest file.
const LARGEST: usize = 256 * 1024;

/// A policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    logs: Vec<VerifierKey>,
    witnesses: Vec<Witness>,
    quorum: Rule,
    digest: [u8; 32],
}

/// A witness as a policy names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The policy's own name for it.
    pub name: String,
    /// What its cosignatures are verified with.
    pub key: VerifierKey,
    /// Where it takes checkpoints (its submission prefix); only the log itself needs it.
    pub url: Option<Url>,
}

/// What must be there.
#[derive(Debug, Clone, PartialEq)]
enum Rule {
    Nothing,
    /// The witness at this place of the list.
    Witness(usize),
    /// So many of these.
    Group(usize, Vec<Rule>),
}

/// Why a text is no policy, and in which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct NotAPolicy {
    /// The line, from 1; 0 where the whole is meant.
    pub line: usize,
    /// What is wrong.
    pub what: &'static str,
}

impl Policy {
    /// Reads a policy's text.
    ///
    /// # Errors
    /// What is wrong in which line.
    pub fn parse(text: &str) -> Result<Self, NotAPolicy> {
        let whole = |what| NotAPolicy { line: 0, what };
        if text.len() > LARGEST || text.chars().any(|one| one.is_ascii_control() && one != '\t' && one != '\n') {
            return Err(whole("too long, or with control characters"));
        }
        let mut reading = Reading::default();
        for (line, number) in text.split('\n').zip(1..) {
            reading.line(line).map_err(|what| NotAPolicy { line: number, what })?;
        }
        let quorum = reading.quorum.ok_or(whole("no quorum line (quorum none, if that is meant)"))?;
        Ok(Self { logs: reading.logs, witnesses: reading.witnesses, quorum, digest: hash::sha256(text.as_bytes()) })
    }

    /// The logs it knows; none where the log is known from elsewhere.
    #[must_use]
    pub fn logs(&self) -> &[VerifierKey] {
        &self.logs
    }

    /// Its witnesses, in the order of the file.
    #[must_use]
    pub fn witnesses(&self) -> &[Witness] {
        &self.witnesses
    }

    /// The SHA-256 of its text: two policies with one are one.
    #[must_use]
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// Whether it asks for any witness at all.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.quorum != Rule::Nothing
    }

    /// Whether these witnesses are enough.
    #[must_use]
    pub fn is_met(&self, has: impl Fn(&Witness) -> bool) -> bool {
        let there: Vec<bool> = self.witnesses.iter().map(has).collect();
        self.quorum.is_met(&there)
    }

    /// How many witnesses are enough at least.
    #[must_use]
    pub fn least(&self) -> usize {
        self.quorum.least()
    }

    /// Whether enough witnesses cosigned a note: its text, and all its signature lines. Whether its log signed it is another
    /// question.
    #[must_use]
    pub fn is_cosigned(&self, text: &[u8], lines: &str) -> bool {
        self.is_met(|witness| Cosignature::find(lines, &witness.key, text).is_ok())
    }
}

impl Rule {
    fn is_met(&self, there: &[bool]) -> bool {
        match self {
            Self::Nothing => true,
            Self::Witness(at) => there.get(*at).copied().unwrap_or(false),
            Self::Group(least, members) => members.iter().filter(|member| member.is_met(there)).count() >= *least,
        }
    }

    fn least(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Witness(_) => 1,
            Self::Group(least, members) => {
                let mut each: Vec<usize> = members.iter().map(Self::least).collect();
                each.sort_unstable();
                each.iter().take(*least).sum()
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::ledger::cosignature::Cosigner;

    fn key(n: u8) -> String {
        Cosigner::from_seed(&format!("witness.example/{n}"), &[n; 32]).unwrap().verifier_key().to_string()
    }

    /// The example of the specification.
    fn example() -> String {
        let mut text = "log PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n\n".to_owned();
        for (name, n) in [("X1", 1), ("X2", 2), ("X3", 3), ("Y1", 4), ("Y2", 5), ("Y3", 6)] {
            text += &format!("witness {name}\t{}  https://w{n}.example/ \n", key(n));
        }
        text + "# two of X, one of Y\n group X-witnesses 2 X1 X2 X3\ngroup Y-witnesses any Y1 Y2 Y3\n\
                group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n"
    }

    #[test]
    fn the_example_asks_for_two_of_the_one_group_and_one_of_the_other() {
        let policy = Policy::parse(&example()).unwrap();
        let met = |names: &[&str]| policy.is_met(|witness| names.contains(&witness.name.as_str()));
        assert!(met(&["X1", "X3", "Y2"]) && met(&["X1", "X2", "X3", "Y1", "Y2", "Y3"]));
        assert!(!met(&[]) && !met(&["X1", "X2"]) && !met(&["X1", "Y1", "Y2", "Y3"]));
        assert_eq!((policy.least(), policy.witnesses().len(), policy.logs().len()), (3, 6, 1));
        assert_eq!(policy.witnesses()[4].url.as_ref().unwrap().as_str(), "https://w5.example/");
        assert!(policy.asks());
    }

    #[test]
    fn cosignatures_count_when_they_are_over_this_text() {
        let policy = Policy::parse(&format!("witness a {}\nwitness b {}\ngroup g all a b\nquorum g", key(1), key(2)));
        let (policy, text) = (policy.unwrap(), b"log\n1\nAAAA\n");
        let line = |n: u8, text: &[u8]| {
            let cosigner = Cosigner::from_seed(&format!("witness.example/{n}"), &[n; 32]).unwrap();
            cosigner.sign(text, crate::clock::Timestamp::from_seconds(9)).unwrap()
        };
        assert!(policy.is_cosigned(text, &(line(1, text) + &line(2, text))));
        assert!(!policy.is_cosigned(text, &(line(1, text) + &line(1, text))), "one witness twice is one");
        assert!(!policy.is_cosigned(text, &(line(1, text) + &line(2, b"log\n2\nAAAA\n"))));
    }

    #[test]
    fn none_and_a_single_witness_are_quorums_too() {
        let none = Policy::parse("quorum none").unwrap();
        assert!(none.is_met(|_| false) && !none.asks() && none.least() == 0);
        let one = Policy::parse(&format!("witness 居委会 {}\nquorum 居委会\n", key(1))).unwrap();
        assert!(one.is_met(|_| true) && !one.is_met(|_| false) && one.least() == 1);
    }
}
