//! The console's pages: for people of the service centre at a desk, denser than residents' pages, in the same words.

use crate::http::pages::Chrome;
use crate::people::Role;

mod cases;
mod door;
mod emergencies;
mod recoveries;
mod reviews;
mod sealings;
mod sitting;

pub use cases::{ConsoleCasePage, ConsoleCaseRow, ConsoleCasesPage, RelativeWish};
pub use door::{ArrivalPage, ConsoleHomePage, ConsoleInvitationPage, ConsoleSignInPage, TallyRow, WitnessRow};
pub use emergencies::{EmergenciesPage, EmergencyAskPage, EmergencyPage, EmergencyReadPage, EmergencyRow};
pub use recoveries::{RecoveriesPage, RecoveryRow};
pub use reviews::{
    AnomaliesPage, AnomalyCard, Chart, ChartsPage, DossierPage, DossierRow, DossiersPage, Into, NamePage, NameRow,
    NamesPage, NoteRow, ReviewEntryPage, ReviewFilter, ReviewRow, ReviewsPage, altered,
};
pub use sealings::{SealingRow, SealingsPage};
pub use sitting::{
    ActPage, ActState, AgreePage, CardPage, Doing, Found, FoundPage, LinkPage, MayAsk, ReceiptPage, SittingPage,
};
mod guardians;

pub use guardians::{GuardianRow, GuardiansPage};

/// What every page of the console has around its own content.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Language, size, form token.
    pub chrome: Chrome,
    /// Who is signed in.
    pub name: String,
    /// What for; `None` before sign-in, where there are no places.
    pub role: Option<Role>,
    /// The place that is current.
    pub place: Option<Place>,
}

/// The places of the console. Whoever brings a list to it adds a place here, and its role to [`Place::of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `/desk`
    Home,
    /// `/desk/recoveries`
    Recoveries,
    /// `/desk/guardians`
    Guardians,
    /// `/desk/sealings`
    Sealings,
    /// `/desk/cases`
    Cases,
    /// `/desk/reviews`
    Reviews,
    /// `/desk/emergencies`
    Emergencies,
    /// `/desk/reviews/charts`
    Charts,
    /// `/desk/reviews/anomalies`
    Anomalies,
    /// `/desk/reviews/dossiers`
    Dossiers,
    /// `/desk/reviews/names`
    Names,
}

impl Place {
    /// The places of a role, in the order of the navigation.
    const fn of(role: Role) -> &'static [Self] {
        match role {
            Role::Staff => {
                &[Self::Home, Self::Recoveries, Self::Guardians, Self::Sealings, Self::Cases, Self::Emergencies]
            }
            Role::Auditor => &[
                Self::Home,
                Self::Reviews,
                Self::Anomalies,
                Self::Charts,
                Self::Dossiers,
                Self::Names,
                Self::Cases,
                Self::Emergencies,
            ],
        }
    }

    const fn address(self) -> &'static str {
        match self {
            Self::Home => "/desk",
            Self::Recoveries => "/desk/recoveries",
            Self::Guardians => "/desk/guardians",
            Self::Sealings => "/desk/sealings",
            Self::Cases => "/desk/cases",
            Self::Reviews => "/desk/reviews",
            Self::Emergencies => "/desk/emergencies",
            Self::Charts => "/desk/reviews/charts",
            Self::Anomalies => "/desk/reviews/anomalies",
            Self::Dossiers => "/desk/reviews/dossiers",
            Self::Names => "/desk/reviews/names",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Home => "desk-place-home",
            Self::Recoveries => "desk-place-recoveries",
            Self::Guardians => "desk-place-guardians",
            Self::Sealings => "desk-place-sealings",
            Self::Cases => "desk-place-cases",
            Self::Reviews => "desk-place-reviews",
            Self::Emergencies => "desk-place-emergencies",
            Self::Charts => "desk-place-charts",
            Self::Anomalies => "desk-place-anomalies",
            Self::Dossiers => "desk-place-dossiers",
            Self::Names => "desk-place-names",
        }
    }
}

impl Frame {
    fn places(&self) -> &'static [Place] {
        self.role.map(Place::of).unwrap_or_default()
    }

    fn is_here(&self, place: &Place) -> bool {
        self.place == Some(*place)
    }

    fn role_says(&self) -> String {
        let key = match self.role {
            Some(Role::Staff) => "desk-role-staff",
            Some(Role::Auditor) => "desk-role-auditor",
            None => return String::new(),
        };
        self.chrome.words.say(key)
    }
}
