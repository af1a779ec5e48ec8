//! The example configuration is complete and true.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::path::Path;

use latchkey::config::{Config, ConfigError};

const EXAMPLE: &str = include_str!("../config.example.toml");

#[test]
fn every_value_of_the_example_is_the_default() {
    assert_eq!(Config::parse(EXAMPLE).unwrap(), Config::default());
    assert_eq!(Config::parse("").unwrap(), Config::default());
    Config::load(Path::new("config.example.toml")).unwrap();
}

#[test]
fn the_example_names_every_setting() {
    // What `Debug` prints of the settings, field by field, must stand in the example as a key or a section.
    let printed = format!("{:#?}", Config::default());
    let fields = printed.lines().filter_map(|line| line.trim().split_once(": ")).map(|(name, _)| name);
    // `issuer` is a value with parts of its own.
    let parts = ["text", "host", "secure"];
    // Members of a map are values, too.
    for field in fields.filter(|field| !parts.contains(field) && !field.starts_with('"')) {
        // What is off by default stands there behind a `#`.
        let shows = |line: &str| line.trim_start_matches("# ").starts_with(&format!("{field} ="));
        let named = EXAMPLE.lines().any(|line| shows(line) || line == format!("[{field}]"));
        assert!(named, "{field} is not in the example");
    }
}

#[test]
fn what_the_example_leaves_off_reads_when_it_is_put_on() {
    let is_setting = |line: &str| line.strip_prefix("# ").is_some_and(|rest| rest.contains(" = "));
    let put_on = |line: &str| if is_setting(line) { line.trim_start_matches("# ").to_owned() } else { line.to_owned() };
    let all: Vec<String> = EXAMPLE.lines().map(put_on).collect();
    let config = Config::parse(&all.join("\n")).unwrap();
    assert!(config.tls.files().is_some() && config.mtls.listener().is_some() && config.mtls.client_ca.is_some());
}

#[test]
fn what_no_setting_reads_is_refused_with_its_line() {
    let error = Config::parse("[server]\nlisten = \"127.0.0.1:1\"\ndisable_audit = true\n").unwrap_err();
    assert!(error.contains("disable_audit") && error.contains('3'), "{error}");
}

#[test]
fn what_cannot_work_is_refused_by_name() {
    for (text, name) in [
        ("[oauth]\ncode_seconds = 61", "oauth.code_seconds"),
        ("[privacy]\nlog_detail_months = 5", "privacy.log_detail_months"),
        ("[cases]\nanswer_days = 31", "cases.answer_days"),
        ("[emergency]\nclaims = [\"document_number\"]", "emergency.claims"),
        ("[reviews]\nresidents_per_hour = 0", "reviews.residents_per_hour"),
        ("[reviews]\nfresh_blocks = 1001", "reviews.fresh_blocks"),
        ("[notices]\nsmtp = \"smtp://mail.example.cn\"", "tls=required"),
        ("[notices]\nsmtp = \"smtps://me:secret@mail.example.cn\"", "smtp_user"),
        ("[notices]\nsmtp = \"smtps://mail.example.cn\"", "notices.mail_from"),
        ("[notices]\nwebhook = \"sms\"", "notices.webhook"),
        ("[community]\ntimezone = \"Mars/Olympus\"", "community.timezone"),
        ("[database]\nurl = \"mysql://x\"", "database.url"),
        ("[tls]\ncertificate = \"c.pem\"", "tls.key"),
        ("[tls]\ncertificate = \"c.pem\"\nkey = \"k.pem\"", "https://"),
        ("[mtls]\nlisten = \"127.0.0.1:1\"", "mtls.base_url"),
        ("[mtls]\nlisten = \"127.0.0.1:1\"\nbase_url = \"https://m.test:1\"", "a certificate and a key"),
        ("[mtls]\nclient_ca = \"ca.pem\"", "mtls.listen"),
    ] {
        let ConfigError::Impossible(sentence) = Config::parse(text).unwrap().check().unwrap_err() else { panic!() };
        assert!(sentence.contains(name), "{sentence}");
    }
    assert!(Config::parse("[server]\nissuer = \"http://id.test\"").unwrap_err().contains("issuer"));
    assert!(Config::parse("[mtls]\nbase_url = \"http://localhost:1\"").unwrap_err().contains("mtls.base_url"));
}
