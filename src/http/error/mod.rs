//! How a no leaves the house: pages for residents, problem+json for data, RFC 6749 JSON for the protocol.
//!
//! A door says no by returning one of the faces; where no door was reached (a body too large, a wrong method, a
//! panic), the face is that of the group the door is in. The cause travels in the extensions and is logged once.

// The faces that a slice's refusal may wear, each by way of its `Trouble`.
macro_rules! faces {
    ($refusal:ty => $($face:ty),+) => {$(
        impl From<$refusal> for $face {
            fn from(refusal: $refusal) -> Self {
                Trouble::from(refusal).into()
            }
        }
    )+};
}

mod cases;
mod desk;
mod emergency;
mod mandate;
mod oauth;
mod page;
mod people;
mod problem;
mod resident;
mod reviews;
mod rights;
mod trouble;
mod vault;

pub use oauth::{OAuthError, OAuthErrorBody, Scheme, TokenError, oauth_face};
pub use page::{PageError, nowhere, page_face};
pub use problem::{KIND, Problem, ProblemBody, no_door, problem_face};
pub use trouble::{Cause, Trouble};
pub use vault::mandate_over;
