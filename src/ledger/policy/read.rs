//! Reading a policy, line by line.

use std::collections::BTreeMap;

use url::Url;

use super::{Rule, Witness};
use crate::ledger::verifier_key::{Signs, VerifierKey};

/// More of anything is no policy that people agreed on.
const MOST: usize = 64;

/// What was read so far.
#[derive(Default)]
pub struct Reading {
    pub logs: Vec<VerifierKey>,
    pub witnesses: Vec<Witness>,
    /// Witnesses and groups, until they are members of a group.
    named: BTreeMap<String, Option<Rule>>,
    pub quorum: Option<Rule>,
}

impl Reading {
    /// Reads one line.
    pub fn line(&mut self, line: &str) -> Result<(), &'static str> {
        let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with('#') => Ok(()),
            ["log", key] | ["log", key, _] => self.log(key),
            ["witness", name, key] => self.witness(name, key, None),
            ["witness", name, key, url] => self.witness(name, key, Some(url)),
            ["group", name, least, members @ ..] => self.group(name, least, members),
            ["quorum", name] => self.quorum(name),
            _ => Err("not a line of a policy: log, witness, group or quorum"),
        }
    }

    fn log(&mut self, key: &str) -> Result<(), &'static str> {
        let key = VerifierKey::parse(key).ok().filter(|key| key.signs() == Signs::Checkpoints);
        let key = key.ok_or("not the verifier key of a log (Ed25519, type 01)")?;
        if self.logs.len() >= MOST || self.logs.iter().any(|known| known.bytes() == key.bytes()) {
            return Err("a log twice, or too many");
        }
        self.logs.push(key);
        Ok(())
    }

    fn witness(&mut self, name: &str, key: &str, url: Option<&str>) -> Result<(), &'static str> {
        let key = VerifierKey::parse(key).ok().filter(|key| key.signs() == Signs::Cosignatures);
        let key = key.ok_or("not the verifier key of a witness (Ed25519, type 04)")?;
        if self.witnesses.iter().any(|known| known.key.bytes() == key.bytes()) {
            return Err("a witness twice: it would count twice");
        }
        let url = url.map(|url| Url::parse(url).map_err(|_| "not a URL")).transpose()?;
        self.name(name, Rule::Witness(self.witnesses.len()))?;
        self.witnesses.push(Witness { name: name.to_owned(), key, url });
        Ok(())
    }

    fn group(&mut self, name: &str, least: &str, members: &[&str]) -> Result<(), &'static str> {
        let rules = members.iter().map(|member| self.take(member)).collect::<Result<Vec<_>, _>>()?;
        let least = match least {
            "any" => 1,
            "all" => rules.len(),
            number => number.parse().map_err(|_| "a group needs all, any or a number")?,
        };
        if !(1..=rules.len()).contains(&least) {
            return Err("a group of n needs 1 to n of them");
        }
        self.name(name, Rule::Group(least, rules))
    }

    /// Each name is a member once: a witness counts in one way.
    fn take(&mut self, name: &str) -> Result<Rule, &'static str> {
        let known = self.named.get_mut(name).ok_or("a name that no line before this one says")?;
        known.take().ok_or("a name that is a member of a group already")
    }

    fn name(&mut self, name: &str, rule: Rule) -> Result<(), &'static str> {
        if name == "none" || self.named.len() >= MOST {
            return Err("a name that nothing may have, or too many names");
        }
        match self.named.insert(name.to_owned(), Some(rule)) {
            None => Ok(()),
            Some(_) => Err("a name twice"),
        }
    }

    fn quorum(&mut self, name: &str) -> Result<(), &'static str> {
        if self.quorum.is_some() {
            return Err("a second quorum line");
        }
        let rule = match name {
            "none" => Rule::Nothing,
            name => self
                .named
                .get(name)
                .cloned()
                .ok_or("a name that no line before this one says")?
                .ok_or("a member of a group cannot be the quorum")?,
        };
        self.quorum = Some(rule);
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use crate::ledger::cosignature::Cosigner;
    use crate::ledger::policy::Policy;

    fn key(n: u8) -> String {
        Cosigner::from_seed("w", &[n; 32]).unwrap().verifier_key().to_string()
    }

    #[test]
    fn what_is_no_policy_is_refused_with_its_line() {
        let (a, b) = (format!("witness a {}\n", key(1)), format!("witness b {}\n", key(2)));
        let log = "log PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n";
        for (text, line) in [
            (String::new(), 0),
            (a.clone(), 0),
            ("quorum none\r\n".to_owned(), 0),
            ("quorum none\nquorum none".to_owned(), 2),
            ("quorum a\n".to_owned() + &a, 1),
            (a.clone() + &a, 2),
            (format!("{a}witness a {}\n", key(2)), 2),
            (format!("{a}witness b {}\n", key(1)), 2),
            (format!("witness none {}\nquorum none", key(1)), 1),
            (format!("log {}\nquorum none", key(1)), 1),
            (log.replace("log", "witness w"), 1),
            (format!("{log}{log}"), 2),
            (format!("{a}{b}group g 0 a b\nquorum g"), 3),
            (format!("{a}{b}group g 3 a b\nquorum g"), 3),
            (format!("{a}{b}group g all\nquorum g"), 3),
            (format!("{a}{b}group g some a b\nquorum g"), 3),
            (format!("{a}{b}group g all a a\nquorum g"), 3),
            (format!("{a}{b}group g all a none\nquorum g"), 3),
            (format!("{a}{b}group g all a\ngroup h all a b\nquorum h"), 4),
            (format!("{a}{b}group g all a\nquorum a"), 4),
            (format!("{a}quorum a b"), 2),
            (format!("witness a {} nowhere\nquorum a", key(1)), 1),
            ("cosigner a b".to_owned(), 1),
        ] {
            assert_eq!(Policy::parse(&text).unwrap_err().line, line, "{text}");
        }
    }
}
