//! For whom a question of an app is answered: whoever holds a mandate to decide may choose it on the page, and from
//! then on the question is asked, and answered, as that resident's, by the hand of the delegate.

use super::signed_in::Acting;
use crate::app::App;
use crate::http::pages::ForWhom;
use crate::ids::{AuthorizationId, RequestId};
use crate::mandate;
use crate::resident::Session;
use crate::vault::{self, Refusal};

/// What a visit to a question knows besides who is there.
#[derive(Debug, Default)]
pub struct OnBehalf {
    /// For whom it is answered, if for somebody else.
    pub acting: Option<Acting>,
    /// The session as the question takes it.
    pub session: Option<Session>,
    /// For whom it could be answered.
    pub for_whom: Option<ForWhom>,
}

/// The question of an address, if it is one.
pub fn question(path: &str) -> Option<AuthorizationId> {
    let id = path.strip_prefix("/consent/")?.split('/').next()?;
    AuthorizationId::parse(id).ok()
}

/// Looks up for whom somebody answers a question. A mandate that has ended meanwhile makes it her own again; an answer
/// to the page as it was before then answers nothing, for what the page said is sealed with whose it was.
///
/// # Errors
/// When the gate cannot enter that the names were seen.
pub async fn on_behalf(
    app: &App, session: Session, question: &AuthorizationId, shows: bool, request: &RequestId,
) -> Result<OnBehalf, Refusal> {
    let now = app.now();
    let mut tx = app.db.read().await?;
    let may = mandate::may_answer_for(&mut tx, &session.resident, now).await?;
    let chosen = mandate::answered_for(&mut tx, &session.resident, question, now).await?;
    drop(tx);
    let mut acting = None;
    let mut others = Vec::new();
    for one in may {
        let is_chosen = chosen.as_ref().is_some_and(|chosen| chosen.id == one.id);
        if !is_chosen && !shows {
            continue;
        }
        let name = vault::name(app, &one.principal, &one.by(), request.clone()).await?;
        let name = name.unwrap_or_else(|| app.config.community.name.clone());
        others.push((one.id.to_string(), name.clone(), is_chosen));
        if is_chosen {
            acting = Some(Acting::new(one, name));
        }
    }
    let for_whom =
        (shows && !others.is_empty()).then(|| ForWhom { action: format!("/consent/{question}/for"), others });
    let session = match &acting {
        Some(acting) => session.acting_for(&acting.mandate().principal, acting.mandate().by()),
        None => session,
    };
    Ok(OnBehalf { acting, session: Some(session), for_whom })
}
