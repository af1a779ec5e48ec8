//! What a message says outside the portal.

use crate::app::App;
use crate::inbox::Word;
use crate::text::{Locale, Words};

/// A message on its way. Nothing in it is about anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    /// The message's id: a gateway that gets it twice knows it by that.
    pub(super) id: String,
    /// The language, as a BCP 47 tag.
    pub(super) language: &'static str,
    /// The community, for the subject.
    pub(super) subject: String,
    /// One sentence, and where to read more.
    pub(super) text: String,
    /// When it happened, Unix seconds.
    pub(super) at: i64,
}

impl Letter {
    pub(super) fn of(app: &App, id: &str, word: Word, language: Locale, at: i64) -> Self {
        let words = Words::of(language);
        let sentence = words.fill(&format!("tell-{}", word.as_str()), "client", words.say("letter-an-app"));
        Self::saying(app, id, words, &sentence, "/me/inbox", at)
    }

    /// The letter that an address is confirmed with; `path` leads to the page that does it.
    pub(super) fn to_confirm(app: &App, id: &str, language: Locale, path: &str) -> Self {
        let words = Words::of(language);
        Self::saying(app, id, words, &words.say("letter-confirm"), path, app.now().seconds())
    }

    fn saying(app: &App, id: &str, words: Words, sentence: &str, path: &str, at: i64) -> Self {
        let community = &app.config.community;
        let url = app.config.server.issuer.at(path);
        let mut text = format!("{sentence}\n\n{}\n{url}\n", words.say("letter-read-more"));
        if !community.phone.is_empty() {
            text.push_str(&format!("\n{}\n", words.fill("letter-help", "phone", &community.phone)));
        }
        Self {
            id: id.to_owned(),
            language: words.locale().tag(),
            subject: words.fill("letter-subject", "community", &community.name),
            text,
            at,
        }
    }
}
