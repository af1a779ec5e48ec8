//! A client's manifest: what passes has redirect URIs that are safe and that match themselves.
#![no_main]

use std::sync::LazyLock;

use latchkey::claims::Catalogue;
use latchkey::oauth::Client;
use libfuzzer_sys::fuzz_target;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::built_in().expect("it is checked by a test"));

fuzz_target!(|text: &str| {
    let Ok(client) = Client::parse(text) else { return };
    if client.check(&CATALOGUE, false).is_err() {
        return;
    }
    if let Some(resource) = &client.resource {
        assert!(resource.uri.starts_with("https://") && !resource.uri.contains(['#', '?']), "{}", resource.uri);
        assert!(
            client.grant_types.is_empty() && !client.is_public(),
            "a resource server asks nobody, and proves itself"
        );
    }
    for uri in client.redirect_uris() {
        let lower = uri.to_lowercase();
        assert!(!["javascript:", "data:", "vbscript:"].iter().any(|scheme| lower.starts_with(scheme)), "{uri}");
        assert_eq!(client.redirect(uri).expect("a registered URI matches itself").as_str(), uri);
    }
});
