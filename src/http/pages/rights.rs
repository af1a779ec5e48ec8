//! `/me/rights`: what a resident may ask of her record.

use askama::Template;

use super::data::DataGroup;
use super::{Chrome, Fact, RecordState};

/// `GET /me/rights`
#[derive(Debug, Template)]
#[template(path = "pages/rights.html")]
pub struct RightsPage {
    /// Around the page.
    pub chrome: Chrome,
}

/// A field that may be corrected.
#[derive(Clone, Debug)]
pub struct CorrectRow {
    /// Its name.
    pub field: &'static str,
    /// Its value, masked; `None` where the record has none.
    pub value: Option<String>,
    /// Whether the staff checks it first.
    pub checked: bool,
    /// The case in which it waits, if it does.
    pub waiting: Option<String>,
}

/// `GET /me/rights/correct`
#[derive(Debug, Template)]
#[template(path = "pages/correct.html")]
pub struct CorrectPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The fields.
    pub rows: Vec<CorrectRow>,
}

/// `GET` and, where something has to be written otherwise, the answer to `POST /me/rights/correct/{field}`.
#[derive(Debug, Template)]
#[template(path = "pages/correct_field.html")]
pub struct CorrectFieldPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The field.
    pub field: &'static str,
    /// What the record says, masked.
    pub value: Option<String>,
    /// Whether the staff checks it first.
    pub checked: bool,
    /// What was typed before.
    pub text: String,
    /// What was said of evidence before.
    pub evidence: String,
    /// What is wrong with it.
    pub wrong: Option<Wrong>,
    /// The last day of an answer, where the staff checks, Unix seconds.
    pub due: i64,
}

/// What is wrong with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The value does not read.
    Value,
    /// Nothing says by what the staff can see it, or too much does.
    Evidence,
}

impl CorrectFieldPage {
    fn is_wrong(&self, which: Wrong) -> bool {
        self.wrong == Some(which)
    }

    /// What may be chosen, where it may not be typed: the value that is sent.
    fn options(&self) -> &'static [&'static str] {
        match self.field {
            "sex" => &["1", "2", "0"],
            "document_type" => &["居民身份证", "护照", "港澳居民居住证", "台湾居民居住证", "外国人永久居留身份证"],
            "care_level" => &["none", "some", "much", "full"],
            _ => &[],
        }
    }

    /// The type of the input, for the right keyboard.
    fn input(&self) -> &'static str {
        match self.field {
            "phone" | "emergency_phone" => "tel",
            "email" => "email",
            "birth_date" => "date",
            _ => "text",
        }
    }

    fn hint(&self) -> String {
        let key = format!("correct-hint-{}", self.field);
        if self.chrome.words.has(&key) { self.chrome.words.say(key) } else { String::new() }
    }
}

/// After `POST /me/rights/correct/{field}`.
#[derive(Debug, Template)]
#[template(path = "pages/corrected.html")]
pub struct CorrectedPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The field.
    pub field: &'static str,
    /// The value as it is kept, or as it will be.
    pub value: String,
    /// The case, and the last day of an answer, where the staff checks first.
    pub case: Option<(String, i64)>,
}

/// `GET /me/rights/copy`
#[derive(Debug, Template)]
#[template(path = "pages/copy.html")]
pub struct CopyPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Where the schema is published.
    pub schema: String,
}

/// One consent on paper.
#[derive(Clone, Debug)]
pub struct CopiedConsent {
    /// The app's name.
    pub name: String,
    /// The code of the purpose.
    pub purpose: String,
    /// What it may see.
    pub claims: Vec<String>,
    /// How it stands.
    pub state: RecordState,
}

/// One look on paper.
#[derive(Clone, Debug)]
pub struct CopiedLook {
    /// When.
    pub at: i64,
    /// Where its entry stands in the ledger.
    pub number: u64,
    /// The app's name.
    pub name: String,
    /// The code of the purpose.
    pub purpose: String,
    /// What it saw, or wanted to.
    pub claims: Vec<String>,
    /// Why it was refused, if it was.
    pub refused: Option<String>,
}

/// `GET /me/rights/copy/paper`: the copy for people, to be printed.
#[derive(Debug, Template)]
#[template(path = "pages/copy_paper.html")]
pub struct CopyPaperPage {
    /// Around the page.
    pub chrome: Chrome,
    /// When it was made.
    pub made_at: i64,
    /// The record, unmasked, in groups.
    pub groups: Vec<DataGroup>,
    /// What was agreed.
    pub consents: Vec<CopiedConsent>,
    /// Who looked, the newest first.
    pub looks: Vec<CopiedLook>,
    /// How many looks there are in all; the paper has the newest.
    pub all_looks: usize,
}

/// `GET /me/rights/move`
#[derive(Debug, Template)]
#[template(path = "pages/moving.html")]
pub struct MovingPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Her flat, as the record has it; empty once she moved out.
    pub flat: Vec<String>,
    /// How many apps may see something now.
    pub apps: usize,
}

/// After `POST /me/rights/move/out`.
#[derive(Debug, Template)]
#[template(path = "pages/moved.html")]
pub struct MovedPage {
    /// Around the page.
    pub chrome: Chrome,
    /// How many consents ended.
    pub ended: usize,
}

/// One claim of an access, explained.
#[derive(Clone, Debug)]
pub struct WhyClaim {
    /// The claim.
    pub name: String,
    /// `required`, `optional`, `separate` or `unknown`, as the purpose says.
    pub need: &'static str,
    /// The fields it is made from.
    pub fields: Vec<String>,
}

/// The consent an access rested on.
#[derive(Clone, Debug)]
pub struct WhyConsent {
    /// Its record.
    pub record: String,
    /// When it was given.
    pub given_at: i64,
    /// Until when.
    pub until: i64,
    /// What she agreed to.
    pub facts: Vec<Fact>,
}

/// `GET /me/book/{position}/why`: how it came to an entry.
#[derive(Debug, Template)]
#[template(path = "pages/why.html")]
pub struct WhyPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Where the entry stands in the ledger.
    pub number: u64,
    /// When.
    pub at: i64,
    /// The app's name.
    pub client: String,
    /// Whether it was refused, and why, as a code.
    pub refused: Option<String>,
    /// The code of the purpose; empty where none was said.
    pub purpose: String,
    /// The claims.
    pub claims: Vec<WhyClaim>,
    /// The consent it rested on.
    pub consent: Option<WhyConsent>,
}

impl WhyPage {
    /// Why a claim may be asked for, as a key.
    fn need(&self, claim: &WhyClaim) -> &'static str {
        match claim.need {
            "required" => "why-required",
            "separate" => "why-separate",
            "optional" => "why-optional",
            _ => "why-unknown",
        }
    }
}
