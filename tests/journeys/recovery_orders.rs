//! V65: every order of the steps of a recovery, up to six of them. Below HTTP, for there are 46,656 orders, of which
//! 31,031 answer a challenge; the verbs called are the ones that the doors call.

use latchkey::app::App;
use latchkey::crypto::random;
use latchkey::crypto::token::Digest;
use latchkey::ids::RequestId;
use latchkey::resident::{self, Registration, Session};
use serde_json::Value;

use crate::support::TestApp;
use crate::support::database::Database;
use crate::support::forge::{Forge, Lies};

/// What somebody may try next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Enter a code that is none.
    WrongCode,
    /// Enter a code of the sheet: the proof.
    RightCode,
    /// Begin a registration with the right in hand, or an invented one.
    Begin,
    /// Begin a sign-in instead.
    BeginSignIn,
    /// Answer the last challenge as a registration by the right in hand.
    Finish,
    /// Go on in another browser.
    OtherBrowser,
}

const STEPS: [Step; 6] =
    [Step::WrongCode, Step::RightCode, Step::Begin, Step::BeginSignIn, Step::Finish, Step::OtherBrowser];

/// What is true if the rules of `resident/recovery` hold, and nothing else.
#[derive(Default)]
struct Model {
    browser: u8,
    /// The right in hand: its number, and the browser that was given it.
    right: Option<(u32, u8)>,
    rights: u32,
    /// The challenge that is open: of a registration by that right, or of nothing that helps; and its browser.
    challenge: Option<(Option<u32>, u8)>,
}

impl Model {
    /// Whether the step makes a passkey.
    fn makes_a_passkey(&mut self, step: Step) -> bool {
        match step {
            Step::WrongCode => {}
            Step::RightCode => {
                self.rights += 1;
                self.right = Some((self.rights, self.browser));
            }
            Step::Begin => {
                if let Some((right, browser)) = self.right
                    && browser == self.browser
                {
                    self.challenge = Some((Some(right), self.browser));
                }
            }
            Step::BeginSignIn => self.challenge = Some((None, self.browser)),
            Step::OtherBrowser => self.browser = 1 - self.browser,
            Step::Finish => {
                let Some((begun_by, begun_in)) = self.challenge.take() else { return false };
                let in_hand = self.right.map(|(right, _)| right);
                return begun_by.is_some() && begun_by == in_hand && begun_in == self.browser;
            }
        }
        false
    }
}

/// Somebody with two browsers.
struct Hands<'a> {
    app: &'a App,
    request: RequestId,
    code: &'a str,
    browsers: [Digest; 2],
    browser: usize,
    right: String,
    options: Option<Value>,
}

impl Hands<'_> {
    async fn try_out(&mut self, step: Step) -> Option<Session> {
        let browser = self.browsers[self.browser].clone();
        match step {
            Step::WrongCode => {
                let wrong = "0000-0000-0000-0000-0000-0000";
                assert!(resident::enter_code(self.app, &browser, wrong).await.is_err());
            }
            Step::RightCode => {
                let right = resident::enter_code(self.app, &browser, self.code).await.unwrap();
                self.right = right.expose().to_owned();
            }
            Step::Begin => {
                let wanted = Registration::Recovering(&self.right);
                if let Ok(begun) = resident::register::begin(self.app, &browser, wanted, "张*").await {
                    self.options = Some(serde_json::to_value(begun).unwrap());
                }
            }
            Step::BeginSignIn => {
                let begun = resident::sign_in::begin(self.app, &browser).await.unwrap();
                let mut options = serde_json::to_value(begun).unwrap();
                options["publicKey"]["user"] = serde_json::json!({ "id": "AAAAAAAAAAAAAAAAAAAAAA" });
                self.options = Some(options);
            }
            Step::OtherBrowser => self.browser = 1 - self.browser,
            Step::Finish => {
                let answer = Forge::new().create(self.options.as_ref()?, &Lies::default());
                let answer = serde_json::from_value(answer).unwrap();
                let wanted = Registration::Recovering(&self.right);
                let done = resident::register::finish(self.app, &browser, wanted, &answer, &self.request).await;
                return done.ok().map(|made| made.session.unwrap().0);
            }
        }
        None
    }
}

#[tokio::test]
async fn v65_no_order_of_steps_makes_a_passkey_without_the_code() {
    let shm = tempfile::tempdir_in("/dev/shm").unwrap();
    let town = TestApp::start_with(|config| {
        // Nothing is crashed here: memory is good enough for so many commits.
        if config.database.url.starts_with("sqlite:") {
            config.database.url = format!("sqlite:{}", shm.path().join("latchkey.db").display());
        }
    })
    .await;
    let alice = town.neighbour("alice").await;
    let request: RequestId = random::id().unwrap();
    let cookie = alice.browser.cookie("__Host-latchkey").unwrap();
    let own = resident::find(&town.app, &cookie).await.unwrap().unwrap();
    let mut code = resident::new_sheet(&town.app, &own, &request).await.unwrap().remove(0);
    let mut made = 0_u32;
    // On PostgreSQL, where each step is a round trip, every fifth will do: the rules are the same.
    let stride = if Database::is_postgres() { 5 } else { 1 };
    for number in (0..STEPS.len().pow(6)).step_by(stride) {
        let all: Vec<Step> = (0..6).map(|place| STEPS[number / STEPS.len().pow(place) % STEPS.len()]).collect();
        // What comes after the last answer makes nothing; a sequence without an answer, nothing at all.
        let Some(last) = all.iter().rposition(|step| *step == Step::Finish) else { continue };
        let sequence = &all[..=last];
        let mut model = Model::default();
        let mut hands = Hands {
            app: &town.app,
            request: request.clone(),
            code: &code,
            browsers: [random_digest(), random_digest()],
            browser: 0,
            right: "invented".to_owned(),
            options: None,
        };
        let mut session = None;
        for step in sequence {
            session = hands.try_out(*step).await;
            assert_eq!(session.is_some(), model.makes_a_passkey(*step), "{step:?} in {sequence:?}");
            if session.is_some() {
                break;
            }
        }
        if let Some(session) = session {
            // As it was: one passkey (those before were revoked), and a sheet.
            made += 1;
            code = resident::new_sheet(&town.app, &session, &request).await.unwrap().remove(0);
        }
    }
    assert_eq!(town.key_count(&alice.resident.id).await, 1);
    assert!(made > 300, "the right order works: {made}");
}

fn random_digest() -> Digest {
    Digest::of(&random::bytes::<32>().unwrap())
}
