//! What is different from what she agreed to the last time: nobody should have to find it by comparing.

use super::Asking;
use crate::app::App;
use crate::consent;
use crate::fault::Fault;
use crate::http::extract::Visit;

impl Asking<'_> {
    /// The differences, as sentences; none when there was no last time, or nothing has changed.
    pub(super) async fn changes(&self, app: &App, visit: &Visit) -> Result<Vec<String>, Fault> {
        let Some(before) = self.before else { return Ok(Vec::new()) };
        let body = consent::body(&mut app.db.read().await?, app, before).await?.unwrap_or_default();
        let (words, asked) = (visit.words, &self.details.claims);
        let was_asked = |claim: &&String| before.claims.contains(claim) || body.refused.contains(claim);
        let labels = |claims: Vec<&String>| {
            let labels: Vec<String> = claims.into_iter().map(|claim| words.claim(claim)).collect();
            Some(labels.join(&words.say("list-and"))).filter(|labels| !labels.is_empty())
        };
        let mut changes = Vec::new();
        let more = labels(asked.iter().filter(|claim| !was_asked(claim)).collect());
        changes.extend(more.map(|claims| words.fill("consent-changed-more", "claims", claims)));
        let less = labels(before.claims.iter().chain(&body.refused).filter(|claim| !asked.contains(claim)).collect());
        changes.extend(less.map(|claims| words.fill("consent-changed-less", "claims", claims)));
        if !body.controller.is_empty() && body.controller != self.client.controller {
            let (old, new) = (body.controller.as_str(), self.client.controller.as_str());
            changes.push(words.fill2("consent-changed-controller", "old", old, "new", new));
        }
        if before.terms.is_some() && before.terms != self.purpose(app).ok().map(consent::terms) {
            changes.push(words.say("consent-changed-terms"));
        }
        Ok(changes)
    }
}
