//! `/me/never`: what she never gives to a kind of party.

use askama::Template;

use super::Chrome;

/// One claim, and from whom it is kept back.
#[derive(Clone, Debug)]
pub struct NeverRow {
    /// The claim's name.
    pub claim: String,
    /// Kinds of parties by their codes; `anybody` for all.
    pub parties: Vec<String>,
}

impl NeverRow {
    fn is_from_everybody(&self) -> bool {
        self.parties.iter().any(|party| party == "anybody")
    }

    fn is_kept_from(&self, party: &str) -> bool {
        self.parties.iter().any(|kept| kept == party)
    }
}

/// `GET /me/never`. Posts to the same path: `claim`, and `keep` or `free` with the kind of party.
#[derive(Debug, Template)]
#[template(path = "pages/never.html")]
pub struct NeverPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Every claim that may be kept back.
    pub rows: Vec<NeverRow>,
    /// Kinds of parties by their codes, all of them first.
    pub parties: Vec<&'static str>,
}

impl NeverPage {
    fn kept(&self) -> usize {
        self.rows.iter().filter(|row| !row.parties.is_empty()).count()
    }

    /// "不给：公司、物业公司"
    fn says(&self, row: &NeverRow) -> String {
        let words = self.chrome.words;
        if row.parties.is_empty() {
            return words.say("never-asked");
        }
        if row.is_from_everybody() {
            return words.say("never-anybody-says");
        }
        let names: Vec<String> = row.parties.iter().map(|party| words.party(party)).collect();
        words.fill("never-says", "parties", names.join(&words.say("list-comma")))
    }
}
