//! Who is here: browsers by their cookie, each with what it waits for or may read. Gone when the program ends.

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use tokio::sync::Mutex;

use crate::machine::token;
use crate::partner::{Access, Asked};

/// Cookies of `localhost` go to every port: the name keeps ours apart from Latchkey's.
const NAME: &str = "sunshine_parking";

/// One browser.
#[derive(Default)]
pub struct Visit {
    /// Sent to Latchkey and not back yet.
    pub asked: Option<Asked>,
    /// What it may read.
    pub access: Option<Access>,
}

/// All browsers.
#[derive(Clone, Default)]
pub struct Visits(Arc<Mutex<HashMap<String, Arc<Mutex<Visit>>>>>);

impl Visits {
    /// The visit that the request's cookie names.
    pub async fn of(&self, headers: &HeaderMap) -> Option<Arc<Mutex<Visit>>> {
        self.0.lock().await.get(cookie(headers)?).cloned()
    }

    /// A new visit, and the cookie that names it.
    pub async fn begin(&self, visit: Visit) -> Result<String, String> {
        let name = token()?;
        self.0.lock().await.insert(name.clone(), Arc::new(Mutex::new(visit)));
        Ok(format!("{NAME}={name}; HttpOnly; SameSite=Lax; Path=/; Max-Age=3600"))
    }

    /// Forgets the visit that the request's cookie names.
    pub async fn end(&self, headers: &HeaderMap) {
        if let Some(name) = cookie(headers) {
            self.0.lock().await.remove(name);
        }
    }
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == NAME).map(|(_, value)| value)
}
