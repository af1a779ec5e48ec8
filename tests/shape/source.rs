//! The files of the house, and their text with comments and literals blanked out.

use std::fs;
use std::path::Path;

/// One Rust file.
pub struct Source {
    /// Relative to the root of the repository, with `/`.
    pub path: String,
    /// As it stands on disk.
    pub text: String,
    /// The same, line for line, but comments, strings and characters are spaces.
    pub code: String,
}

impl Source {
    /// A file of this path and text.
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), code: code_only(text) }
    }

    /// How many lines it has.
    pub fn lines(&self) -> usize {
        self.text.lines().count()
    }

    /// The first folder or file under `src`: the module whose floor counts. `None` for `lib.rs`, `main.rs`, `bin`
    /// and what lies elsewhere.
    pub fn module(&self) -> Option<&str> {
        let first = self.path.strip_prefix("src/")?.split('/').next()?;
        let name = first.trim_end_matches(".rs");
        (!matches!(name, "lib" | "main" | "bin")).then_some(name)
    }
}

/// Every Rust file under these folders of the repository. A folder that is not there holds none.
pub fn sources(folders: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in folders {
        collect(root, &root.join(folder), &mut found);
    }
    found.sort_by(|one: &Source, other| one.path.cmp(&other.path));
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() && path.file_name().is_none_or(|name| name != "node_modules") {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a source file is readable UTF-8");
            let relative = path.strip_prefix(root).expect("it lies under the root");
            found.push(Source::new(&relative.to_string_lossy().replace('\\', "/"), &text));
        }
    }
}

/// `text` with comments, string and character literals replaced by spaces; line breaks stay.
fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let blank = literal_or_comment(rest, code.chars().next_back());
        if blank == 0 {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (skipped, after) = rest.split_at(blank);
        code.extend(skipped.chars().map(|character| if character == '\n' { '\n' } else { ' ' }));
        rest = after;
    }
    code
}

/// How many bytes at the start of `rest` are a comment or a literal; 0 if it is code.
fn literal_or_comment(rest: &str, before: Option<char>) -> usize {
    let in_word = before.is_some_and(|character| character.is_alphanumeric() || character == '_');
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return rest.find("*/").map_or(rest.len(), |end| end + 2);
    }
    if let Some(inner) = rest.strip_prefix('"') {
        return 1 + quoted(inner, '"');
    }
    if rest.starts_with('r') && !in_word {
        let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
        if rest[1 + hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let body = 2 + hashes;
            return rest[body..].find(&close).map_or(rest.len(), |end| body + end + close.len());
        }
    }
    if let Some(inner) = rest.strip_prefix('\'') {
        // 'a' and '\n' are characters; 'a without a closing quote is a lifetime.
        let mut characters = inner.chars();
        let first = characters.next().unwrap_or_default();
        if first == '\\' || characters.next() == Some('\'') {
            return 1 + quoted(inner, '\'');
        }
    }
    0
}

/// The length of a literal's rest, closing quote included.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[test]
fn comments_and_literals_are_no_code() {
    let read = code_only("a /* x { */ \"{ \\\" {\" '{' '\\'' r#\"{\"{\"# b // {\nfn f<'a>(x: &'a str) {}");
    assert_eq!(read.matches('{').count(), 1, "{read}");
    assert!(read.contains("fn f<'a>(x: &'a str) {}"), "{read}");
    assert_eq!(read.lines().count(), 2);
}
