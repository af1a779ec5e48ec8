//! `Accept-Language` and every other word on the language of a page: some language always comes out.
#![no_main]

use latchkey::text::{Preferences, accept_language};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let heard = accept_language(text);
    let page = Preferences { accept_language: Some(text), ..Preferences::default() }.locale();
    assert_eq!(page, heard.unwrap_or_default());
    let _ = Preferences { ui_locales: Some(text), resident: Some(text), cookie: Some(text), ..Preferences::default() }
        .locale();
});
