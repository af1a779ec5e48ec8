//! The command itself, as the operator runs it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use super::data;

/// `latchkey` with these arguments in a folder, with no settings but the defaults.
fn latchkey(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latchkey"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("LATCHKEY_CONFIG")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

fn messy() -> String {
    data("roster-messy.xlsx").display().to_string()
}

#[test]
fn a_dry_run_needs_no_installation_and_leaves_none() {
    let folder = tempfile::tempdir().unwrap();
    let done = latchkey(folder.path(), &["residents", "import", &messy(), "--dry-run", "--report", "report.csv"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let report = std::fs::read(folder.path().join("report.csv")).unwrap();
    assert_eq!(report, std::fs::read(data("roster-messy.expected.csv")).unwrap());
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["report.csv"]);
}

#[test]
fn rejections_are_told_by_line_in_words_and_without_numbers_or_phones() {
    let folder = tempfile::tempdir().unwrap();
    let done = latchkey(folder.path(), &["residents", "import", &messy(), "--dry-run"]);
    let said = text(&done.stdout) + &text(&done.stderr);
    assert!(said.contains("第 18 行（第 16 条）"), "{said}");
    assert!(said.contains("line 18 (record 16)") && said.contains("校验位"), "{said}");
    assert!(said.contains("共 52 条：可以录入 37 条，未录入 15 条。"), "{said}");
    // Nothing in it is as long as a number or a phone, and nobody is named.
    let longest = said.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap();
    assert!(longest < 5, "{said}");
    let names = ["夏侯建", "卢霞", "梁杰超", "E12345678"];
    assert!(names.iter().all(|name| !said.contains(name)), "{said}");
}

#[test]
fn a_file_that_is_no_roster_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    for (bytes, sentence) in [("你好\n", "找不到表头"), ("", "文件是空的"), ("a\0b\0", "UTF-16")] {
        std::fs::write(folder.path().join("file.csv"), bytes).unwrap();
        let done = latchkey(folder.path(), &["residents", "import", "file.csv"]);
        assert_eq!(done.status.code(), Some(2));
        assert!(text(&done.stderr).contains(sentence), "{}", text(&done.stderr));
    }
    assert!(!folder.path().join("keys").exists(), "a refused file makes no installation");
}

#[test]
fn slips_are_for_their_owner_alone_and_hold_link_and_code() {
    let folder = tempfile::tempdir().unwrap();
    let done = latchkey(folder.path(), &["residents", "import", &messy(), "--slips", "slips"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let slips = folder.path().join("slips");
    assert_eq!(mode(&slips), 0o700);
    for file in std::fs::read_dir(&slips).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
    let slip = std::fs::read_to_string(slips.join("00001.html")).unwrap();
    for part in [
        "夏侯建",
        "1栋 2单元 1803",
        "锦绣花园",
        "http://localhost:8080/invitation/",
        "<svg",
        "只能用一次",
        "Works once",
    ] {
        assert!(slip.contains(part), "{part}");
    }
    assert!(!slip.contains("⟦") && !slip.contains("340100197801105714") && !slip.contains("15309318561"));

    // The same links again, into another folder; not among the old ones.
    let refused = latchkey(folder.path(), &["invitations", "print", "--out", "slips"]);
    assert!(!refused.status.success() && text(&refused.stderr).contains("空文件夹"));
    let done = latchkey(folder.path(), &["invitations", "print", "--out", "again"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let link = |page: &str| page.split("/invitation/").nth(1).unwrap()[..43].to_owned();
    let again = std::fs::read_to_string(folder.path().join("again/all.html")).unwrap();
    assert!(again.contains(&link(&slip)));
    assert_eq!(again.matches("class=\"slip\"").count(), std::fs::read_dir(&slips).unwrap().count() - 2);

    let done = latchkey(folder.path(), &["invitations", "renew", "--all", "--out", "new"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(!std::fs::read_to_string(folder.path().join("new/all.html")).unwrap().contains(&link(&slip)));
}
