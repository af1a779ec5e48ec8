//! Charts, and what is not as usual: entered like a search, then counted.

use super::count::{Counted, count};
use super::search::enter;
use super::{Refusal, anomaly};
use crate::app::App;
use crate::ids::RequestId;
use crate::people::Session;

/// What somebody wants an overview of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Survey {
    /// Charts of so many days back from today, today included.
    Charts(u8),
    /// What is not as usual.
    Anomalies,
}

/// Counts what an overview needs, once it stands in the ledger who wanted it.
///
/// # Errors
/// `NotAnAuditor`.
pub async fn survey(app: &App, session: &Session, survey: Survey, request: &RequestId) -> Result<Counted, Refusal> {
    let (reason, days) = match survey {
        Survey::Charts(days) => ("review_charts", i64::from(days)),
        Survey::Anomalies => ("review_anomalies", anomaly::SHOWN + anomaly::USUAL),
    };
    let end = enter(app, session, reason, vec![("days", days.to_string())], request).await?;
    let since = (app.now().seconds() - (days + 1) * 86_400).div_euclid(3_600);
    Ok(count(app, end, u32::try_from(since).unwrap_or_default()).await?)
}
