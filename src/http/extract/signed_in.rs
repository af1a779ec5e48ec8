//! A visit of somebody who is signed in, for her own pages or for those of somebody she may act for.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::Visit;
use crate::fault::Fault;
use crate::http::error::PageError;
use crate::http::pages::{ActingFor, Chrome, Tab};
use crate::ids::ResidentId;
use crate::ledger::By;
use crate::mandate::{Mandate, Right};
use crate::resident::Session;

/// Put into a request's extensions by the doors under `/for/{mandate}`, once the mandate was found in force for whoever
/// is signed in; nothing else makes a page somebody else's.
#[derive(Debug, Clone)]
pub struct Acting(Arc<Act>);

#[derive(Debug)]
struct Act {
    mandate: Mandate,
    name: String,
}

impl Acting {
    /// By this mandate, for a resident whom pages call so.
    #[must_use]
    pub fn new(mandate: Mandate, name: String) -> Self {
        Self(Arc::new(Act { mandate, name }))
    }

    /// The mandate.
    #[must_use]
    pub fn mandate(&self) -> &Mandate {
        &self.0.mandate
    }

    /// What the head of a page says of it.
    #[must_use]
    pub fn says(&self) -> ActingFor {
        let mandate = self.mandate();
        ActingFor {
            name: self.0.name.clone(),
            kind: mandate.kind.as_str(),
            until: mandate.until,
            shows_data: mandate.allows(Right::Data),
            may_stop: mandate.allows(Right::Stop),
            may_object: mandate.allows(Right::Object),
        }
    }

    fn base(&self) -> String {
        format!("/for/{}", self.mandate().id)
    }
}

/// A visit of somebody who is signed in. Whoever is not is led to the sign-in page, or told so where there is no
/// coming back.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The visit.
    pub visit: Visit,
    /// Whose it is.
    pub session: Session,
    acting: Option<Acting>,
}

impl SignedIn {
    /// Whose information this page is about: her own, or that of whom she acts for.
    #[must_use]
    pub fn whose(&self) -> &ResidentId {
        self.mandate().map_or(&self.session.resident, |mandate| &mandate.principal)
    }

    /// By whose hand what is done here is done.
    #[must_use]
    pub fn by(&self) -> By {
        self.mandate().map_or_else(|| self.session.by.clone(), Mandate::by)
    }

    /// The session as the verbs of consent take it: whose act it is, and by whose hand.
    #[must_use]
    pub fn acting_session(&self) -> Session {
        match self.mandate() {
            Some(mandate) => self.session.acting_for(&mandate.principal, mandate.by()),
            None => self.session.clone(),
        }
    }

    /// The mandate by which she acts for somebody, if she does.
    #[must_use]
    pub fn mandate(&self) -> Option<&Mandate> {
        self.acting.as_ref().map(Acting::mandate)
    }

    /// Whether a field of whom this page is about may be shown here.
    #[must_use]
    pub fn may_see(&self, field: &str) -> bool {
        self.mandate().is_none_or(|mandate| mandate.shows(field))
    }

    /// The address of a page of the same resident: `/apps` below `/me`, or below where she acts for somebody.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        self.acting.as_ref().map_or_else(|| format!("/me{path}"), |acting| format!("{}{path}", acting.base()))
    }

    /// As [`Visit::chrome`]; around the pages of somebody else it says so.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn chrome(&self, tab: Option<Tab>) -> Result<Chrome, Fault> {
        self.chrome_at(tab, self.visit.here.clone())
    }

    /// As [`Visit::chrome_at`]; around the pages of somebody else it says so.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn chrome_at(&self, tab: Option<Tab>, here: String) -> Result<Chrome, Fault> {
        let chrome = self.visit.chrome_at(tab, here)?;
        let Some(acting) = &self.acting else { return Ok(chrome) };
        let words = chrome.words.about_another();
        Ok(Chrome { base: acting.base(), acting: Some(acting.says()), words, ..chrome })
    }
}

impl Deref for SignedIn {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        if let Some(session) = visit.session.clone() {
            return Ok(Self { visit, session, acting: parts.extensions.get().cloned() });
        }
        if parts.method == Method::GET && wants_a_page(&parts.headers) {
            return Err(visit.way_back("/sign-in").into_response());
        }
        Err(PageError::refused(StatusCode::UNAUTHORIZED, "session-ended", "no session").into_response())
    }
}

/// A script that asks in the background is not led anywhere.
pub(super) fn wants_a_page(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-dest").is_none_or(|dest| dest == "document")
}
