//! The face for residents: a page in their language that says what happened, what to do, and the request's number.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::problem::{self, Problem};
use super::{Cause, Trouble};
use crate::fault::Fault;
use crate::http::extract::Visit;
use crate::http::pages::ErrorPage;

/// A no of a page door.
#[derive(Debug, Clone)]
pub struct PageError(Trouble);

impl PageError {
    /// A no of theirs: `code` is one of [`ErrorPage::CODES`], `reason` is for the log.
    #[must_use]
    pub const fn refused(status: StatusCode, code: &'static str, reason: &'static str) -> Self {
        Self(Trouble::refused(status, code, reason))
    }

    /// 404. Also for what belongs to somebody else.
    #[must_use]
    pub const fn not_found(reason: &'static str) -> Self {
        Self::refused(StatusCode::NOT_FOUND, "not-found", reason)
    }
}

impl From<Trouble> for PageError {
    fn from(trouble: Trouble) -> Self {
        Self(trouble)
    }
}

impl From<Fault> for PageError {
    fn from(fault: Fault) -> Self {
        Self(fault.into())
    }
}

impl From<askama::Error> for PageError {
    fn from(_: askama::Error) -> Self {
        Self(Trouble::fault(Fault::Internal("a page did not render")))
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

/// Where no door is.
pub async fn nowhere() -> PageError {
    PageError::not_found("no such address")
}

/// Gives the answers of the pages' group their faces: problems of ceremonies in the language of the visit, every
/// other no as a page.
#[must_use]
pub fn page_face(visit: &Visit, mut response: Response) -> Response {
    if let Some(Problem(trouble)) = response.extensions_mut().remove::<Problem>() {
        return trouble.wear(response, problem::KIND, problem::body(&trouble, visit.words, Some(&visit.request)));
    }
    let Some(trouble) = Trouble::left_in(&response) else { return response };
    match render(visit, &trouble) {
        Ok(page) => trouble.wear(response, "text/html; charset=utf-8", page),
        Err(fault) => {
            let trouble = Trouble { cause: Cause::from(fault), ..trouble };
            trouble.wear(response, "text/plain; charset=utf-8", "500".to_owned())
        }
    }
}

fn render(visit: &Visit, trouble: &Trouble) -> Result<String, Fault> {
    // The address that led here may hold anything: an error page repeats nothing of it.
    let chrome = visit.chrome_at(None, "/".to_owned())?;
    let page = ErrorPage {
        chrome,
        code: trouble.code,
        request_id: visit.request.to_string(),
        retry_after: trouble.retry_after,
    };
    page.render().map_err(|_| Fault::Internal("the error page did not render"))
}
