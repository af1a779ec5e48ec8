//! What a page asks of a resident, whichever way a client came: who asks, what for, and each claim with the value that
//! would go out; and the same as the notice that is kept with her yes.

use super::extract::Visit;
use super::pages::{Asked, AskedClaim, Asker};
use crate::app::App;
use crate::claims::Purpose;
use crate::consent::{self, Notice};
use crate::fault::Fault;
use crate::oauth::Client;
use crate::oauth::rar::Details;
use crate::resident::Session;
use crate::text::{Calendar, Locale, Words};
use crate::vault;

/// A question as it was checked when it was asked.
pub struct Asking<'a> {
    /// Who asks.
    pub client: &'a Client,
    /// For what.
    pub details: &'a Details,
    /// What she lets this client read now, for this purpose.
    pub given: &'a [String],
    /// Whether it may go on while she is away (`offline_access`).
    pub offline: bool,
}

impl Asking<'_> {
    /// What the page shows. Looking at the values goes through the gate, as her own eyes.
    ///
    /// # Errors
    /// When the gate cannot enter the look.
    pub async fn shown(&self, app: &App, visit: &Visit, session: &Session) -> Result<Asked, vault::Refusal> {
        let purpose = self.purpose(app)?;
        let claims = &self.details.claims;
        let values = if claims.is_empty() {
            Vec::new()
        } else {
            vault::preview(app, &session.resident, &session.by, claims, visit.request.clone()).await?
        };
        let asked = |list: &[String]| -> Vec<AskedClaim> {
            let in_list = |shown: &&vault::Shown| list.contains(&shown.claim);
            values.iter().filter(in_list).map(|shown| asked_claim(shown, self.given)).collect()
        };
        let months = purpose.default_months();
        Ok(Asked {
            asker: asker(self.client, visit.words),
            purpose: purpose.code().to_owned(),
            required: asked(&purpose.required),
            optional: asked(&purpose.optional),
            sensitive: asked(&purpose.separate),
            months: u32::from(months),
            until: consent::valid_until(app, months).seconds(),
            offline: self.offline,
        })
    }

    /// The notice as the page says it, without the resident's values: what can be proved later.
    ///
    /// # Errors
    /// When the catalogue has lost the purpose.
    pub fn notice(&self, app: &App, visit: &Visit) -> Result<Notice, Fault> {
        let words = visit.words;
        let purpose = self.purpose(app)?;
        let asker = asker(self.client, words);
        let until = consent::valid_until(app, purpose.default_months()).seconds();
        let calendar = Calendar::new(words, app.config.zone(), app.now().seconds());
        let mut lines =
            vec![words.fill("consent-heading", "client", asker.name.as_str()), words.purpose_why(purpose.code())];
        for (key, list) in [
            ("consent-required", &purpose.required),
            ("consent-optional", &purpose.optional),
            ("consent-sensitive", &purpose.separate),
        ] {
            let of_list = self.details.claims.iter().filter(|claim| list.contains(claim));
            let labels: Vec<String> = of_list.map(|claim| words.claim(claim)).collect();
            if !labels.is_empty() {
                lines.push(format!("{}: {}", words.say(key), labels.join(", ")));
            }
        }
        if self.offline {
            lines.push(format!("{}: {}", words.say("consent-offline"), words.say("consent-offline-say")));
        }
        lines.push(words.fill("consent-until-note", "date", calendar.date(until)));
        lines.push(format!("{} {}", words.say("consent-no-say"), words.purpose_instead(purpose.code())));
        Ok(Notice {
            language: words.locale().tag(),
            text: lines.join("\n"),
            recipient: asker.name,
            controller: asker.controller,
            contact: asker.contact,
        })
    }

    fn purpose<'a>(&self, app: &'a App) -> Result<&'a Purpose, Fault> {
        app.catalogue.purpose(&self.details.purpose).ok_or(Fault::Stored("a request for an unknown purpose"))
    }
}

fn asked_claim(shown: &vault::Shown, given: &[String]) -> AskedClaim {
    let value = shown.released.as_ref().map(|(_, value)| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    });
    let released = shown.released.as_ref().map(|(name, _)| name);
    AskedClaim {
        name: shown.claim.clone(),
        coarser: released.filter(|name| **name != shown.claim).cloned(),
        chosen: value.is_some() && given.contains(&shown.claim),
        value,
    }
}

fn asker(client: &Client, words: Words) -> Asker {
    Asker {
        name: client.name_in(words.locale() == Locale::ZhHans).to_owned(),
        party: client.kind.code().to_owned(),
        controller: client.controller.clone(),
        contact: client.contact.clone(),
    }
}
