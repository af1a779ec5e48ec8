//! The world that the model is held against: a service, two apps, one resident after the other.

use latchkey::{erasure, resident};
use serde_json::Value;

use crate::reference::{Act, Consent, Expected, Model, Seen, Token};
use crate::support::TestApp;
use crate::support::partner::Partner;
use crate::support::steps::somebody;
use crate::support::town::Neighbour;

/// A token of `parking.book` lives ten minutes.
const TOKEN_SECONDS: i64 = 600;

pub struct World {
    town: TestApp,
    apps: Vec<Partner>,
    pub sequences: usize,
}

/// One sequence under way.
struct Play<'a> {
    world: &'a World,
    she: Neighbour,
    model: Model,
    tokens: Vec<String>,
    records: Vec<String>,
    seen: Seen,
}

/// Says what differs, as a sentence for the report.
macro_rules! hold {
    ($condition:expr, $($words:tt)+) => {
        if !$condition {
            return Err(format!($($words)+));
        }
    };
}

impl World {
    pub async fn build() -> Self {
        let town = TestApp::start().await;
        let apps = vec![town.partner("rp-a").await, town.partner("rp-b").await];
        Self { town, apps, sequences: 0 }
    }

    /// Plays a sequence with a resident of its own.
    pub async fn play(&mut self, acts: &[Act]) -> Result<Seen, String> {
        self.sequences += 1;
        let she = self.town.neighbour(&somebody()).await;
        let (tokens, records) = (Vec::new(), Vec::new());
        let mut play = Play { world: self, she, model: Model::default(), tokens, records, seen: Seen::default() };
        for (at, act) in acts.iter().enumerate() {
            play.act(act).await.map_err(|wrong| format!("act {at}, {act:?}: {wrong}\n{:#?}", play.model))?;
        }
        play.every_token().await?;
        play.compare_the_book().await?;
        Ok(play.seen)
    }
}

impl Play<'_> {
    fn now(&self) -> i64 {
        self.world.town.app.now().seconds()
    }

    async fn act(&mut self, act: &Act) -> Result<(), String> {
        match act {
            Act::Agree { app, plate } => self.agree(*app, *plate).await,
            Act::Read(index) if self.tokens.is_empty() => {
                let _ = index;
                Ok(())
            }
            Act::Read(index) => self.read(index.index(self.tokens.len())).await,
            Act::Stop(app) => self.press(*app, "stop").await,
            Act::Pause(app) => self.press(*app, "pause").await,
            Act::Resume(app) => self.press(*app, "resume").await,
            Act::Minutes(minutes) => {
                self.world.town.pass_seconds(minutes * 60);
                Ok(())
            }
            Act::SignOutEverywhere => self.sign_out_everywhere().await,
            Act::Lock | Act::Unlock => self.lock(matches!(act, Act::Lock)).await,
            Act::AskErasure => self.ask_erasure().await,
            Act::UndoErasure => self.undo_erasure().await,
            Act::Week => self.week().await,
        }
    }

    /// Signs in if she has to; whether she is in. Whoever is locked or erased is not let in.
    async fn comes_in(&mut self) -> Result<bool, String> {
        if !self.she.browser.is_in().await {
            self.she.browser.signs_in(&mut self.she.phone).await;
        }
        let is_in = self.she.browser.is_in().await;
        hold!(is_in == self.model.is_in(), "she is in: {is_in}, and should be: {}", self.model.is_in());
        Ok(is_in)
    }

    async fn agree(&mut self, app: usize, plate: bool) -> Result<(), String> {
        let standing = self.model.standing(app);
        if !self.comes_in().await? || standing.is_some_and(|at| self.model.consents[at].paused) {
            return Ok(());
        }
        let parking = &self.world.apps[app];
        let chosen: &[&str] = if plate { &["plate_masked"] } else { &[] };
        let code = self.she.browser.agrees(&parking.pushed(&[]).await, chosen).await;
        let tokens = parking.redeems(&code).await;
        hold!(tokens.status == 200, "the code gave no token: {}", tokens.body);
        let consent = match standing {
            // What stands answers the question again, as it is.
            Some(at) => at,
            None => {
                self.model.consents.push(Consent { app, plate, stopped: false, paused: false });
                self.model.book.push("given");
                self.seen.consents += 1;
                self.records.push(self.newest_record().await);
                self.records.len() - 1
            }
        };
        self.tokens.push(tokens.member("access_token"));
        self.model.tokens.push(Token { consent, expires_at: self.now() + TOKEN_SECONDS, put_out: false });
        Ok(())
    }

    /// The address of the consent that was given last.
    async fn newest_record(&self) -> String {
        let mut tx = self.world.town.app.db.read().await.unwrap();
        let mut all = latchkey::consent::of_resident(&mut tx, &self.she.resident.id).await.unwrap();
        all.retain(|record| !self.records.contains(&record.id.to_string()));
        assert_eq!(all.len(), 1, "one yes, one record");
        all[0].id.to_string()
    }

    async fn read(&mut self, at: usize) -> Result<(), String> {
        let token = &self.model.tokens[at];
        let app = &self.world.apps[self.model.consents[token.consent].app];
        let expected = self.model.read(token, self.now());
        let answer = app.reads("/vault/claims", &self.tokens[at]).await;
        match &expected {
            Expected::Claims { plate } => {
                hold!(answer.status == 200, "a read with a basis was refused: {}", answer.body);
                let claims: Value = answer.json()["claims"].clone();
                hold!(claims.get("is_resident").is_some(), "no claims: {claims}");
                let plate = *plate && self.she.resident.fields.contains_key("plate");
                hold!(claims.get("plate_masked").is_some() == plate, "not what was agreed to: {claims}");
                self.model.book.push("");
                self.seen.disclosed += 1;
            }
            Expected::Refused(reason) => {
                let kebab = reason.replace('_', "-");
                hold!(answer.status == 403, "{} in place of 403 {kebab}: {}", answer.status, answer.body);
                let said = answer.json()["reason"].as_str().map(str::to_owned);
                let told = said.as_deref() == Some(*reason) || answer.problem() == kebab;
                hold!(told, "{} in place of {reason}", answer.body);
                self.model.book.push(reason);
                self.seen.refused += 1;
            }
            Expected::Dead => {
                hold!(answer.status == 401, "{} in place of 401: {}", answer.status, answer.body);
                self.seen.dead += 1;
            }
        }
        Ok(())
    }

    /// At the end each token that was ever given is tried once more.
    async fn every_token(&mut self) -> Result<(), String> {
        for at in 0..self.tokens.len() {
            self.read(at).await.map_err(|wrong| format!("at the end, token {at}: {wrong}\n{:#?}", self.model))?;
        }
        Ok(())
    }

    async fn press(&mut self, app: usize, button: &str) -> Result<(), String> {
        let Some(at) = self.model.standing(app).filter(|_| self.model.is_in()) else { return Ok(()) };
        let paused = self.model.consents[at].paused;
        if (button == "pause" && paused) || (button == "resume" && !paused) || !self.comes_in().await? {
            return Ok(());
        }
        let path = format!("/me/apps/{}", self.records[at]);
        let page = self.she.browser.open(&path).await;
        hold!(page.status == 200, "{path}: {}", page.text());
        let done = self.she.browser.submit(&page, &format!("{path}/{button}"), &[]).await;
        hold!(done.status == 200, "{button}: {}", done.text());
        let consent = &mut self.model.consents[at];
        match button {
            "stop" => (consent.stopped, consent.paused) = (true, false),
            _ => consent.paused = button == "pause",
        }
        self.model.book.push(match button {
            "stop" => "withdrawn",
            "pause" => "paused",
            _ => "resumed",
        });
        Ok(())
    }

    async fn sign_out_everywhere(&mut self) -> Result<(), String> {
        if !self.comes_in().await? {
            return Ok(());
        }
        let page = self.she.browser.open("/me/passkeys").await;
        let done = self.she.browser.submit(&page, "/me/sessions/end-others", &[]).await;
        hold!(done.status == 200, "sign out everywhere: {}", done.text());
        self.model.put_out();
        Ok(())
    }

    async fn lock(&mut self, locks: bool) -> Result<(), String> {
        if self.model.erased {
            return Ok(());
        }
        let (app, id) = (&self.world.town.app, &self.she.resident.id);
        let changed = if locks {
            latchkey::erasure::lock(app, id, "model").await
        } else {
            resident::unlock(app, id, "model").await
        };
        let changed = changed.map_err(|wrong| wrong.to_string())?;
        hold!(changed == (self.model.locked != locks), "locked before: {}", self.model.locked);
        if changed {
            self.model.locked = locks;
            self.model.book.push(if locks { "resident_locked" } else { "resident_unlocked" });
            if locks {
                self.model.put_out();
                // Whoever had her phone may have begun it.
                if self.model.erases_at.take().is_some() {
                    self.model.book.push("erasure_undone");
                }
            }
        }
        Ok(())
    }

    async fn ask_erasure(&mut self) -> Result<(), String> {
        if self.model.erases_at.is_some() || !self.comes_in().await? {
            return Ok(());
        }
        let page = self.she.browser.open("/me/erasure").await;
        let done = self.she.browser.confirms(&page, "/me/erasure", &[], &mut self.she.phone).await;
        hold!(done.status == 200, "erasure: {}", done.text());
        self.model.erases_at = Some(self.now() + 7 * 86_400);
        self.model.book.push("erasure_begun");
        Ok(())
    }

    async fn undo_erasure(&mut self) -> Result<(), String> {
        let open = self.model.erases_at.is_some_and(|due| self.now() < due);
        if !open || !self.comes_in().await? {
            return Ok(());
        }
        let page = self.she.browser.open("/me/erasure").await;
        let done = self.she.browser.submit(&page, "/me/erasure/undo", &[]).await;
        hold!(done.status == 200, "undo: {}", done.text());
        self.model.erases_at = None;
        self.model.book.push("erasure_undone");
        Ok(())
    }

    async fn week(&mut self) -> Result<(), String> {
        self.world.town.pass_seconds(7 * 86_400);
        // Of earlier sequences as well.
        erasure::sweep(&self.world.town.app).await.map_err(|wrong| wrong.to_string())?;
        if self.model.erases_at.is_some() {
            let open = self.model.consents.iter().filter(|consent| !consent.stopped).count();
            self.model.book.extend(std::iter::repeat_n("withdrawn", open));
            self.model.book.push("erased");
            (self.model.erased, self.model.erases_at) = (true, None);
            self.seen.erased += 1;
        }
        let gone = format!("resident WHERE erased_at IS NOT NULL AND id = '{}'", self.she.resident.id);
        let gone = self.world.town.count(&gone).await == 1;
        hold!(gone == self.model.erased, "she is erased: {gone}, and should be: {}", self.model.erased);
        Ok(())
    }

    /// Each act that was acknowledged is in her book, in its order, and nothing else of its kind is.
    async fn compare_the_book(&self) -> Result<(), String> {
        let known = ["given", "", "withdrawn", "paused", "resumed", "erasure_begun", "erasure_undone", "erased"];
        let more = ["access_suspended", "consent_withdrawn", "consent_paused", "resident_locked", "resident_unlocked"];
        let mut book = self.world.town.entries_of(&self.she.resident.id).await;
        book.reverse();
        book.retain(|reason| known.contains(&reason.as_str()) || more.contains(&reason.as_str()));
        hold!(book == self.model.book, "her book says {book:?}\nand should say {:?}", self.model.book);
        Ok(())
    }
}
