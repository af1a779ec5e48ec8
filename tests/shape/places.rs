//! Where things may stand: floors, SQL, axum, the clock, the library.

use super::source::Source;

/// Paths that reach above the own floor, and modules that stand on none.
pub fn floors(file: &Source, floors: &[&str]) -> Vec<String> {
    let floor = |module: &str| floors.iter().position(|name| *name == module);
    let Some(own) = file.module() else {
        return Vec::new();
    };
    let Some(own_floor) = floor(own) else {
        return vec![format!("the module {own} stands on no floor: add it to FLOORS")];
    };
    let inside_http = |name: &str| own == "http" && name != "cli";
    let mut breaches: Vec<String> = reached(&file.code, "crate::")
        .into_iter()
        .filter(|used| floor(used).is_some_and(|theirs| theirs > own_floor))
        .map(|used| format!("{own} must not use {used}, a floor above"))
        .collect();
    breaches.extend(
        reached(&file.code, "super::")
            .into_iter()
            .filter(|used| floor(used).is_some_and(|theirs| theirs > own_floor) && !inside_http(used))
            .map(|used| format!("{own} must not use {used}, a floor above (and write crate::{used})")),
    );
    breaches
}

/// The first names of all paths that begin with `prefix`, groups in braces taken apart.
fn reached<'a>(code: &'a str, prefix: &str) -> Vec<&'a str> {
    code.split(prefix)
        .skip(1)
        .flat_map(|after| if after.starts_with('{') { group(after) } else { vec![word(after)] })
        .collect()
}

/// The names at the top level of `{a::b, c::{d, e}}`.
fn group(after: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let mut names = Vec::new();
    for (at, character) in after.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 1 => break,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 1 && matches!(character, '{' | ',') {
            names.push(word(after[at + 1..].trim_start()));
        }
    }
    names
}

/// The identifier at the start of `text`.
pub fn word(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(text.len());
    &text[..end]
}

/// SQL outside `store.rs` and `db.rs`.
pub fn sql(file: &Source) -> Vec<String> {
    let may = file.path.ends_with("/store.rs") || file.path == "src/db.rs" || file.path.contains("/store/");
    if may {
        Vec::new()
    } else {
        found(&file.code, &["sqlx::query", "sqlx::raw_sql", "query_as(", "query_scalar(", "QueryBuilder"])
    }
}

/// axum outside `http/`.
pub fn axum(file: &Source) -> Vec<String> {
    if file.module() == Some("http") {
        Vec::new()
    } else {
        found(&file.code, &["axum::", "axum_core::", "tower_http::"])
    }
}

/// The system's clock outside `clock.rs`.
pub fn system_clock(file: &Source) -> Vec<String> {
    if file.path == "src/clock.rs" {
        return Vec::new();
    }
    found(&file.code, &["SystemTime", "Instant::now", "Zoned::now", "jiff::Timestamp::now", "TimeZone::system"])
}

/// The library, used by an example.
pub fn from_outside(file: &Source) -> Vec<String> {
    found(&file.code, &["latchkey::", "use latchkey as", "extern crate latchkey"])
}

/// One breach for each of the words that stands in `code`.
pub fn found(code: &str, words: &[&str]) -> Vec<String> {
    let hits = |word: &&&str| code.contains(**word);
    words.iter().filter(hits).map(|word| format!("{word} has no place here")).collect()
}

/// Each rule is seen to fail on a breach, and to let pass what is right.
mod seen_to_fail {
    use super::*;

    const FLOORS: &[&str] = &["db", "ledger", "vault", "http"];

    fn of(path: &str, text: &str) -> Source {
        Source::new(path, text)
    }

    #[test]
    fn on_a_use_of_a_floor_above() {
        for text in [
            "use crate::vault::Gate;",
            "use crate::{db::Tx, vault::{Gate, X}};",
            "fn f() { super::super::vault::open() }",
        ] {
            assert_eq!(floors(&of("src/ledger/tree.rs", text), FLOORS).len(), 1, "{text}");
        }
        let fine = "//! See [`crate::vault`].\nuse crate::{db::{Tx, vault}, ledger}; // crate::vault\n";
        assert!(floors(&of("src/ledger/tree.rs", fine), FLOORS).is_empty());
        assert!(
            floors(&of("src/http/mod.rs", "mod vault; use super::vault; use crate::vault::Gate;"), FLOORS).is_empty()
        );
    }

    #[test]
    fn on_a_module_without_a_floor() {
        assert_eq!(floors(&of("src/cellar.rs", ""), FLOORS).len(), 1);
        assert!(floors(&of("src/lib.rs", "pub use crate::vault::Gate;"), FLOORS).is_empty());
    }

    #[test]
    fn on_sql_axum_and_a_clock_in_the_wrong_place() {
        let query = "let rows = sqlx::query(\"SELECT 1\");";
        assert_eq!(sql(&of("src/vault/gate.rs", query)).len(), 1);
        assert!(sql(&of("src/vault/store.rs", query)).is_empty());
        assert_eq!(axum(&of("src/vault/gate.rs", "use axum::Json;")).len(), 1);
        assert!(axum(&of("src/http/vault.rs", "use axum::Json;")).is_empty());
        assert_eq!(system_clock(&of("src/vault/gate.rs", "std::time::SystemTime::now()")).len(), 1);
        assert!(system_clock(&of("src/clock.rs", "std::time::SystemTime::now()")).is_empty());
    }

    #[test]
    fn on_an_example_that_uses_the_library() {
        let example = |text: &str| from_outside(&of("examples/parking/main.rs", text)).len();
        assert_eq!(example("use latchkey::db::Db;"), 1);
        assert_eq!(example("//! Speaks to latchkey::http.\n"), 0);
    }
}
