//! What somebody wrote: text of bounded length, with nothing in it that a page or a terminal would take for something
//! else.

use super::Refusal;

/// Words of a resident, of staff or of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said(String);

impl Said {
    /// The most characters.
    pub const MOST: usize = 1_000;

    /// Takes a text: the ends are trimmed, line ends are made one kind.
    ///
    /// # Errors
    /// When it is too long or holds control characters other than line ends.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.trim();
        if text.chars().count() > Self::MOST {
            return Err(Refusal::TooLong);
        }
        // Marks that turn the direction of writing could have an answer look like our own words (CVE-2021-42574).
        let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if text.chars().any(|c| (c.is_control() && c != '\n' && c != '\t') || turns(c)) {
            return Err(Refusal::Unreadable);
        }
        Ok(Self(text.to_owned()))
    }

    /// As [`Self::parse`], and there must be something.
    ///
    /// # Errors
    /// As [`Self::parse`], and when nothing was said.
    pub fn something(text: &str) -> Result<Self, Refusal> {
        let said = Self::parse(text)?;
        if said.0.is_empty() { Err(Refusal::Nothing) } else { Ok(said) }
    }

    /// Nothing.
    #[must_use]
    pub fn nothing() -> Self {
        Self(String::new())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn words_are_trimmed_and_bounded() {
        assert_eq!(Said::parse("  我没有订车位\r\n请说明 ").unwrap().as_str(), "我没有订车位\n请说明");
        assert!(Said::parse(&"说".repeat(1_000)).is_ok());
        assert!(matches!(Said::parse(&"说".repeat(1_001)), Err(Refusal::TooLong)));
        for not in ["a\u{7}b", "a\u{202e}b", "\u{1b}[31m"] {
            assert!(matches!(Said::parse(not), Err(Refusal::Unreadable)), "{not:?}");
        }
        assert!(matches!(Said::something(" \n "), Err(Refusal::Nothing)));
    }
}
