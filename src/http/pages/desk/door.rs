//! The console's door: the operator's link, sign-in, and what stands behind it.

use askama::Template;

use super::{Doing, Found, Frame};
use crate::emergency::Waiting;
use crate::people::Role;

/// `GET /desk/sign-in`
#[derive(Debug, Template)]
#[template(path = "desk/sign_in.html")]
pub struct ConsoleSignInPage {
    /// Around the page.
    pub frame: Frame,
    /// Whether a session has ended, by time or by the operator.
    pub ended: bool,
    /// `/desk/sign-in/begin`
    pub begin: String,
    /// `/desk/sign-in/finish`, with what must be kept.
    pub finish: String,
}

/// Where an auditor stands who followed another site's link: nothing is opened before the button.
#[derive(Debug, Template)]
#[template(path = "desk/arrival.html")]
pub struct ArrivalPage {
    /// Around the page.
    pub frame: Frame,
    /// Where the link leads, within the service.
    pub to: String,
}

/// `GET /desk/invitation/{token}`. Opening it changes nothing.
#[derive(Debug, Template)]
#[template(path = "desk/invitation.html")]
pub struct ConsoleInvitationPage {
    /// Around the page.
    pub frame: Frame,
    /// Who is invited.
    pub name: String,
    /// As what.
    pub role: Role,
    /// When the link ends.
    pub until: i64,
    /// `/desk/invitation/{token}/begin`
    pub begin: String,
    /// `/desk/invitation/{token}/finish`
    pub finish: String,
}

impl ConsoleInvitationPage {
    fn what(&self) -> String {
        let key = match self.role {
            Role::Staff => "desk-invitation-staff",
            Role::Auditor => "desk-invitation-auditor",
        };
        self.frame.chrome.words.say(key)
    }
}

/// `GET /desk`
#[derive(Debug, Template)]
#[template(path = "desk/home.html")]
pub struct ConsoleHomePage {
    /// Around the page.
    pub frame: Frame,
    /// Whether a search found nobody.
    pub nobody: bool,
    /// Acts of colleagues that wait for a witness.
    pub waiting: Vec<WitnessRow>,
    /// What waits of emergencies.
    pub emergencies: Waiting,
    /// For auditors: what the staff did in the last seven days.
    pub tallies: Vec<TallyRow>,
}

impl ConsoleHomePage {
    fn is_staff(&self) -> bool {
        self.frame.role == Some(Role::Staff)
    }
}

/// An act that waits for a witness.
#[derive(Clone, Debug)]
pub struct WitnessRow {
    /// What.
    pub doing: Doing,
    /// With whom.
    pub who: Found,
    /// Who prepared it.
    pub staff: String,
}

/// What a member of staff did.
#[derive(Clone, Debug)]
pub struct TallyRow {
    /// Who.
    pub name: String,
    /// Searches, searches that were too many, acts, acts refused by residents, and how often somebody was pressed.
    pub counts: [i64; 5],
}
