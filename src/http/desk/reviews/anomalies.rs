//! `/desk/reviews/anomalies`: what is not as usual, in words, each with its numbers and the search that shows the entries.

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use super::names::Names;
use crate::app::App;
use crate::http::error::PageError;
use crate::http::extract::Auditor;
use crate::http::layers::detached;
use crate::http::pages::desk::{AnomaliesPage, AnomalyCard, Place, altered};
use crate::ledger::Kind;
use crate::reviews::anomaly::{Anomaly, What, anomalies};
use crate::reviews::filter::Moment;
use crate::reviews::{self, Filter, Survey};
use crate::text::{Calendar, Words};

/// `GET /desk/reviews/anomalies`
pub async fn page(State(app): State<App>, who: Auditor) -> Result<Html<String>, PageError> {
    let (app_, who_) = (app.clone(), who.clone());
    let verb = async move { reviews::survey(&app_, &who_.session, Survey::Anomalies, &who_.request).await };
    let counted = detached(verb).await?;
    let names = Names::read(&app, &who).await?;
    let zone = app.config.zone();
    let agreed = reviews::agreed(&app).await?;
    let found = anomalies(&counted, &agreed, &app.config.reviews, &zone, who.now.seconds());
    let frame = who.frame_at(Some(Place::Anomalies), "/desk/reviews/anomalies".to_owned())?;
    let card = |one: &Anomaly| AnomalyCard {
        word: one.what.word(),
        says: says(one, &names, who.words, &frame.chrome.calendar),
        search: format!("/desk/reviews?{}", search(one, &zone).query()),
    };
    let cards = found.iter().map(card).collect();
    let altered = altered(&who.words, &counted.tally.altered);
    Ok(Html(AnomaliesPage { cards, only_since: counted.only_since, altered, frame }.render()?))
}

/// The sentence, with its numbers.
fn says(one: &Anomaly, names: &Names, words: Words, calendar: &Calendar) -> String {
    let app = names.of(&one.app);
    let day = calendar.day(one.since);
    match &one.what {
        What::Night { reads, days, nights } => words.fill_all(
            "anomaly-night",
            &[("app", &app), ("day", &day), ("count", reads), ("days", days), ("nights", nights)],
        ),
        What::FarAbove { reads, median } => {
            words.fill_all("anomaly-far-above", &[("app", &app), ("day", &day), ("count", reads), ("median", median)])
        }
        What::ManyResidents { purpose, residents, need } => {
            let (moment, purpose) = (calendar.moment(one.since), words.purpose(purpose));
            let filled: [(&'static str, &dyn crate::text::Fill); 5] =
                [("app", &app), ("moment", &moment), ("count", residents), ("purpose", &purpose), ("need", need)];
            words.fill_all("anomaly-many-residents", &filled)
        }
        What::NeverRead { purpose, claims, reads } => {
            let claims = claims.iter().map(|claim| words.claim(claim)).collect::<Vec<_>>().join(" · ");
            let purpose = words.purpose(purpose);
            let filled: [(&'static str, &dyn crate::text::Fill); 4] =
                [("app", &app), ("purpose", &purpose), ("claims", &claims), ("count", reads)];
            words.fill_all("anomaly-never-read", &filled)
        }
        What::InARow { count } => {
            let moment = calendar.moment(one.since);
            words.fill_all("anomaly-in-a-row", &[("app", &app), ("moment", &moment), ("count", count)])
        }
    }
}

/// The search that shows the entries.
fn search(one: &Anomaly, zone: &jiff::tz::TimeZone) -> Filter {
    let (kind, purpose) = match &one.what {
        What::InARow { .. } => (Kind::Refusal, None),
        What::ManyResidents { purpose, .. } | What::NeverRead { purpose, .. } => {
            (Kind::Disclosure, Some(purpose.clone()))
        }
        What::Night { .. } | What::FarAbove { .. } => (Kind::Disclosure, None),
    };
    let moment = |at: i64| Some(Moment::at(at, zone));
    // To the minute: what happened in the last one is in it.
    let until = one.until + (60 - one.until.rem_euclid(60)) % 60;
    Filter {
        app: Some(one.app.clone()),
        kind: Some(kind),
        purpose: purpose.filter(|code| !code.is_empty()),
        since: moment(one.since),
        until: moment(until),
        ..Filter::default()
    }
}
