//! How long files and functions may be, and that a file says what it is.

use super::places::word;
use super::source::Source;

/// No `//!` in the first line.
pub fn module_doc(file: &Source) -> Vec<String> {
    let first = file.text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    if first.starts_with("//! ") { Vec::new() } else { vec!["begins without //!: say what the file is for".to_owned()] }
}

/// More lines than a file may have.
pub fn file_length(file: &Source, most: usize) -> Vec<String> {
    let lines = file.lines();
    if lines <= most { Vec::new() } else { vec![format!("{lines} lines, more than {most}: two rooms in one")] }
}

/// The middle of these numbers.
pub fn median(mut numbers: Vec<usize>) -> usize {
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

/// Functions with more lines than fit a screen, and tables that need no exception any more.
pub fn function_length(file: &Source, most: usize, tables: &[(&str, &str)]) -> Vec<String> {
    let is_table = |name: &str| tables.contains(&(file.path.as_str(), name));
    let mut breaches = Vec::new();
    let all = functions(&file.code);
    for (name, lines) in &all {
        match (*lines > most, is_table(name)) {
            (true, false) => breaches.push(format!("fn {name} has {lines} lines, more than {most}")),
            (false, true) => breaches.push(format!("fn {name} is short again: take it off TABLES")),
            _ => {}
        }
    }
    let gone = tables.iter().filter(|(path, name)| *path == file.path && !all.iter().any(|(known, _)| known == name));
    breaches.extend(gone.map(|(_, name)| format!("fn {name} is no longer there: take it off TABLES")));
    breaches
}

/// Every function with a body: its name and how many lines it takes, by counting braces.
fn functions(code: &str) -> Vec<(&str, usize)> {
    let starts = code
        .match_indices("fn ")
        .filter(|(at, _)| !code[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_'));
    starts
        .filter_map(|(at, _)| Some((word(&code[at + 3..]), body_lines(&code[at..])?)))
        .filter(|(name, _)| !name.is_empty())
        .collect()
}

/// How many lines from here to the closing brace of the body; `None` when a `;` comes first (no body).
fn body_lines(code: &str) -> Option<usize> {
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    for (at, character) in code.char_indices() {
        match character {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            '{' => braces += 1,
            '}' if braces <= 1 => return Some(code[..=at].lines().count()),
            '}' => braces -= 1,
            ';' if braces == 0 && brackets == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Each rule is seen to fail on a breach, and to let pass what is right.
mod seen_to_fail {
    use super::*;

    fn of(path: &str, text: &str) -> Source {
        Source::new(path, text)
    }

    #[test]
    fn on_size_and_silence() {
        let long = format!("fn table() {{\n{}}}\nfn short() -> [u8; 2] {{ [0; 2] }}\n", "    step();\n".repeat(8));
        let file = of("src/a.rs", &long);
        assert_eq!(function_length(&file, 9, &[]), ["fn table has 10 lines, more than 9"]);
        assert!(function_length(&file, 9, &[("src/a.rs", "table")]).is_empty());
        assert_eq!(function_length(&file, 9, &[("src/a.rs", "table"), ("src/a.rs", "short")]).len(), 1);
        assert_eq!(function_length(&file, 10, &[("src/a.rs", "gone")]).len(), 1);
        assert_eq!((file_length(&file, 10).len(), file_length(&file, 11).len()), (1, 0));
        assert_eq!((median(vec![9, 1, 5]), median(vec![])), (5, 0));
        assert_eq!(
            (module_doc(&of("src/a.rs", "fn f() {}")).len(), module_doc(&of("src/a.rs", "//! A.\n")).len()),
            (1, 0)
        );
    }
}
