//! The doors: sign-in, the invitation, and the page after signing out.

use askama::Template;

use super::Chrome;

/// Why the sign-in page is shown, when it was not asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInNotice {
    /// The session has ended, by time or elsewhere.
    SessionEnded,
    /// An app waits for the resident; its name.
    App(String),
    /// A screen waits for the resident.
    Device,
}

/// `GET /sign-in`
#[derive(Debug, Template)]
#[template(path = "pages/sign_in.html")]
pub struct SignInPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Why the page is shown.
    pub notice: Option<SignInNotice>,
    /// `/sign-in/begin`, with what must be kept.
    pub begin: String,
    /// `/sign-in/finish`, with what must be kept.
    pub finish: String,
}

/// `GET /invitation/{token}`. Opening it changes nothing.
#[derive(Debug, Template)]
#[template(path = "pages/invitation.html")]
pub struct InvitationPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The invited resident's name as `name_masked` gives it: "张*".
    pub name: String,
    /// When the invitation ends.
    pub until: i64,
    /// `/invitation/{token}/begin`
    pub begin: String,
    /// `/invitation/{token}/finish`
    pub finish: String,
}

/// After `POST /sign-out`.
#[derive(Debug, Template)]
#[template(path = "pages/signed_out.html")]
pub struct SignedOutPage {
    /// Around the page.
    pub chrome: Chrome,
}

/// `GET /end_session`: an app asks that the resident be signed out. Nothing happens before she presses the button.
#[derive(Debug, Template)]
#[template(path = "pages/end_session.html")]
pub struct EndSessionPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The app that asks, if it said who it is.
    pub client: Option<String>,
    /// What the button's form brings along, name and value.
    pub kept: Vec<(&'static str, String)>,
}
