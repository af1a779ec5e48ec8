//! The consent page: who asks, why, each claim with the value that would go out, until when, what no changes.

use askama::Template;

use super::Chrome;

/// Who asks, as registered.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The app's name.
    pub name: String,
    /// The body behind it, by its code (`property`, `company` …).
    pub party: String,
    /// Who answers for the data.
    pub controller: String,
    /// How to reach the person responsible.
    pub contact: String,
}

/// One claim that is asked for.
#[derive(Clone, Debug)]
pub struct AskedClaim {
    /// The claim's name, e.g. `plate_masked`; the value of its checkbox.
    pub name: String,
    /// The claim that would go out in its place when it is a coarser one (`community_id` for `building_no`).
    pub coarser: Option<String>,
    /// The value that would go out, as it would go out; `None` when the resident has none (then there is nothing to choose).
    pub value: Option<String>,
    /// Whether its switch is on when the page opens. Off, unless the resident gave it the last time.
    pub chosen: bool,
    /// The forms that she may choose from, the one asked for first; empty when there is one only.
    pub forms: Vec<AskedForm>,
    /// Since when she is not asked about it, because she said no.
    pub quiet_since: Option<i64>,
    /// Whether she said that such a party never gets it: then it is not offered.
    pub kept: bool,
}

/// A form of a claim, with the value that would go out.
#[derive(Clone, Debug)]
pub struct AskedForm {
    /// The claim that it is; the value of its radio button.
    pub name: String,
    /// The claim that it goes out as.
    pub label: String,
    /// The value.
    pub value: String,
    /// Whether it is the one that is chosen when the page opens.
    pub chosen: bool,
}

/// For how long.
#[derive(Clone, Debug)]
pub struct AskedLength {
    /// Its code: `3m`, `7d`.
    pub code: String,
    /// When it would end.
    pub until: i64,
    /// Whether it is the one that is chosen when the page opens.
    pub chosen: bool,
}

impl AskedLength {
    /// "3 个月", "7 天"
    pub(in crate::http::pages) fn says(&self, chrome: &Chrome) -> String {
        let words = chrome.words;
        let count = self.code.trim_end_matches(['d', 'm']).parse::<u32>().unwrap_or_default();
        if self.code.ends_with('d') { words.fill("time-days", "count", count) } else { words.months(count) }
    }
}

impl AskedClaim {
    /// A claim that she never gives to such a party.
    #[must_use]
    pub fn kept_back(name: &str) -> Self {
        let name = name.to_owned();
        Self { name, coarser: None, value: None, chosen: false, forms: Vec::new(), quiet_since: None, kept: true }
    }

    /// The claim as it would go out.
    #[must_use]
    pub fn released(&self) -> &str {
        self.coarser.as_deref().unwrap_or(&self.name)
    }
}

/// What is asked, by whom, for how long: the same on every page that asks.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Who asks.
    pub asker: Asker,
    /// The code of the purpose.
    pub purpose: String,
    /// Without these the service cannot be given.
    pub required: Vec<AskedClaim>,
    /// A choice for each.
    pub optional: Vec<AskedClaim>,
    /// A choice for each, asked on its own (个人信息保护法 art. 29).
    pub sensitive: Vec<AskedClaim>,
    /// All she must know, in a few sentences.
    pub notice: String,
    /// What is different from the last time.
    pub changes: Vec<String>,
    /// For how long she may give it.
    pub lengths: Vec<AskedLength>,
    /// The sealed digest of what the page says; comes back with the answer.
    pub shown: String,
    /// Whether the app may go on while she is away (OIDC Core §11).
    pub offline: bool,
}

impl Asked {
    /// Whether she never gives what the service cannot do without: then there is nothing to say yes to.
    pub(super) fn is_blocked(&self) -> bool {
        self.required.iter().any(|claim| claim.kept)
    }

    /// Whether there is a form to choose, and so a value that follows the choice.
    pub(super) fn has_forms(&self) -> bool {
        self.optional.iter().any(|claim| !claim.forms.is_empty())
    }
}

/// `GET /consent/{id}`. Posts to the same path: `csrf`, `shown`, `decision` = `yes` | `no` | `later`, `claim` once for each
/// optional claim that is switched on, `form.CLAIM` for those with several forms, `length`, and `own` once for each
/// sensitive claim that is asked about on a page of its own. Required claims are not in the form: the server knows them.
#[derive(Debug, Template)]
#[template(path = "pages/consent.html")]
pub struct ConsentPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Where the answer is posted.
    pub action: String,
    /// Who asks for what.
    pub asked: Asked,
}

/// `GET /consent/{id}/own`: one sensitive claim. Posts to the same path: `csrf`, `shown`, `claim`, `form`, `decision` = `give`
/// (with a confirmation) | `no`.
#[derive(Debug, Template)]
#[template(path = "pages/consent_own.html")]
pub struct ConsentOwnPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Where the answer is posted.
    pub action: String,
    /// Where the confirmation of a yes begins.
    pub begin: String,
    /// Who asks.
    pub asker: Asker,
    /// The code of the purpose.
    pub purpose: String,
    /// The claim, in its forms; the least one is chosen.
    pub claim: AskedClaim,
    /// Which question of how many this is.
    pub number: usize,
    /// As above.
    pub count: usize,
    /// Until when it would be given.
    pub until: i64,
    /// The sealed digest of what the page says.
    pub shown: String,
}

/// For a resident whose app asks again what she said no to lately. Posts to `/consent/{id}`: `decision` = `no`, which goes
/// back to the app, or `again`, which leads to the question.
#[derive(Debug, Template)]
#[template(path = "pages/consent_refused.html")]
pub struct ConsentRefusedPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Where the answer is posted.
    pub action: String,
    /// The app's name.
    pub name: String,
    /// The code of the purpose.
    pub purpose: String,
    /// When she said no.
    pub at: i64,
    /// Until when she is not asked again.
    pub quiet_until: i64,
}

/// For a resident who opens a question that is answered already, or whose app cannot be gone back to.
#[derive(Debug, Template)]
#[template(path = "pages/consent_answered.html")]
pub struct ConsentAnsweredPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The app's name.
    pub name: String,
    /// Whether the answer was yes.
    pub agreed: bool,
    /// Where the app wants the resident back; `None` when it is not known.
    pub back: Option<String>,
}
