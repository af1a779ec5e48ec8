//! What things are called, and what may not be left behind.

use super::places::found;
use super::source::Source;

/// Names that say nothing about what is inside.
pub fn vague_name(file: &Source) -> Vec<String> {
    const VAGUE: &[&str] = &["utils", "util", "common", "helpers", "helper", "types", "manager", "service", "misc"];
    let parts = file.path.trim_end_matches(".rs").split('/');
    parts.filter(|part| VAGUE.contains(part)).map(|part| format!("{part} names no room: what is inside?")).collect()
}

/// Words that the glossary replaces by one of its own (resident, client, subject, ledger).
pub fn glossary(file: &Source) -> Vec<String> {
    const NOT: &[&str] = &["account", "citizen", "customer", "tenant", "blockchain"];
    let words = file.code.split(|character: char| !character.is_alphanumeric());
    let mut used: Vec<&str> = words.filter(|word| NOT.contains(&word.to_lowercase().as_str())).collect();
    used.dedup();
    used.into_iter().map(|word| format!("{word} is not a word of the glossary")).collect()
}

/// What says that something is still to be done, and paths of one machine.
pub fn half_done(file: &Source) -> Vec<String> {
    let mut breaches = found(&file.code, &["#[ignore", "todo!(", "unimplemented!(", "dbg!("]);
    let loose = |line: &&str| line.contains(concat!("TO", "DO")) && !line.contains(concat!("TO", "DO(#"));
    breaches.extend(file.text.lines().filter(loose).map(|line| format!("without an issue number: {}", line.trim())));
    let home = |line: &&str| {
        [concat!("/wo", "rk/"), concat!("/ho", "me/"), concat!("/ro", "ot/")].iter().any(|path| line.contains(path))
    };
    breaches.extend(file.text.lines().filter(home).map(|line| format!("a path of one machine: {}", line.trim())));
    breaches
}

/// Each rule is seen to fail on a breach, and to let pass what is right.
mod seen_to_fail {
    use super::*;

    fn of(path: &str, text: &str) -> Source {
        Source::new(path, text)
    }

    #[test]
    fn on_names_and_loose_ends() {
        let later = concat!("TO", "DO");
        let half = |text: &str| half_done(&of("src/a.rs", text)).len();
        assert_eq!(vague_name(&of("src/utils/mod.rs", "")).len(), 1);
        assert_eq!(glossary(&of("src/a.rs", "struct Account; // customer")).len(), 1);
        assert_eq!(half(concat!("#[ign", "ore]\nfn f() { todo!() }")), 2);
        assert_eq!(half(&format!("// {later}: soon")), 1);
        assert_eq!(half(&format!("// {later}(#12): soon")), 0);
        assert_eq!(half(concat!("// /wo", "rk/x")), 1);
    }
}
