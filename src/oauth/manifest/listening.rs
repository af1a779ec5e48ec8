//! What a client listens to: `post_logout_redirect_uris`, `backchannel_logout_uri`,
//! `backchannel_logout_session_required`, and `events`, which is the address they are posted to, or `"poll"`.

use url::Url;

use super::{Members, NotAClient};
use crate::oauth::client::Client;
use crate::oauth::listening::{Delivery, Listening};
use crate::oauth::redirect::{self, Application};

/// Most addresses to go to after signing out.
const MOST: usize = 16;

/// Takes the members.
///
/// # Errors
/// `invalid_client_metadata` with the member that is wrong.
pub fn listening(members: &mut Members) -> Result<Listening, NotAClient> {
    let backchannel_logout = endpoint(members.take("backchannel_logout_uri")?, "backchannel_logout_uri")?;
    // Every logout token names both the session and the resident: whoever requires the session is served.
    let required: Option<bool> = members.take("backchannel_logout_session_required")?;
    if required.is_some() && backchannel_logout.is_none() {
        return Err(NotAClient::metadata("backchannel_logout_session_required: without backchannel_logout_uri"));
    }
    let events: Option<String> = members.take("events")?;
    Ok(Listening {
        post_logout_redirect_uris: members.take("post_logout_redirect_uris")?.unwrap_or_default(),
        backchannel_logout,
        events: match events.as_deref() {
            Some("poll") => Some(Delivery::Poll),
            _ => endpoint(events, "events")?.map(Delivery::Push),
        },
    })
}

/// An address that the service posts to: `https`, or `http` on this very machine, which only a service reaches whose
/// operator allowed it.
fn endpoint(uri: Option<String>, member: &'static str) -> Result<Option<Url>, NotAClient> {
    let Some(uri) = uri else { return Ok(None) };
    let why = |why: &str| NotAClient::metadata(format!("{member}: {why}"));
    redirect::check(&uri, Application::Web, true).map_err(why)?;
    Url::parse(&uri).map(Some).map_err(|_| why("not a URL"))
}

/// Whether it may listen so.
///
/// # Errors
/// `invalid_redirect_uri` with the first address that may not be registered, `invalid_client_metadata` otherwise.
pub fn check(client: &Client, loopback_issuer: bool) -> Result<(), NotAClient> {
    let listening = &client.listening;
    if listening.post_logout_redirect_uris.len() > MOST {
        return Err(NotAClient::metadata("post_logout_redirect_uris: at most 16"));
    }
    for uri in &listening.post_logout_redirect_uris {
        redirect::check(uri, client.application, loopback_issuer)
            .map_err(|why| NotAClient { code: "invalid_redirect_uri", sentence: format!("{uri}: {why}") })?;
    }
    if listening.events == Some(Delivery::Poll) && client.is_public() {
        return Err(NotAClient::metadata("events: only a client that authenticates may fetch them"));
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::claims::Catalogue;
    use crate::oauth::manifest::tests::{NATIVE, PARTNER};

    fn with(manifest: &str, lines: &str) -> Result<Client, NotAClient> {
        let client = Client::parse(&manifest.replacen("kind =", &format!("{lines}\nkind ="), 1))?;
        client.check(&Catalogue::built_in().unwrap(), false)?;
        Ok(client)
    }

    #[test]
    fn a_client_says_where_it_listens() {
        let lines = "post_logout_redirect_uris = [\"https://a.test/bye\"]\nevents = \"https://a.test/events\"\n\
                     backchannel_logout_uri = \"https://a.test/out\"\nbackchannel_logout_session_required = true";
        let listening = with(PARTNER, lines).unwrap().listening;
        assert_eq!(listening.post_logout_redirect_uris, ["https://a.test/bye"]);
        assert_eq!(listening.backchannel_logout.unwrap().as_str(), "https://a.test/out");
        assert_eq!(listening.events, Some(Delivery::Push(Url::parse("https://a.test/events").unwrap())));
        assert_eq!(with(PARTNER, "events = \"poll\"").unwrap().listening.events, Some(Delivery::Poll));
        assert_eq!(with(PARTNER, "").unwrap().listening, Listening::default());
    }

    #[test]
    fn v04_where_it_may_not_listen() {
        for uri in
            ["JaVaScRiPt:alert(1)", "DATA:text/html,x", "vbscript:x", "https://a.test/bye#f", "http://a.test/bye"]
        {
            let refused = with(PARTNER, &format!("post_logout_redirect_uris = [\"{uri}\"]")).unwrap_err();
            assert_eq!(refused.code, "invalid_redirect_uri", "{uri}");
            for member in ["events", "backchannel_logout_uri"] {
                let refused = with(PARTNER, &format!("{member} = \"{uri}\"")).unwrap_err();
                assert_eq!(refused.code, "invalid_client_metadata", "{member} {uri}");
            }
        }
        for lines in ["events = true", "backchannel_logout_session_required = true", "events = \"https://a@a.test/e\""]
        {
            assert_eq!(with(PARTNER, lines).unwrap_err().code, "invalid_client_metadata", "{lines}");
        }
        assert!(with(NATIVE, "events = \"poll\"").is_err(), "nobody knows who it is");
    }
}
