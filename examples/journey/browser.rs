//! A browser with cookies, that shows each request it makes and what came back.

use std::collections::BTreeMap;

use reqwest::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, Url};
use serde_json::Value;

use crate::{Told, html};

/// Cookies of `localhost` go to every port, in this browser as in any.
pub struct Browser {
    client: Client,
    cookies: BTreeMap<String, String>,
}

/// What came back in the end.
pub struct Page {
    /// Where it is.
    pub url: Url,
    /// Its text.
    pub body: String,
}

impl Browser {
    /// A browser that was never anywhere.
    pub fn new() -> Told<Self> {
        // Which library computes for TLS is the program's choice; an error says that it was made already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build();
        Ok(Self { client: client.map_err(|cause| cause.to_string())?, cookies: BTreeMap::new() })
    }

    /// Opens an address, and goes where it leads.
    pub async fn open(&mut self, url: &str) -> Told<Page> {
        let url = Url::parse(url).map_err(|cause| format!("{url}: {cause}"))?;
        let request = self.client.request(Method::GET, url.clone());
        self.navigate(request.header("sec-fetch-site", "none"), url, Method::GET).await
    }

    /// Submits the form of a page that posts to `action`: its hidden fields, and these.
    pub async fn submit(&mut self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Told<Page> {
        let hidden = html::hidden_fields(&page.body, action).ok_or(format!("{} has no form to {action}", page.url))?;
        let given = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let all: Vec<_> = hidden.into_iter().chain(given).collect();
        let url = page.url.join(action).map_err(|cause| cause.to_string())?;
        // `null`, as browsers say for pages that ask them to tell nobody where they come from.
        let request = self.client.request(Method::POST, url.clone()).header("origin", "null").form(&all);
        self.navigate(request.header("sec-fetch-site", "same-origin"), url, Method::POST).await
    }

    /// Posts JSON as the script of `page` does, and gives what came back.
    pub async fn post_json(&mut self, page: &Page, path: &str, csrf: &str, body: &Value) -> Told<Value> {
        let url = page.url.join(path).map_err(|cause| cause.to_string())?;
        let request =
            self.client.request(Method::POST, url.clone()).header("origin", url.origin().ascii_serialization());
        let request = request.header("x-csrf", csrf).header("sec-fetch-site", "same-origin").json(body);
        let (page, _) = self.send(request, url, &Method::POST).await?;
        serde_json::from_str(&page.body).map_err(|_| format!("{path} answered no JSON"))
    }

    async fn navigate(&mut self, request: RequestBuilder, url: Url, method: Method) -> Told<Page> {
        let (mut page, mut next) = self.send(request.header("sec-fetch-dest", "document"), url, &method).await?;
        for _ in 0..10 {
            let Some(url) = next else { return Ok(page) };
            let request = self.client.request(Method::GET, url.clone()).header("sec-fetch-dest", "document");
            (page, next) = self.send(request, url, &Method::GET).await?;
        }
        Err(format!("redirects without end at {}", page.url))
    }

    async fn send(&mut self, request: RequestBuilder, url: Url, method: &Method) -> Told<(Page, Option<Url>)> {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        let request = if cookies.is_empty() { request } else { request.header("cookie", cookies.join("; ")) };
        let answer = request.send().await.map_err(|cause| format!("{}: {cause}", shown(&url)))?;
        for line in answer.headers().get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok()) {
            self.keep(line);
        }
        let status = answer.status();
        println!("    {method:<4} {} → {status}", shown(&url));
        let next = answer.headers().get(LOCATION).and_then(|place| place.to_str().ok());
        let next = next.filter(|_| status.is_redirection()).and_then(|place| url.join(place).ok());
        let of_type = answer.headers().get(CONTENT_TYPE).and_then(|of_type| of_type.to_str().ok()).map(str::to_owned);
        let body = answer.text().await.map_err(|cause| cause.to_string())?;
        if !status.is_success() && !status.is_redirection() {
            let plain = if of_type.is_some_and(|of| of.contains("html")) { html::text(&body) } else { body };
            return Err(format!("{} answered {status}: {plain}", shown(&url)));
        }
        Ok((Page { url, body }, next))
    }

    fn keep(&mut self, line: &str) {
        let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
        let Some((name, value)) = pair.split_once('=') else { return };
        if attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

impl Page {
    /// The value of an attribute of the first tag that holds `mark`.
    pub fn attribute(&self, mark: &str, name: &str) -> Told<String> {
        html::attribute(&self.body, mark, name).ok_or(format!("{} shows no {mark}", self.url))
    }

    /// What a reader sees.
    pub fn text(&self) -> String {
        html::text(&self.body)
    }

    /// The texts of all elements that begin with `tag`, up to `end`.
    pub fn texts(&self, tag: &str, end: &str) -> Vec<String> {
        let pieces = self.body.split(tag).skip(1).filter_map(|rest| rest.split_once(end));
        pieces.map(|(inside, _)| html::text(&format!("<x {inside}"))).collect()
    }
}

/// An address without what is secret in it: long parts and the values of a query.
fn shown(url: &Url) -> String {
    let parts = url.path().split('/').map(|part| if part.len() > 24 { "…" } else { part }).collect::<Vec<_>>();
    let names = url.query_pairs().map(|(name, _)| name.into_owned()).collect::<Vec<_>>();
    let query = if names.is_empty() { String::new() } else { format!("?{}", names.join("&")) };
    format!("{}{}{query}", url.origin().ascii_serialization(), parts.join("/"))
}
