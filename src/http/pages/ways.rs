//! `/me/inbox/ways`: where reminders go besides the inbox.

use askama::Template;

use super::Chrome;
use crate::courier::ways::{Sent, State, Way};

/// One way.
#[derive(Clone, Copy, Debug)]
pub struct WayRow {
    /// Which.
    pub way: Way,
    /// How it stands.
    pub state: State,
}

impl WayRow {
    fn says(self) -> &'static str {
        match self.state {
            State::NotHere => "ways-state-not-here",
            State::NoAddress => "ways-state-no-address",
            State::Unconfirmed => "ways-state-unconfirmed",
            State::Off => "ways-state-off",
            State::On => "ways-state-on",
        }
    }

    fn name(self) -> &'static str {
        match self.way {
            Way::Mail => "ways-mail",
            Way::Phone => "ways-phone",
        }
    }

    fn may_fill(self) -> bool {
        self.state == State::NoAddress
    }

    fn may_confirm(self) -> bool {
        self.state == State::Unconfirmed
    }

    /// What a press would make of it: `yes`, `no`, or nothing to press.
    fn turns(self) -> &'static str {
        match self.state {
            State::Off => "yes",
            State::On => "no",
            State::NotHere | State::NoAddress | State::Unconfirmed => "",
        }
    }
}

/// `GET /me/inbox/ways`. Posts to the same path (`way`, `on`) and to `/me/inbox/mail`.
#[derive(Debug, Template)]
#[template(path = "pages/ways.html")]
pub struct WaysPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The ways.
    pub rows: Vec<WayRow>,
    /// What became of the letter that was just asked for; `None`: none was.
    pub sent: Option<Sent>,
}

impl WaysPage {
    fn said(&self) -> Option<&'static str> {
        self.sent.map(|sent| match sent {
            Sent::Out => "ways-confirm-sent",
            Sent::Not => "ways-confirm-failed",
            Sent::TooMany => "ways-confirm-many",
        })
    }
}

/// `GET /me/inbox/mail/{token}`: one press confirms the address.
#[derive(Debug, Template)]
#[template(path = "pages/confirm_mail.html")]
pub struct ConfirmMailPage {
    /// Around the page.
    pub chrome: Chrome,
    /// What stood in the letter.
    pub token: String,
}
