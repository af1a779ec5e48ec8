//! What a page asks of a resident, whichever way a client came: who asks, what for, and each claim with the value that
//! would go out; and the same as the notice that is kept with her yes.

use super::extract::Visit;
use super::pages::{Asked, AskedClaim, AskedForm, AskedLength, Asker};
use crate::app::App;
use crate::claims::Purpose;
use crate::consent::no::{How, No};
use crate::consent::{self, Notice, Record};
use crate::crypto::hash;
use crate::fault::Fault;
use crate::ids::MandateId;
use crate::oauth::Client;
use crate::oauth::rar::Details;
use crate::resident::Session;
use crate::text::{Calendar, Locale, Words};
use crate::vault;

mod changes;

/// A question as it was checked when it was asked.
pub struct Asking<'a> {
    /// Who asks.
    pub client: &'a Client,
    /// For what.
    pub details: &'a Details,
    /// What she lets this client read now, for this purpose.
    pub before: Option<&'a Record>,
    /// What she said no to lately.
    pub noes: &'a [No],
    /// What of it she never gives to such a party.
    pub kept: &'a [String],
    /// Whether it may go on while she is away (`offline_access`).
    pub offline: bool,
    /// Whose answer it will be, and by whose hand.
    pub session: &'a Session,
}

impl Asking<'_> {
    /// What the page shows. Looking at the values goes through the gate, as her own eyes.
    ///
    /// # Errors
    /// When the gate cannot enter the look.
    pub async fn shown(&self, app: &App, visit: &Visit) -> Result<Asked, vault::Refusal> {
        let purpose = self.purpose(app)?;
        let values = self.values(app, visit).await?;
        let asked = |list: &[String]| -> Vec<AskedClaim> {
            let of_list = self.details.claims.iter().filter(|claim| list.contains(claim));
            of_list.filter_map(|claim| self.claim(app, claim, &values, purpose)).collect()
        };
        let default = purpose.default_length();
        let length = |length: crate::claims::Length| AskedLength {
            code: length.code(),
            until: consent::valid_until(app, length).seconds(),
            chosen: length == default,
        };
        let mut asked = Asked {
            asker: asker(self.client, visit.words),
            purpose: purpose.code().to_owned(),
            notice: self.summary(app, visit)?,
            required: asked(&purpose.required),
            optional: asked(&purpose.optional),
            sensitive: asked(&purpose.separate),
            lengths: purpose.lengths().into_iter().map(length).collect(),
            offline: self.offline,
            changes: self.changes(app, visit).await?,
            shown: String::new(),
        };
        asked.shown = self.rendered(app, visit, &asked)?;
        Ok(asked)
    }

    /// The value of each claim, in each of its forms.
    async fn values(&self, app: &App, visit: &Visit) -> Result<Vec<vault::Shown>, vault::Refusal> {
        // What is not offered is not opened.
        let offered = self.details.claims.iter().filter(|claim| !self.kept.contains(claim));
        let mut forms: Vec<String> = offered.flat_map(|claim| app.catalogue.forms(claim)).collect();
        forms.sort_unstable();
        forms.dedup();
        if forms.is_empty() {
            return Ok(Vec::new());
        }
        let Session { resident, by, .. } = self.session;
        vault::preview(app, resident, by, &forms, visit.request.clone()).await
    }

    fn claim(&self, app: &App, name: &str, values: &[vault::Shown], purpose: &Purpose) -> Option<AskedClaim> {
        if self.kept.iter().any(|kept| kept == name) {
            return Some(AskedClaim::kept_back(name));
        }
        let before = self.before.filter(|before| before.claims.iter().any(|claim| claim == name));
        let shown = |form: &str| values.iter().find(|shown| shown.claim == form);
        let mut asked = asked_claim(shown(name)?);
        // What is required goes out as the catalogue says: it is the least form that serves.
        if !purpose.requires(name) {
            let last = before.map_or(name, |before| before.released(name));
            asked.forms = forms(app, name, last, &shown);
        }
        asked.chosen = asked.value.is_some() && before.is_some() && !purpose.separate.iter().any(|claim| claim == name);
        let left_out = |no: &&No| no.how == How::LeftOut && no.claims.iter().any(|claim| claim == name);
        asked.quiet_since = self.noes.iter().find(left_out).map(|no| no.at);
        Some(asked)
    }

    /// What the page said, with the resident's values: its SHA-256, under a seal that only this service makes, bound to
    /// who asks for what, to whose data they are, and to whose hand. It comes back with the answer.
    fn rendered(&self, app: &App, visit: &Visit, asked: &Asked) -> Result<String, Fault> {
        let mut lines = vec![asked.notice.clone(), self.text(app, visit)?];
        for claim in asked.required.iter().chain(&asked.optional).chain(&asked.sensitive) {
            lines.push(format!("{}: {}", visit.words.claim(claim.released()), claim.value.clone().unwrap_or_default()));
            let form = |form: &AskedForm| format!("{}: {}", visit.words.claim(&form.name), form.value);
            lines.extend(claim.forms.iter().map(form));
        }
        sealed(app, self, &hex::encode(hash::sha256(lines.join("\n").as_bytes())))
    }

    /// The notice as the page says it: what can be proved later. `shown` is what came back with the answer.
    ///
    /// # Errors
    /// When the catalogue has lost the purpose. `None`: what came back is nothing that a page of ours said.
    pub fn notice(&self, app: &App, visit: &Visit, shown: &str) -> Result<Option<Notice>, Fault> {
        let Some(rendered) = unsealed(app, self, shown)? else { return Ok(None) };
        let asker = asker(self.client, visit.words);
        Ok(Some(Notice {
            language: visit.words.locale().tag(),
            text: format!("{}\n{}", self.summary(app, visit)?, self.text(app, visit)?),
            rendered,
            recipient: asker.name,
            controller: asker.controller,
            contact: asker.contact,
        }))
    }

    /// All that a resident must know before she answers, in a hundred and fifty characters: who, what, what for, until
    /// when, and what no changes (PIPL 17). The rest of the page is details.
    fn summary(&self, app: &App, visit: &Visit) -> Result<String, Fault> {
        let words = visit.words;
        let purpose = self.purpose(app)?;
        let client = asker(self.client, words).name;
        let required: Vec<String> = purpose.required.iter().map(|claim| words.claim(claim)).collect();
        let until = consent::valid_until(app, purpose.default_length()).seconds();
        let date = Calendar::new(words, app.config.zone(), app.now().seconds()).date(until);
        let first = if required.is_empty() {
            words.fill("consent-notice-sign-in", "client", client)
        } else {
            words.fill2("consent-notice-sees", "client", client, "claims", required.join(&words.say("list-and")))
        };
        let offered = |claim: &&String| !purpose.requires(claim) && !self.kept.contains(claim);
        let choices = self.details.claims.iter().filter(offered).count();
        let mut parts = vec![first, words.purpose_why(purpose.code())];
        if choices > 0 {
            parts.push(words.fill("consent-notice-more", "count", choices));
        }
        parts.push(words.fill("consent-until-note", "date", date));
        parts.push(words.fill("consent-notice-no", "instead", words.purpose_instead(purpose.code())));
        Ok(parts.join(&words.say("list-space")))
    }

    /// The details, without the resident's values.
    fn text(&self, app: &App, visit: &Visit) -> Result<String, Fault> {
        let words = visit.words;
        let purpose = self.purpose(app)?;
        let asker = asker(self.client, words);
        let mut lines =
            vec![words.fill("consent-heading", "client", asker.name.as_str()), words.purpose_why(purpose.code())];
        for (key, list) in [
            ("consent-required", &purpose.required),
            ("consent-optional", &purpose.optional),
            ("consent-sensitive", &purpose.separate),
        ] {
            let of_list = self.details.claims.iter().filter(|claim| list.contains(claim) && !self.kept.contains(claim));
            let labels: Vec<String> = of_list.map(|claim| words.claim(claim)).collect();
            if !labels.is_empty() {
                lines.push(format!("{}: {}", words.say(key), labels.join(", ")));
            }
        }
        let kept: Vec<String> = self.kept.iter().map(|claim| words.claim(claim)).collect();
        if !kept.is_empty() {
            lines.push(words.fill("consent-kept-all", "claims", kept.join(&words.say("list-and"))));
        }
        if self.offline {
            lines.push(format!("{}: {}", words.say("consent-offline"), words.say("consent-offline-say")));
        }
        lines.push(format!("{} {}", words.say("consent-no-say"), words.purpose_instead(purpose.code())));
        Ok(lines.join("\n"))
    }

    /// The catalogue's row.
    ///
    /// # Errors
    /// When the catalogue has lost it.
    pub fn purpose<'a>(&self, app: &'a App) -> Result<&'a Purpose, Fault> {
        app.catalogue.purpose(&self.details.purpose).ok_or(Fault::Stored("a request for an unknown purpose"))
    }
}

/// The forms of a claim that has more than one, with their values; `last` is the one she gave the last time.
fn forms<'a>(app: &App, name: &str, last: &str, shown: &impl Fn(&str) -> Option<&'a vault::Shown>) -> Vec<AskedForm> {
    let form = |form: String| {
        let asked = asked_claim(shown(&form)?);
        Some(AskedForm { chosen: form == last, label: asked.released().to_owned(), value: asked.value?, name: form })
    };
    let mut forms: Vec<AskedForm> = app.catalogue.forms(name).into_iter().filter_map(form).collect();
    // A building with few flats goes out as its community anyway: the same twice is no choice.
    let mut labels = Vec::new();
    forms.retain(|form| {
        !labels.contains(&form.label) && {
            labels.push(form.label.clone());
            true
        }
    });
    if forms.len() < 2 { Vec::new() } else { forms }
}

fn asked_claim(shown: &vault::Shown) -> AskedClaim {
    let value = shown.released.as_ref().map(|(_, value)| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    });
    let released = shown.released.as_ref().map(|(name, _)| name);
    AskedClaim {
        name: shown.claim.clone(),
        coarser: released.filter(|name| **name != shown.claim).cloned(),
        chosen: false,
        forms: Vec::new(),
        quiet_since: None,
        kept: false,
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

fn mac(app: &App, asking: &Asking<'_>, digest: &str) -> Result<String, Fault> {
    let (client, details) = (asking.client.id.as_str(), asking.details);
    let Session { resident, by, .. } = asking.session;
    let mandate = by.mandate().map_or("", MandateId::as_str);
    let claims = details.claims.join(",");
    let bound = format!("{client}\n{}\n{claims}\n{resident}\n{mandate}\n{digest}", details.purpose);
    Ok(hex::encode(app.custody.mac("consent_shown", bound.as_bytes())?))
}

/// A digest of what a page said, under our seal.
pub fn sealed(app: &App, asking: &Asking<'_>, digest: &str) -> Result<String, Fault> {
    Ok(format!("{digest}.{}", mac(app, asking, digest)?))
}

/// The digest under our seal, if it is ours.
pub fn unsealed(app: &App, asking: &Asking<'_>, shown: &str) -> Result<Option<String>, Fault> {
    let Some((digest, seal)) = shown.split_once('.') else { return Ok(None) };
    let same: bool = subtle::ConstantTimeEq::ct_eq(mac(app, asking, digest)?.as_bytes(), seal.as_bytes()).into();
    Ok(same.then(|| digest.to_owned()))
}
