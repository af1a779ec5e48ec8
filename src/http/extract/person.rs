//! People of the service centre at the console. What each may see is in the type a door takes.

use std::ops::Deref;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};

use super::session::Visit;
use super::signed_in::wants_a_page;
use crate::fault::Fault;
use crate::http::error::PageError;
use crate::http::pages::desk::{ArrivalPage, Frame, Place};
use crate::ids::PersonId;
use crate::ledger::By;
use crate::people::{Role, Session};

/// Somebody signed in at the console, staff or auditor. Whoever is not is led to its sign-in page.
#[derive(Debug, Clone)]
pub struct InConsole {
    /// The visit.
    pub visit: Visit,
    /// Whose it is.
    pub session: Session,
}

impl InConsole {
    /// What stands around a page of the console, with a fresh form token.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn frame(&self, place: Option<Place>) -> Result<Frame, Fault> {
        self.within(place, self.visit.chrome(None)?)
    }

    /// As [`Self::frame`], for a page that answers a POST: the switches come back to `here`.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn frame_at(&self, place: Option<Place>, here: String) -> Result<Frame, Fault> {
        self.within(place, self.visit.chrome_at(None, here)?)
    }

    fn within(&self, place: Option<Place>, chrome: crate::http::pages::Chrome) -> Result<Frame, Fault> {
        let person = &self.session.person;
        Ok(Frame { chrome, name: person.name.clone(), role: Some(person.role), place })
    }

    /// The page that asks whether to go on to where another site's link led: what an auditor opens is entered under the
    /// auditor's name, and nobody else is to bring that about.
    fn arrival(&self, parts: &Parts) -> Result<Response, PageError> {
        let to = parts.uri.path_and_query().map_or("/desk", |whole| whole.as_str()).to_owned();
        let frame = self.frame(None)?;
        Ok(Html(ArrivalPage { frame, to }.render()?).into_response())
    }

    /// The id that entries carry.
    #[must_use]
    pub fn person(&self) -> &PersonId {
        &self.session.person.id
    }
}

impl Deref for InConsole {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InConsole {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        if let Some(session) = visit.person.clone() {
            let inside = Self { visit, session };
            if inside.session.person.role == Role::Auditor && is_led_here(parts) {
                return Err(inside.arrival(parts).unwrap_or_else(IntoResponse::into_response));
            }
            return Ok(inside);
        }
        if parts.method == Method::GET && wants_a_page(&parts.headers) {
            return Err(visit.way_back("/desk/sign-in").into_response());
        }
        Err(PageError::refused(StatusCode::UNAUTHORIZED, "session-ended", "no session at the console").into_response())
    }
}

/// Whether a page of another site had the browser open this one.
fn is_led_here(parts: &Parts) -> bool {
    let site = parts.headers.get("sec-fetch-site").map(|value| value.as_bytes());
    parts.method != Method::POST && !matches!(site, None | Some(b"same-origin" | b"none"))
}

macro_rules! of_one_role {
    ($(#[$doc:meta])* $name:ident, $role:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(pub InConsole);

        impl Deref for $name {
            type Target = InConsole;

            fn deref(&self) -> &InConsole {
                &self.0
            }
        }

        impl<S: Send + Sync> FromRequestParts<S> for $name {
            type Rejection = Response;

            async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
                let inside = InConsole::from_request_parts(parts, state).await?;
                if inside.session.person.role == $role {
                    return Ok(Self(inside));
                }
                // What the other role has to itself is not there.
                Err(PageError::not_found("a page of the other role").into_response())
            }
        }
    };
}

of_one_role!(
    /// A member of staff.
    Staff,
    Role::Staff
);
of_one_role!(
    /// An auditor.
    Auditor,
    Role::Auditor
);

impl Staff {
    /// By whose hand what is done here is done, when the resident confirmed it.
    #[must_use]
    pub fn by(&self) -> By {
        By::Staff(self.person().clone())
    }
}
