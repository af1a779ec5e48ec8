//! `authorization_details`: what is taken asks for claims of one purpose, the required ones always among them.
#![no_main]

use std::sync::LazyLock;

use latchkey::claims::Catalogue;
use latchkey::oauth::Client;
use latchkey::oauth::rar::Details;
use libfuzzer_sys::fuzz_target;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::built_in().expect("it is checked by a test"));
static CLIENT: LazyLock<Client> =
    LazyLock::new(|| Client::parse(include_str!("../corpus/client_manifest/partner")).expect("the seed is a client"));

fuzz_target!(|text: &str| {
    let Ok(details) = Details::parse(text, &CLIENT, &CATALOGUE) else { return };
    let purpose = CATALOGUE.purpose(&details.purpose).expect("a purpose of the catalogue");
    assert!(CLIENT.purposes.contains(&details.purpose), "a purpose of the client");
    assert!(details.claims.iter().all(|claim| purpose.knows(claim)), "claims of the purpose alone");
    let missing =
        purpose.all_claims().find(|claim| purpose.requires(claim) && !details.claims.iter().any(|c| c == claim));
    assert_eq!(missing, None, "a required claim is always asked");
});
