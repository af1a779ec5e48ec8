//! docs/partners.md is true: its code stands in programs that are run, its manifests can be registered, and every error
//! of the protocol is explained.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

use std::fs::read_to_string;
use std::path::Path;

use latchkey::oauth::Client;

const PAGE: &str = include_str!("../docs/partners.md");

/// A fenced block: its language, the file that the comment above it names, and its lines.
struct Block {
    language: String,
    from: Option<String>,
    lines: Vec<String>,
}

fn blocks() -> Vec<Block> {
    let mut found = Vec::new();
    let (mut open, mut above): (Option<Block>, &str) = (None, "");
    for line in PAGE.lines() {
        match (open.take(), line.strip_prefix("```")) {
            (None, Some(language)) => {
                let from = above.strip_prefix("<!-- from ").and_then(|rest| rest.strip_suffix(" -->"));
                open = Some(Block { language: language.into(), from: from.map(str::to_owned), lines: Vec::new() });
            }
            (None, None) => above = line,
            (Some(block), Some(_)) => found.push(block),
            (Some(mut block), None) => {
                block.lines.push(line.to_owned());
                open = Some(block);
            }
        }
    }
    assert!(open.is_none(), "a block is not closed");
    found
}

#[test]
fn its_code_stands_in_programs_that_are_run() {
    let mut seen = 0;
    for block in blocks() {
        let code = matches!(block.language.as_str(), "js" | "python" | "rust");
        assert!(!code || block.from.is_some(), "code of no file: {:?}", block.lines.first());
        let Some(file) = block.from else { continue };
        let text = read_to_string(&file).unwrap_or_else(|cause| panic!("{file}: {cause}"));
        assert!(text.contains(&block.lines.join("\n")), "{file} has no longer:\n{}", block.lines.join("\n"));
        seen += 1;
    }
    assert!(seen > 8, "{seen} blocks");
}

#[test]
fn its_whole_manifests_can_be_read() {
    let whole = |block: &Block| {
        block.language == "toml" && block.from.is_none() && block.lines.iter().any(|line| line.starts_with("id = "))
    };
    let manifests: Vec<String> = blocks().into_iter().filter(whole).map(|block| block.lines.join("\n")).collect();
    assert!(!manifests.is_empty());
    for manifest in manifests {
        Client::parse(&manifest).unwrap_or_else(|cause| panic!("{cause}\n{manifest}"));
    }
}

#[test]
fn what_it_names_in_the_repository_is_there() {
    let words = PAGE.split(|letter: char| letter.is_whitespace() || "()`[]".contains(letter));
    let paths = words.filter(|word| word.starts_with("examples/") || word.starts_with("../"));
    for path in paths {
        let path = path.trim_start_matches("../").split('#').next().unwrap();
        // Written by the program itself when it is started.
        let made = path == "examples/openid-client/home-care.toml";
        assert!(made || Path::new(path).exists(), "{path} is not there");
    }
}

#[test]
fn every_error_of_the_protocol_is_explained() {
    // The codes are the texts on the right of the arms of `fn code`.
    let refusals = read_to_string("src/oauth/refusal.rs").unwrap();
    let (_, table) = refusals.split_once("fn code(").unwrap();
    let codes: Vec<&str> = table.lines().filter_map(|line| line.split_once("=> \"")?.1.strip_suffix("\",")).collect();
    assert!(codes.len() > 15, "{codes:?}");
    for code in codes {
        assert!(PAGE.contains(&format!("`{code}`")), "{code} is not explained");
    }
    let vault = read_to_string("src/http/vault.rs").unwrap();
    let problems = [
        "scope-too-narrow",
        "client-disabled",
        "consent-required",
        "purpose-withdrawn",
        "access-suspended",
        "ledger-unwitnessed",
        "ledger-unsigned",
    ];
    assert!(problems.iter().all(|problem| vault.contains(&format!("\"{problem}\"")) && PAGE.contains(problem)));
}
