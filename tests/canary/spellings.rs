//! A value in every spelling in which it could lie somewhere.

use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// UTF-8, GB18030, percent-encoding, JSON escapes; hexadecimal and base64 of the first two, base64 at each of the
/// three places where a value can begin within it.
pub fn of(value: &str) -> Vec<(String, Vec<u8>)> {
    let gb = encoding_rs::GB18030.encode(value).0.into_owned();
    let mut all = Vec::new();
    for (name, bytes) in [("UTF-8", value.as_bytes().to_vec()), ("GB18030", gb)] {
        all.push((format!("hex of {name}"), hex::encode(&bytes).into_bytes()));
        all.push((format!("HEX of {name}"), hex::encode_upper(&bytes).into_bytes()));
        for shift in 0..3 {
            // Only the characters that depend on nothing but the value.
            let padded = [&vec![0; shift][..], &bytes].concat();
            let whole = padded.len() / 3 * 4;
            let from = [0, 2, 3][shift];
            for (alphabet, text) in [("", STANDARD_NO_PAD.encode(&padded)), ("url", URL_SAFE_NO_PAD.encode(&padded))] {
                all.push((format!("base64{alphabet} of {name} at {shift}"), text.as_bytes()[from..whole].to_vec()));
            }
        }
        all.push((name.to_owned(), bytes));
    }
    let percent: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
    all.push(("percent-encoding".to_owned(), percent.into_bytes()));
    let escaped: String = value.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    all.push(("JSON escapes".to_owned(), escaped.into_bytes()));
    all
}

/// All spellings of all planted values, searched for in one pass.
pub struct Search {
    automaton: AhoCorasick,
    names: Vec<String>,
}

impl Search {
    pub fn of(planted: &[(&str, &str)]) -> Self {
        let (mut names, mut needles) = (Vec::new(), Vec::new());
        for (field, value) in planted {
            for (spelling, needle) in of(value) {
                names.push(format!("{field}, as {spelling},"));
                needles.push(needle);
            }
        }
        Self { automaton: AhoCorasick::new(needles).unwrap(), names }
    }

    /// The first planted value that is in there, with its spelling.
    pub fn found(&self, hay: &[u8]) -> Option<&str> {
        self.automaton.find(hay).map(|found| self.names[found.pattern()].as_str())
    }

    /// Fails when any planted value is in there.
    pub fn nothing_in(&self, what: &str, hay: &[u8]) {
        if let Some(planted) = self.found(hay) {
            panic!("{planted} stands in {what}");
        }
    }
}
