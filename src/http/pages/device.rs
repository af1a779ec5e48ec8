//! The pages for a screen without a keyboard: the code, the question, what came of it.

use askama::Template;

use super::{Asked, Chrome};

/// Why a code leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceNotice {
    /// It cannot be a code.
    NotACode,
    /// No screen shows it.
    Wrong,
    /// Its time is over.
    Expired,
    /// It was answered.
    Used,
}

/// `GET /device`. Posts `csrf` and `code` to the same path.
#[derive(Debug, Template)]
#[template(path = "pages/device.html")]
pub struct DevicePage {
    /// Around the page.
    pub chrome: Chrome,
    /// The code that stands in the field: from the address, else empty.
    pub code: String,
    /// Why the page is shown again.
    pub notice: Option<DeviceNotice>,
}

/// `GET /device/{id}`. Posts as the consent page does.
#[derive(Debug, Template)]
#[template(path = "pages/device_ask.html")]
pub struct DeviceAskPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Where the answer is posted.
    pub action: String,
    /// Who asks for what.
    pub asked: Asked,
    /// The code to compare with the screen.
    pub code: String,
    /// What the device calls itself.
    pub name: Option<String>,
    /// When the device asked.
    pub asked_at: i64,
    /// Whether it asked from the network that the resident's browser is in.
    pub here: bool,
    /// From which network it asked.
    pub network: String,
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceAnswer {
    /// Yes, to the app of this name.
    Yes(String),
    /// No, to the app of this name.
    No(String),
    /// Nobody answered in time.
    Late,
}

/// `GET /device/{id}`, once it is answered or over.
#[derive(Debug, Template)]
#[template(path = "pages/device_answered.html")]
pub struct DeviceAnsweredPage {
    /// Around the page.
    pub chrome: Chrome,
    /// What came of it.
    pub answer: DeviceAnswer,
}
