//! A case as its client is shown it.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Case, Refusal, body, store};
use crate::app::App;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::CaseId;
use crate::oauth::Client;
use crate::resident;

/// What a client is told of a case about it: of whom by its own name for her, of which access, and by when to answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Case)]
pub struct ForClient {
    /// The case.
    case_id: String,
    /// `objection` or `explanation`.
    kind: &'static str,
    /// `with_client` as long as your answer is waited for; then `answered`, `with_staff`, `closed` or `taken_back`.
    state: &'static str,
    /// What you call the resident; missing when she is not known to you any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    sub: Option<String>,
    /// When it was opened, Unix seconds.
    opened_at: i64,
    /// The last second in which an answer is in time.
    due_at: i64,
    /// Whether there was no answer by then.
    overdue: bool,
    /// Where the access stands in the ledger (`Ledger-Position` of that read).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    ledger_position: Option<u64>,
    /// When the access was, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    read_at: Option<i64>,
    /// The consent it rested on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    consent_id: Option<String>,
    /// The purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    purpose: Option<String>,
    /// The names of the claims.
    claims: Vec<String>,
    /// The resident's own words, where she wants you to read them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    words: Option<String>,
    /// When it was answered, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    answered_at: Option<i64>,
}

/// The cases that wait for a client.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cases)]
pub struct Listed {
    /// The one that is due first, first; at most a hundred.
    cases: Vec<ForClient>,
}

/// The most cases in one list.
const MOST: i64 = 100;

/// The cases that wait for this client.
///
/// # Errors
/// When the database fails.
pub async fn of_client(app: &App, client: &Client) -> Result<Listed, Fault> {
    let mut cases = Vec::new();
    let mut tx = app.db.read().await?;
    let waiting = store::waiting_for(&mut tx, &client.id, MOST).await?;
    for case in &waiting {
        cases.push(show(&mut tx, app, client, case).await?);
    }
    Ok(Listed { cases })
}

/// One case about this client, however it stands.
///
/// # Errors
/// `Unknown` for the cases of others, and of whoever is erased.
pub async fn for_client(app: &App, client: &Client, id: &CaseId) -> Result<ForClient, Refusal> {
    let mut tx = app.db.read().await?;
    let case = store::find(&mut tx, id).await?;
    let case = case.filter(|case| case.client.as_ref() == Some(&client.id) && case.is_for_clients());
    Ok(show(&mut tx, app, client, &case.ok_or(Refusal::Unknown)?).await?)
}

async fn show(tx: &mut Tx, app: &App, client: &Client, case: &Case) -> Result<ForClient, Fault> {
    let steps = body::history(tx, app, case).await?;
    let opened = steps.first();
    let words = opened.filter(|step| step.shared && !step.words.is_empty()).map(|step| step.words.clone());
    Ok(ForClient {
        case_id: case.id.to_string(),
        kind: case.kind.as_str(),
        state: case.state.as_str(),
        sub: resident::known_subject(tx, &case.resident, &client.sector).await?,
        opened_at: case.opened_at,
        due_at: case.due_at,
        overdue: case.overdue_at.is_some() || case.is_overdue(app.now().seconds()),
        ledger_position: case.entry,
        read_at: opened.and_then(|step| step.read_at),
        consent_id: case.consent.as_ref().map(ToString::to_string),
        purpose: case.purpose.clone(),
        claims: case.claims.clone(),
        words,
        answered_at: case.answered_at,
    })
}
