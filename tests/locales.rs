//! Words for people: both languages say everything, nothing is missing, nothing is left over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use latchkey::http::pages::ErrorPage;
use latchkey::text::{Locale, Words};

/// Keys that are put together from a code: `claim-` + `plate_masked`.
const FAMILIES: &[&str] = &[
    "check-found-",
    "about-",
    "claim-",
    "law-",
    "basis-",
    "fact-",
    "value-",
    "field-",
    "purpose-",
    "reason-",
    "party-",
    "error-",
    "time-month-",
    "time-weekday-",
    "tell-",
    "mandate-kind-",
    "mandate-for-",
    "mandate-relation-",
    "mandate-right-",
    "mandate-right-note-",
    "mandate-standing-",
    "guardians-paper-",
    "case-kind-",
    "case-about-",
    "case-step-",
    "case-outcome-",
    "book-case_",
    "book-emergency_",
    "emergency-reason-",
    "emergency-state-",
    "correct-hint-",
    "book-by-",
    "filter-sort-",
    "console-case-",
    "sealing-evidence-",
    "relative-was-",
    "relative-asks-",
    "review-kind-",
    "review-role-",
    "review-why-",
    "review-outcome-",
    "chart-",
    "anomaly-",
    "name-state-",
];

/// Key → the variables it uses.
type Messages = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_language_has_every_key_with_the_same_variables() {
    let source = messages("zh-Hans");
    for locale in Locale::ALL {
        let other = messages(locale.tag());
        let missing: Vec<_> = source.keys().filter(|key| !other.contains_key(*key)).collect();
        let extra: Vec<_> = other.keys().filter(|key| !source.contains_key(*key)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{locale:?} lacks {missing:?}, has in addition {extra:?}");
        for (key, variables) in &source {
            assert_eq!(variables, &other[key], "variables of {key} in {locale:?}");
        }
    }
}

#[test]
fn every_key_that_is_used_exists() {
    let known = messages("zh-Hans");
    for (file, text) in sources() {
        for call in ["say(\"", "fill(\"", "fill2(\"", "fill_all(\""] {
            for used in text.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(known.contains_key(used), "{} uses {used:?}, which no language has", file.display());
            }
        }
    }
}

#[test]
fn no_key_is_left_over() {
    let text: String = sources().into_iter().map(|(_, text)| text).collect();
    let literals: BTreeSet<&str> = text.split('"').collect();
    let in_family = |key: &str| FAMILIES.iter().any(|family| key.starts_with(family));
    let unused: Vec<_> =
        messages("zh-Hans").into_keys().filter(|key| !in_family(key) && !literals.contains(key.as_str())).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

#[test]
fn what_is_said_of_another_is_said_of_the_reader_too() {
    let known = messages("zh-Hans");
    let others: Vec<_> = known.keys().filter_map(|key| key.strip_prefix("about-")).collect();
    assert!(others.len() > 30);
    for key in others {
        assert!(known.contains_key(key), "about-{key} stands for no sentence");
        assert_eq!(known.get(key), known.get(&format!("about-{key}")), "about-{key} takes other variables");
    }
}

#[test]
fn every_error_has_its_three_sentences() {
    let known = messages("zh-Hans");
    for code in ErrorPage::CODES {
        for key in [format!("error-{code}"), format!("error-{code}-say"), format!("error-{code}-do")] {
            assert!(known.contains_key(&key), "{key}");
        }
    }
    let sentences = known.keys().filter(|key| key.starts_with("error-") && key.ends_with("-say")).count();
    assert_eq!(sentences, ErrorPage::CODES.len(), "an error has words but no code");
}

#[test]
fn every_claim_and_purpose_of_the_catalogue_has_a_name() {
    for locale in Locale::ALL {
        let words = Words::of(locale);
        for claim in catalogue("claims") {
            assert_ne!(words.claim(&claim), claim, "claim {claim} in {locale:?}");
        }
        for purpose in catalogue("purposes") {
            assert_ne!(words.purpose(&purpose), purpose, "purpose {purpose} in {locale:?}");
            assert!(!words.purpose_why(&purpose).is_empty(), "why {purpose} in {locale:?}");
        }
    }
}

/// Characters of a notice before "details": in Chinese as the founding papers say (purposes 6.4), in English twice as
/// many, because one Chinese character says what about two letters and more say in English.
const MOST: [(Locale, usize); 2] = [(Locale::ZhHans, 150), (Locale::En, 300)];

#[test]
fn a_notice_of_every_purpose_is_read_in_one_breath() {
    let catalogue = latchkey::claims::Catalogue::built_in().unwrap();
    let mut seen = 0;
    for (locale, most) in MOST {
        let words = Words::of(locale);
        // A client's name of usual length, and the longest date.
        let (client, date) = match locale {
            Locale::ZhHans => ("合肥幸福助餐服务中心", "2027年12月22日"),
            Locale::En => ("Hefei Wellbeing Meals", "22 December 2027"),
        };
        for purpose in catalogue.purposes() {
            let required: Vec<String> = purpose.required.iter().map(|claim| words.claim(claim)).collect();
            let first = match required.is_empty() {
                true => words.fill("consent-notice-sign-in", "client", client),
                false => words.fill2(
                    "consent-notice-sees",
                    "client",
                    client,
                    "claims",
                    required.join(&words.say("list-and")),
                ),
            };
            let more = purpose.optional.len() + purpose.separate.len();
            let mut parts = vec![first, words.purpose_why(purpose.code())];
            parts.extend((more > 0).then(|| words.fill("consent-notice-more", "count", more)));
            parts.push(words.fill("consent-until-note", "date", date));
            parts.push(words.fill("consent-notice-no", "instead", words.purpose_instead(purpose.code())));
            let notice = parts.join(&words.say("list-space"));
            let length = notice.chars().count();
            assert!(length <= most, "{} in {locale:?} has {length} characters: {notice}", purpose.code());
            let longest = notice.split(['。', '.']).map(|sentence| sentence.chars().count()).max().unwrap_or(0);
            assert!(
                longest * 2 <= most,
                "a sentence of {longest} characters, {} in {locale:?}: {notice}",
                purpose.code()
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 2 * catalogue.purposes().count());
}

#[test]
fn every_message_of_the_inbox_has_its_sentence() {
    let known = messages("zh-Hans");
    for word in latchkey::inbox::Word::ALL {
        assert!(known.contains_key(&format!("tell-{}", word.as_str())), "{word:?}");
    }
    let sentences = known.keys().filter(|key| key.starts_with("tell-")).count();
    assert_eq!(sentences, latchkey::inbox::Word::ALL.len(), "a sentence for no message");
}

#[test]
fn chinese_is_typeset_as_chinese() {
    for line in fs::read_to_string("locales/zh-Hans.ftl").unwrap().lines().filter(|line| !line.starts_with('#')) {
        let Some((key, text)) = line.split_once(" = ") else { continue };
        let text: String = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
        assert!(!text.contains([',', '?', '!', ';', '(', ')']), "half-width punctuation in {key}: {text}");
        assert!(!text.contains('你'), "{key} says 你 instead of 您");
        let chars: Vec<char> = text.chars().collect();
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for pair in chars.windows(2).filter(|_| !key.starts_with("time-")) {
            let touching = han(pair[0]) && pair[1].is_ascii_digit() || pair[0].is_ascii_digit() && han(pair[1]);
            assert!(!touching, "no space between Han and digits in {key}: {text}");
        }
    }
}

fn messages(locale: &str) -> Messages {
    let source = fs::read_to_string(format!("locales/{locale}.ftl")).unwrap();
    if let Err((_, errors)) = FluentResource::try_new(source.clone()) {
        panic!("{locale}.ftl does not parse: {errors:?}");
    }
    let mut found = Messages::new();
    let mut current = None;
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let key = line.split_once(" =").map(|(key, _)| key).filter(|key| !key.starts_with(' '));
        if let Some(key) = key {
            assert!(!found.contains_key(key), "{locale}.ftl has {key} twice");
            current = Some(key.to_owned());
        }
        if let Some(key) = &current {
            found.entry(key.clone()).or_default().extend(variables(line));
        }
    }
    found
}

fn variables(line: &str) -> impl Iterator<Item = String> {
    let names = line.split("{ $").skip(1).filter_map(|rest| rest.split([' ', '}']).next());
    names.map(str::to_owned)
}

/// The codes of the rows of a catalogue file.
fn catalogue(file: &str) -> Vec<String> {
    let text = fs::read_to_string(format!("catalogue/{file}.toml")).unwrap();
    text.parse::<toml::Table>().unwrap().keys().cloned().collect()
}

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["src", "templates"] {
        gather(Path::new(folder), &mut found);
    }
    found
}

fn gather(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "html") {
            found.push((path.clone(), fs::read_to_string(&path).unwrap()));
        }
    }
}
