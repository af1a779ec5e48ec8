//! The resident: what she does, and what she must find.

use serde_json::json;

use crate::Told;
use crate::browser::{Browser, Page};
use crate::passkey::SoftPasskey;

/// A resident with a phone that holds her passkey.
pub struct Resident {
    issuer: String,
    parking: String,
    browser: Browser,
    phone: SoftPasskey,
}

impl Resident {
    /// Somebody with an empty phone.
    pub fn new(issuer: &str, parking: &str) -> Told<Self> {
        let (issuer, parking) = (issuer.trim_end_matches('/'), parking.trim_end_matches('/'));
        Ok(Self {
            issuer: issuer.to_owned(),
            parking: parking.to_owned(),
            browser: Browser::new()?,
            phone: SoftPasskey::at(issuer),
        })
    }

    /// Opens the link twice, as a chat program's preview would, and makes a passkey.
    pub async fn enrols(&mut self, invitation: &str) -> Told {
        must(self.phone.is_empty(), "the phone is empty")?;
        self.browser.open(invitation).await?;
        let page = self.browser.open(invitation).await?;
        let (begin, finish, csrf) = ceremony(&page)?;
        let options = self.browser.post_json(&page, &begin, &csrf, &json!({ "csrf": csrf })).await?;
        let made =
            self.phone.create(&options).await.map_err(|cause| format!("the phone made no passkey: {cause:?}"))?;
        let finished = self.browser.post_json(&page, &finish, &csrf, &made).await?;
        self.arrives(&finished).await?;
        must(!self.phone.is_empty(), "a passkey is in the phone")
    }

    /// Signs in from a browser that was never here.
    pub async fn signs_in(&mut self) -> Told {
        self.browser = Browser::new()?;
        let page = self.browser.open(&format!("{}/sign-in", self.issuer)).await?;
        self.shows_her_passkey(&page).await?;
        Ok(())
    }

    async fn shows_her_passkey(&mut self, page: &Page) -> Told<Page> {
        let (begin, finish, csrf) = ceremony(page)?;
        let options = self.browser.post_json(page, &begin, &csrf, &json!({ "csrf": csrf })).await?;
        let shown =
            self.phone.get(&options).await.map_err(|cause| format!("the phone showed no passkey: {cause:?}"))?;
        let finished = self.browser.post_json(page, &finish, &csrf, &shown).await?;
        self.arrives(&finished).await
    }

    async fn arrives(&mut self, finished: &serde_json::Value) -> Told<Page> {
        let next = finished.get("next").and_then(|next| next.as_str()).ok_or("the ceremony leads nowhere")?;
        self.browser.open(&format!("{}{next}", self.issuer)).await
    }

    /// Goes to the parking app, is sent to Latchkey, and agrees to what is required and to one claim more.
    pub async fn agrees(&mut self, claim: &str) -> Told {
        let page = self.browser.open(&format!("{}/ask", self.parking)).await?;
        let action = page.attribute("action=\"/consent/", "action")?;
        for shown in
            page.texts("<li class=\"claim", "</li>").into_iter().chain(page.texts("<label class=\"claim", "</label>"))
        {
            println!("      {shown}");
        }
        let page = self.browser.submit(&page, &action, &[("claim", claim), ("decision", "yes")]).await?;
        must(page.url.as_str().starts_with(&self.parking), "she is back at the parking app")
    }

    /// Opens the parking app, which reads; it must have got these claims and no others. Returns the entry's position.
    pub async fn looks_at_parking(&mut self, expected: &[&str]) -> Told<String> {
        let page = self.browser.open(&self.parking.clone()).await?;
        let mut claims: Vec<&str> =
            page.body.split("data-claim=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for claim in &claims {
            println!("      {claim} = {}", page.attribute(&format!("data-claim=\"{claim}\""), "data-value")?);
        }
        claims.sort_unstable();
        must(claims == expected, &format!("the app got {expected:?} and nothing else, not {claims:?}"))?;
        let position = page.attribute("data-position", "data-position")?;
        println!("      Ledger-Position: {position}");
        Ok(position)
    }

    /// Opens her visitors' book: the newest line must be about this app.
    pub async fn finds_in_her_book(&mut self, app: &str) -> Told {
        let page = self.browser.open(&format!("{}/me/book", self.issuer)).await?;
        let lines = page.texts("<time datetime", "</div>");
        let line = lines
            .iter()
            .find(|line| line.contains(app))
            .ok_or(format!("no line of the book tells of {app}: {}", page.text()))?;
        println!("      {line}");
        Ok(())
    }

    /// Stops the first of her apps.
    pub async fn stops(&mut self) -> Told {
        let page = self.browser.open(&format!("{}/me/apps", self.issuer)).await?;
        let app = page.attribute("href=\"/me/apps/", "href")?;
        let page = self.browser.open(&format!("{}{app}", self.issuer)).await?;
        self.browser.submit(&page, &format!("{app}/stop"), &[]).await?;
        Ok(())
    }

    /// Opens the parking app again: it must have been refused for this reason, and the refusal stand in her book.
    pub async fn is_refused(&mut self, reason: &str) -> Told {
        let page = self.browser.open(&self.parking.clone()).await?;
        let told = page.attribute("data-reason", "data-reason")?;
        println!("      403 {told}");
        must(told == reason, &format!("the reason is {reason}, not {told}"))?;
        must(!page.body.contains("data-claim"), "the app shows nothing")?;
        let page = self.browser.open(&format!("{}/me/book", self.issuer)).await?;
        let lines = page.texts("<li class=\"refused\"", "</div>");
        let line = lines.first().ok_or("the refusal does not stand in her book")?;
        println!("      {line}");
        Ok(())
    }
}

/// Where a page's ceremony begins and finishes, and its form token.
fn ceremony(page: &Page) -> Told<(String, String, String)> {
    let of = |name: &str| page.attribute("data-ceremony", name);
    Ok((of("data-begin")?, of("data-finish")?, of("data-csrf")?))
}

/// What must hold.
pub fn must(holds: bool, what: &str) -> Told {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}
