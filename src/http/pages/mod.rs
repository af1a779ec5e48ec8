//! The pages residents see: one page, one template in `templates/pages/`, one struct here.
//!
//! A page is a plain value: strings, numbers, lists. Its handler gathers them, the template says them. Times are Unix
//! seconds, claims and purposes are their codes; words for both come from [`crate::text`]. No page has inline script or
//! style, so that the content security policy is one constant, and each works without script but for the ceremonies.

mod after;
mod api;
mod apps;
mod at_desk;
mod bases;
mod book;
mod book_filter;
mod cases;
mod chart;
mod consent;
mod data;
mod deletion;
pub mod desk;
mod device;
mod emergencies;
mod erase;
mod error;
mod family;
mod home;
mod inbox;
mod mine;
mod never;
mod paper;
mod passkeys;
mod plot;
mod recover;
mod rights;
mod sign_in;
mod transparency;
mod ways;
mod witnesses;

pub use after::{AfterPage, RelativeCopyPage, RelativePage, StillHerePage};
pub use api::{ApiAnswer, ApiChapter, ApiDoor, ApiField, ApiPage};
pub use apps::{AppPage, AppRow, AppsPage, EndedRow, Fact, NoRow, PausedRow, RecordState, StoppedPage};
pub use at_desk::{AtDeskDonePage, AtDeskPage, DeskRow, MyDeskPage, RegainPage, UnderWay};
pub use bases::{BasisPage, BasisRow, Objected};
pub use book::{BookDay, BookKind, BookLine, BookPage};
pub use book_filter::BookFilter;
pub use cases::{CasePage, CaseRow, CaseStep, CasesPage, NewCasePage};
pub use chart::{Bar, Chart};
pub use consent::{
    Asked, AskedClaim, AskedForm, AskedLength, Asker, ConsentAnsweredPage, ConsentOwnPage, ConsentPage,
    ConsentRefusedPage,
};
pub use data::{DataField, DataGroup, DataPage, FieldSource};
pub use deletion::Deletion;
pub use device::{DeviceAnswer, DeviceAnsweredPage, DeviceAskPage, DeviceNotice, DevicePage};
pub use emergencies::{MyEmergenciesPage, MyEmergency};
pub use erase::{ErasePage, ErasedPage, ErasedStanding, ErasingPage};
pub use error::ErrorPage;
pub use family::{
    ChildPage, FamilyNewPage, FamilyOfferPage, FamilyOfferedPage, FamilyPage, MandateOfferPage, MandatePage,
    MandateRow, OnlyMyselfPage,
};
pub use home::{HomePage, LastAccess};
pub use inbox::{InboxPage, InboxRow};
pub use mine::MinePage;
pub use never::{NeverPage, NeverRow};
pub use paper::{
    Paper, PaperApp, PaperAppsPage, PaperConsent, PaperKind, PaperReceiptPage, PaperState, Proof, VerifyPage,
};
pub use passkeys::{PasskeyRow, PasskeysPage, RecoveryCodesPage, WelcomePage};
pub use plot::{MOST_SERIES, Plot, Series};
pub use recover::{RecoverKeyPage, RecoverPage};
pub use rights::{
    CopiedConsent, CopiedLook, CopyPage, CopyPaperPage, CorrectFieldPage, CorrectPage, CorrectRow, CorrectedPage,
    MovedPage, MovingPage, RightsPage, WhyClaim, WhyConsent, WhyPage, Wrong,
};
pub use sign_in::{EndSessionPage, InvitationPage, SignInNotice, SignInPage, SignedOutPage};
pub use transparency::{TransparencyPage, Tree};

pub use ways::{ConfirmMailPage, WayRow, WaysPage};
pub use witnesses::WitnessWarning;

use crate::text::{Calendar, Words};

/// What every page has around its own content.
#[derive(Clone, Debug)]
pub struct Chrome {
    /// The language of the page.
    pub words: Words,
    /// How the page says times.
    pub calendar: Calendar,
    /// The community's name, from the configuration.
    pub community: String,
    /// Whom to ask, on every page.
    pub help: Help,
    /// Standard, or 长辈版.
    pub mode: Mode,
    /// The tab that is current; `None` shows no tabs (before sign-in, and where one question is asked).
    pub tab: Option<Tab>,
    /// Whether the mark in the head leads to `/me`.
    pub signed_in: bool,
    /// Goes into every form as `csrf`, and into the ceremonies.
    pub csrf: String,
    /// Path and query that the language and mode switches come back to (`return` in the form). Must answer to GET.
    pub here: String,
    /// Where the pages of the resident begin whom this page is about: `/me`, or where somebody acts for her.
    pub base: String,
    /// When everything about whoever is signed in will be erased: said on each page, with the way to undo it.
    pub erases_at: Option<i64>,
    /// What has to be said of the witnesses of the ledger, if anything.
    pub witnesses: Option<WitnessWarning>,
    /// Whom somebody acts for on this page, if for anybody.
    pub acting: Option<ActingFor>,
    /// For whom a question may be answered, where there is a choice.
    pub for_whom: Option<ForWhom>,
}

/// For whom a question is answered: herself, or somebody who gave her leave.
#[derive(Clone, Debug)]
pub struct ForWhom {
    /// Where the choice posts to: `mandate`, empty for herself.
    pub action: String,
    /// Mandate, name, and whether it is chosen.
    pub others: Vec<(String, String, bool)>,
}

impl ForWhom {
    fn own(&self) -> bool {
        self.others.iter().all(|(_, _, chosen)| !chosen)
    }
}

/// Said at the head of every page on which somebody acts for somebody else.
#[derive(Clone, Debug)]
pub struct ActingFor {
    /// How pages call her.
    pub name: String,
    /// The kind of the mandate.
    pub kind: &'static str,
    /// Its end, Unix seconds.
    pub until: i64,
    /// Whether the page of her information may be opened.
    pub shows_data: bool,
    /// Whether apps may be stopped.
    pub may_stop: bool,
    /// Whether she may object to what an app did.
    pub may_object: bool,
}

impl Chrome {
    fn is_tab(&self, code: &str) -> bool {
        self.tab.is_some_and(|tab| tab.code() == code)
    }

    /// Whether a page may lead to that of the resident's information.
    fn shows_data(&self) -> bool {
        self.acting.as_ref().is_none_or(|acting| acting.shows_data)
    }

    /// Whether a page may offer to stop an app.
    fn may_stop(&self) -> bool {
        self.acting.as_ref().is_none_or(|acting| acting.may_stop)
    }

    /// The words of a code in one of the families of keys: `mandate-kind-` + `family`.
    fn code(&self, family: &str, code: &str) -> String {
        self.words.say([family, code].concat())
    }

    /// The sign on an app's tile: the first character of its name.
    fn sign(&self, name: &str) -> String {
        let first = name.chars().find(|c| c.is_alphanumeric());
        first.map(|c| c.to_uppercase().collect()).unwrap_or_default()
    }
}

/// The service centre, from the configuration; empty strings are not shown.
#[derive(Clone, Debug, Default)]
pub struct Help {
    /// Telephone number as it is printed.
    pub phone: String,
    /// Where the counter is.
    pub desk: String,
}

impl Help {
    /// The number for a `tel:` link.
    #[must_use]
    pub fn dial(&self) -> String {
        self.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

/// How large the page speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The standard version, 标准版.
    #[default]
    Standard,
    /// Large type, large targets, fewer things: 长辈版.
    Large,
}

impl Mode {
    /// `standard` or `large`: the value in forms, cookie, `data-mode` and the claim `ui_profile`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Large => "large",
        }
    }

    /// The mode with that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Standard, Self::Large].into_iter().find(|mode| mode.code() == code)
    }

    /// The mode that the switch in the head leads to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Standard => Self::Large,
            Self::Large => Self::Standard,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Standard => "layout-mode-standard",
            Self::Large => "layout-mode-large",
        }
    }
}

/// The four places of the resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// `/me`
    Home,
    /// `/me/apps`
    Apps,
    /// `/me/book`
    Book,
    /// `/me/mine`
    Mine,
}

impl Tab {
    const fn code(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Apps => "apps",
            Self::Book => "book",
            Self::Mine => "mine",
        }
    }
}
