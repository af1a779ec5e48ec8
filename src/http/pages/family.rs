//! `/me/family`: who may act for the resident, and for whom she may act.

use askama::Template;

use super::Chrome;

/// One mandate, as either of its two sees it.
#[derive(Clone, Debug)]
pub struct MandateRow {
    /// In `/me/family/{id}` and `/for/{id}`.
    pub id: String,
    /// How pages call the other of the two; none when there is nobody yet, or it is over.
    pub name: Option<String>,
    /// What the delegate is to the principal: `mandate-relation-…`.
    pub relation: String,
    /// `mandate-kind-…`.
    pub kind: &'static str,
    /// `mandate-right-…`.
    pub rights: Vec<&'static str>,
    /// Raw fields that stay hidden.
    pub hidden: Vec<String>,
    /// Those for whom the delegate works: she lets none of their apps in.
    pub conflicts: Vec<String>,
    /// Its last moment.
    pub until: i64,
    /// When it began.
    pub begun_at: Option<i64>,
    /// `waiting`, `waiting-desk`, `in-force`, `over`, or how it ended: `mandate-standing-…`.
    pub standing: &'static str,
    /// When it ended, if it did.
    pub ended_at: Option<i64>,
}

impl MandateRow {
    fn in_force(&self) -> bool {
        self.standing == "in-force"
    }

    fn waiting(&self) -> bool {
        self.standing == "waiting"
    }

    fn waiting_at_desk(&self) -> bool {
        self.standing == "waiting-desk"
    }

    /// "张*（女儿）", or the relation alone.
    fn who(&self, chrome: &Chrome) -> String {
        let relation = chrome.words.say(format!("mandate-relation-{}", self.relation));
        match &self.name {
            Some(name) => chrome.words.fill_all("mandate-who", &[("name", name), ("relation", &relation)]),
            None => relation,
        }
    }

    fn kind_says(&self, chrome: &Chrome) -> String {
        chrome.words.say(format!("mandate-kind-{}", self.kind))
    }

    fn standing_says(&self, chrome: &Chrome) -> String {
        let key = format!("mandate-standing-{}", self.standing);
        chrome.words.fill(&key, "day", chrome.calendar.date(self.ended_at.unwrap_or(self.until)))
    }

    fn may(&self, chrome: &Chrome) -> Vec<String> {
        self.rights.iter().map(|right| chrome.words.say(format!("mandate-right-{right}"))).collect()
    }
}

/// `GET /me/family`
#[derive(Debug, Template)]
#[template(path = "pages/family.html")]
pub struct FamilyPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Who may act for her, or was asked to.
    pub helpers: Vec<MandateRow>,
    /// For whom she may act.
    pub helped: Vec<MandateRow>,
    /// What is over, of either side.
    pub ended: Vec<MandateRow>,
}

impl FamilyPage {
    fn acting(&self) -> usize {
        self.helpers.iter().filter(|row| row.in_force()).count()
    }
}

/// `GET /me/family/new`: which kind.
#[derive(Debug, Template)]
#[template(path = "pages/family_new.html")]
pub struct FamilyNewPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The kinds that may be offered.
    pub kinds: Vec<&'static str>,
}

/// `GET /me/family/new/{kind}`. Posts `relation`, `right`, `hidden`, `days`, confirmed.
#[derive(Debug, Template)]
#[template(path = "pages/family_offer.html")]
pub struct FamilyOfferPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Which kind.
    pub kind: &'static str,
    /// What the delegate may be to her.
    pub relations: Vec<&'static str>,
    /// What may be given, besides seeing.
    pub rights: Vec<&'static str>,
    /// Fields of hers that can stay hidden, and whether that is proposed.
    pub fields: Vec<(String, bool)>,
    /// Lengths in days, the shortest first.
    pub lengths: Vec<u32>,
    /// The length that is proposed.
    pub proposed: u32,
}

impl FamilyOfferPage {
    fn begin(&self) -> String {
        format!("/me/family/new/{}/begin", self.kind)
    }
}

/// The link of an offer, to be shown to whom it is for.
#[derive(Debug, Template)]
#[template(path = "pages/family_offered.html")]
pub struct FamilyOfferedPage {
    /// Around the page.
    pub chrome: Chrome,
    /// What was offered.
    pub row: MandateRow,
    /// The whole address.
    pub link: String,
    /// The same as a QR code: an SVG of ours.
    pub qr: String,
    /// Until when it may be accepted.
    pub until: i64,
}

/// `GET /me/family/{id}`
#[derive(Debug, Template)]
#[template(path = "pages/mandate.html")]
pub struct MandatePage {
    /// Around the page.
    pub chrome: Chrome,
    /// The mandate.
    pub row: MandateRow,
    /// Whether it is she whom it is for.
    pub principal: bool,
    /// What was done by it: when, and the words of the book.
    pub acts: Vec<(i64, String)>,
    /// Where the form that ends it posts to.
    pub end: String,
}

/// `GET /mandate/{token}`: the offer, before whoever may accept it. Posts `works_for` and `decision`, confirmed.
#[derive(Debug, Template)]
#[template(path = "pages/mandate_offer.html")]
pub struct MandateOfferPage {
    /// Around the page.
    pub chrome: Chrome,
    /// What is offered, and by whom.
    pub row: MandateRow,
    /// Who is responsible for the apps here; she says for whom of them she works.
    pub parties: Vec<String>,
    /// `/mandate/{token}`
    pub action: String,
}

impl MandateOfferPage {
    fn begin(&self) -> String {
        format!("{}/begin", self.action)
    }
}

/// `GET /me/family/child`. Posts `name`, `born` (a calendar day) and `relation`, confirmed.
#[derive(Debug, Template)]
#[template(path = "pages/child.html")]
pub struct ChildPage {
    /// Around the page.
    pub chrome: Chrome,
}

/// `GET /me/only-myself`. Posts `shield`.
#[derive(Debug, Template)]
#[template(path = "pages/only_myself.html")]
pub struct OnlyMyselfPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Whether it is so already.
    pub shielded: bool,
}
