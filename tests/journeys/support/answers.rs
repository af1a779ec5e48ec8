//! What residents answer to clients' questions, and what clients read out of answers.

use super::browser::{Answer, Browser};
use super::passkey::SoftPasskey;

impl Browser {
    /// Says yes on the consent page at `path` (or where it leads), giving these optional claims; the code.
    pub async fn agrees(&self, path: &str, claims: &[&str]) -> String {
        let answer = self.says(path, "yes", claims).await;
        answer.parameter("code").unwrap_or_else(|| panic!("no code in {:?}: {}", answer.location(), answer.text()))
    }

    /// As [`Self::agrees`], and gives the sensitive claim as well that is asked about on a page of its own.
    pub async fn agrees_to_own(&self, path: &str, claims: &[&str], form: &str, phone: &mut SoftPasskey) -> String {
        let page = self.open(path).await.expect(200);
        let fields: Vec<_> = claims.iter().map(|claim| ("claim", *claim)).chain([("decision", "yes")]).collect();
        let own = self.submit(&page, &page.path, &fields).await.expect(200);
        let answer = self.confirms_only(&own, &own.path, &[("form", form)], phone).await.expect(303);
        answer.parameter("code").unwrap_or_else(|| panic!("no code in {:?}: {}", answer.location(), answer.text()))
    }

    /// Answers the consent page at `path`; the answer to the form, not followed.
    pub async fn says(&self, path: &str, decision: &str, claims: &[&str]) -> Answer {
        let page = self.open(path).await;
        if page.status.is_redirection() {
            return page;
        }
        let fields: Vec<_> = claims.iter().map(|claim| ("claim", *claim)).chain([("decision", decision)]).collect();
        let action = page.path.clone();
        self.submit_only(&page, &action, &fields).await
    }
}

impl Answer {
    /// A parameter of the address it leads to.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let url = reqwest::Url::parse(self.location()?).ok()?;
        url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }

    /// The names of the parameters of the address it leads to.
    pub fn parameters(&self) -> Vec<String> {
        let url = reqwest::Url::parse(self.location().unwrap()).unwrap();
        url.query_pairs().map(|(name, _)| name.into_owned()).collect()
    }

    /// Asserts status and error code of a protocol answer.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.path, self.body);
        assert_eq!(self.json()["error"], code, "{}", self.path);
        assert_eq!(self.header("cache-control"), "no-store");
        assert!(self.location().is_none());
        self
    }

    /// Asserts a page that sends nobody anywhere.
    #[track_caller]
    pub fn error_page(self) -> Self {
        assert_eq!(self.status.as_u16(), 400, "{}: {}", self.path, self.text());
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8");
        assert!(self.location().is_none());
        assert!(!self.body.contains("http-equiv"));
        self
    }

    /// A text member of the JSON body.
    pub fn member(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.body)).to_owned()
    }
}
