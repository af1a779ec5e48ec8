//! Redirect URIs: what matches a registration is equal to it, or differs in a loopback port alone; and an answer
//! never goes to another host than the registration's.
#![no_main]

use latchkey::oauth::redirect::{Application, RegisteredRedirect, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Some((registered, asked)) = text.split_once('\n') else { return };
    for application in [Application::Web, Application::Native] {
        if check(registered, application, false).is_err() {
            continue;
        }
        let uris = [registered.to_owned()];
        let Some(found) = RegisteredRedirect::find(&uris, application, asked) else { continue };
        assert!(asked == registered || is_loopback(registered) && is_loopback(asked), "{asked} for {registered}");
        assert!(found.with(&[("code", "x y&z=1")]).starts_with(asked), "the answer goes where it was asked to");
    }
});

fn is_loopback(uri: &str) -> bool {
    let rest = uri.strip_prefix("http://127.0.0.1").or(uri.strip_prefix("http://[::1]"));
    let authority = rest.and_then(|rest| rest.split('/').next()).unwrap_or("@");
    let port = authority.strip_prefix(':').unwrap_or("1");
    (authority.is_empty() || authority.starts_with(':')) && port.parse::<u16>().is_ok()
}
