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
}

impl AskedClaim {
    /// The claim as it would go out.
    pub(super) fn released(&self) -> &str {
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
    /// For how many months.
    pub months: u32,
    /// When it would end by itself.
    pub until: i64,
    /// Whether the app may go on while she is away (OIDC Core §11).
    pub offline: bool,
}

/// `GET /consent/{id}`. Posts to the same path: `csrf`, `decision` = `yes` | `no`, and `claim` once for each optional
/// or sensitive claim that is switched on. Required claims are not in the form: the server knows them.
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
