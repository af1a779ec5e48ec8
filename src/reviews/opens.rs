//! Pages of auditors that are no search: that they were opened is entered before they are shown.

use super::Refusal;
use super::search::enter;
use crate::app::App;
use crate::ids::{EmergencyId, RequestId};
use crate::people::Session;

/// What an auditor opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opens {
    /// The list of emergencies.
    Emergencies,
    /// One emergency: what was written there is shown to whoever reviews it.
    Emergency(EmergencyId),
    /// The list of names that were asked for, with the reasons.
    Names,
    /// The list of case files, with their titles.
    Dossiers,
}

/// Enters it.
///
/// # Errors
/// `NotAnAuditor`.
pub async fn opens(app: &App, session: &Session, what: &Opens, request: &RequestId) -> Result<(), Refusal> {
    let (reason, notes) = match what {
        Opens::Emergencies => ("emergencies_listed", Vec::new()),
        Opens::Emergency(id) => ("emergency_seen", vec![("emergency", id.to_string())]),
        Opens::Names => ("names_listed", Vec::new()),
        Opens::Dossiers => ("dossiers_listed", Vec::new()),
    };
    enter(app, session, reason, notes, request).await?;
    Ok(())
}
