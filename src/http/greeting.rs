//! How the doors call a resident: her masked name, read through the gate like everything else.

use super::error::Trouble;
use crate::app::App;
use crate::ids::{RequestId, ResidentId};
use crate::vault::{self, Refusal};

/// "张*"; the community's name where the record has none.
pub async fn greeting(app: &App, resident: &ResidentId, request: &RequestId) -> Result<String, Trouble> {
    match vault::greeting(app, resident, request.clone()).await {
        Ok(name) => Ok(name.unwrap_or_else(|| app.config.community.name.clone())),
        Err(Refusal::Fault(fault)) => Err(fault.into()),
        Err(_) => Err(Trouble::bad_request("nobody may be greeted")),
    }
}

/// What an authenticator shows beside its passkey: "张* · 锦绣花园".
pub async fn label(app: &App, resident: &ResidentId, request: &RequestId) -> Result<String, Trouble> {
    let community = &app.config.community.name;
    let name = greeting(app, resident, request).await?;
    Ok(if name == *community { name } else { format!("{name} · {community}") })
}
