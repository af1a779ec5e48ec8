//! The console of the service centre, on a morning at the desk.

use askama::Template;
use latchkey::http::pages::desk::*;
use latchkey::people::Role;

use super::sample::{Around, DAY, NOW};

/// What stands around a page of the console.
fn frame(chrome: Around<'_>, place: Place) -> Frame {
    Frame { chrome: chrome(None), name: "王敏".into(), role: Some(Role::Staff), place: Some(place) }
}

fn outside(chrome: Around<'_>) -> Frame {
    Frame { chrome: chrome(None), name: String::new(), role: None, place: None }
}

/// Every page of the console, by name.
pub fn pages(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let sign_in = |ended| ConsoleSignInPage {
        frame: outside(chrome),
        ended,
        begin: "/desk/sign-in/begin".into(),
        finish: "/desk/sign-in/finish?next=%2Fdesk".into(),
    };
    let invitation = |role| ConsoleInvitationPage {
        frame: outside(chrome),
        name: "王敏".into(),
        role,
        until: NOW + 7 * DAY,
        begin: "/desk/invitation/hXo3…/begin".into(),
        finish: "/desk/invitation/hXo3…/finish".into(),
    };
    vec![
        ("desk-sign-in", sign_in(false).render().unwrap()),
        ("desk-sign-in-ended", sign_in(true).render().unwrap()),
        ("desk-invitation", invitation(Role::Staff).render().unwrap()),
        ("desk-invitation-auditor", invitation(Role::Auditor).render().unwrap()),
        ("desk-home", ConsoleHomePage { frame: frame(chrome, Place::Home) }.render().unwrap()),
    ]
}
