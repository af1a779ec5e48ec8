//! A roster comes in: once each, sealed, entered, and with an invitation where there may be one.

use std::collections::{BTreeMap, HashSet};

use latchkey::ledger::verify::Finding;
use latchkey::roster::{self, Outcome, Roster};
use latchkey::vault;

use crate::roster_gen;
use crate::town::Town;

fn file(name: &str) -> Roster {
    let path: std::path::PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "data", name].iter().collect();
    roster::open(&path).unwrap()
}

fn csv(text: &str) -> Roster {
    roster::read(text.as_bytes()).unwrap()
}

async fn import(town: &Town, roster: &Roster) -> Outcome {
    roster::import(&town.app, roster, |_| {}).await.unwrap()
}

fn accepted(outcome: &Outcome) -> usize {
    outcome.verdicts.iter().filter(|verdict| verdict.is_accepted()).count()
}

fn report(outcome: &Outcome) -> String {
    let mut text = Vec::new();
    roster::report::write(&mut text, &outcome.verdicts).unwrap();
    String::from_utf8(text).unwrap()
}

async fn count(town: &Town, query: &'static str) -> i64 {
    match &town.app.db {
        latchkey::db::Db::Sqlite { readers, .. } => sqlx::query_scalar(query).fetch_one(readers).await.unwrap(),
        latchkey::db::Db::Postgres(pool) => sqlx::query_scalar(query).fetch_one(pool).await.unwrap(),
    }
}

async fn residents(town: &Town) -> i64 {
    count(town, "SELECT count(*) FROM resident").await
}

#[tokio::test]
async fn the_clean_roster_comes_in_whole_and_only_once() {
    let town = Town::start().await;
    let mut heard = Vec::new();
    let first = roster::import(&town.app, &file("roster-clean.csv"), |done| heard.push(done)).await.unwrap();
    assert_eq!((accepted(&first), residents(&town).await), (500, 500));
    assert_eq!(heard, [200, 400, 500]);

    let second = import(&town, &file("roster-clean.csv")).await;
    assert_eq!((accepted(&second), residents(&town).await, second.invitations.len()), (0, 500, 0));
    assert!(second.verdicts.iter().all(|verdict| verdict.codes.to_string() == "duplicate_id"));

    // One write each, in a ledger that verifies with every sealed field.
    let finding = vault::verify::verify(&town.app.db, &town.app.custody).await.unwrap();
    assert!(matches!(finding, Finding::Whole { entries: 500, .. }), "{finding:?}");
}

#[tokio::test]
async fn the_messy_rosters_get_the_expected_verdicts_here_too() {
    let expected = std::fs::read_to_string("tests/data/roster-messy.expected.csv").unwrap();
    for name in ["roster-messy-gb18030.csv", "roster-messy.xlsx"] {
        let town = Town::start().await;
        let first = import(&town, &file(name)).await;
        assert_eq!(report(&first), expected, "{name}");
        assert_eq!(residents(&town).await, i64::try_from(accepted(&first)).unwrap());

        // Whoever came in is known again, with or without a number; nobody else changes.
        let again = expected.lines().skip(1).map(|line| match line.split_once(",accepted,") {
            Some((record, _)) => format!("{record},rejected,duplicate_id"),
            None => line.to_owned(),
        });
        let second = import(&town, &file(name)).await;
        assert_eq!(report(&second).lines().skip(1).collect::<Vec<_>>(), again.collect::<Vec<_>>());
        assert_eq!(residents(&town).await, i64::try_from(accepted(&first)).unwrap());
    }
}

#[tokio::test]
async fn what_was_written_is_what_opens() {
    let town = Town::start().await;
    let roster = csv("姓名,身份证号,性别,生日,手机,栋,单元,室,车牌,备注\n\
                      阿卜杜拉•卡迪尔,34010020041110194x,女,2004/11/10,+86 177-7213-6324,9#,1单元,2601,皖a·12b45,=1+1\n");
    assert_eq!(accepted(&import(&town, &roster).await), 1);
    let mut tx = town.app.db.read().await.unwrap();
    let everybody = latchkey::resident::not_enrolled(&mut tx, town.app.now(), true).await.unwrap();
    let wanted =
        "birth_date building document_number document_type emergency_contact name note phone plate room sex unit";
    let wanted: Vec<String> = wanted.split(' ').map(str::to_owned).collect();
    let fields =
        vault::look(&town.app, &everybody[0], &latchkey::ledger::By::Resident, &wanted, town.request()).await.unwrap();
    let expected = BTreeMap::from(
        [
            ("name", "阿卜杜拉·卡迪尔"),
            ("document_type", "居民身份证"),
            ("document_number", "34010020041110194X"),
            ("sex", "2"),
            ("birth_date", "2004-11-10"),
            ("phone", "17772136324"),
            ("building", "9栋"),
            ("unit", "1单元"),
            ("room", "2601"),
            ("plate", "皖A12B45"),
            ("note", "=1+1"),
        ]
        .map(|(field, value)| (field.to_owned(), value.to_owned())),
    );
    assert_eq!(fields, expected);
}

#[tokio::test]
async fn a_resident_who_is_here_counts_for_numbers_and_phones() {
    let town = Town::start().await;
    import(&town, &csv("姓名,证件号,手机,室\n卢明,340100196210263599,18846836353,1\n")).await;
    let next = csv("姓名,证件号,手机,室\n任丽海,340100199408268102,188 4683 6353,1\n卢明,340100196210263599,,2\n");
    let outcome = import(&town, &next).await;
    let expected = ["record,verdict,codes", "1,accepted,normalised phone_shared", "2,rejected,duplicate_id"];
    assert_eq!(report(&outcome).lines().collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn two_importers_at_once_bring_everybody_in_once() {
    let town = Town::start().await;
    let text = roster_gen::roster(1_000);
    let importer = |text: String| {
        let app = town.app.clone();
        tokio::spawn(async move { roster::import(&app, &csv(&text), |_| {}).await.unwrap() })
    };
    let (one, other) = (importer(text.clone()), importer(text));
    let (one, other) = (one.await.unwrap(), other.await.unwrap());
    assert_eq!((accepted(&one) + accepted(&other), residents(&town).await), (1_000, 1_000));
    for (ours, theirs) in one.verdicts.iter().zip(&other.verdicts) {
        assert_ne!(ours.is_accepted(), theirs.is_accepted(), "record {}", ours.record);
        let rejected = if ours.is_accepted() { theirs } else { ours };
        assert_eq!(rejected.codes.to_string(), "duplicate_id");
    }
    let finding = vault::verify::verify(&town.app.db, &town.app.custody).await.unwrap();
    assert!(matches!(finding, Finding::Whole { entries: 1_000, .. }), "{finding:?}");
}

#[tokio::test]
async fn flats_are_counted_once_each_and_never_shrink() {
    let town = Town::start().await;
    let flats = async |building: &str| {
        let mut tx = town.app.db.read().await.unwrap();
        vault::flats_of(&mut tx, building).await.unwrap()
    };
    import(&town, &csv(&roster_gen::roster(900))).await;
    assert_eq!((flats("1栋").await, flats("2栋").await, flats("3栋").await), (Some(240), Some(60), None));
    import(&town, &csv(&roster_gen::roster(30))).await;
    assert_eq!(flats("1栋").await, Some(240));
}

#[tokio::test]
async fn one_person_gets_one_link() {
    let town = Town::start().await;
    let outcome = import(&town, &csv(&roster_gen::roster(100))).await;
    // One in ten is a child.
    assert_eq!((accepted(&outcome), outcome.invitations.len()), (100, 90));
    let links: HashSet<&str> = outcome.invitations.iter().map(|invited| invited.link.token.expose()).collect();
    assert_eq!(links.len(), 90);
    assert_eq!(count(&town, "SELECT count(*) FROM once WHERE kind = 'invitation'").await, 90);
}

#[tokio::test]
async fn children_and_people_without_a_number_get_no_invitation() {
    let town = Town::start().await;
    let born = |day: &str, sequence: &str| {
        let body = format!("340100{day}{sequence}");
        format!("{body}{}", roster::check_digit(&body).unwrap())
    };
    // The town's day is 22 November 2026.
    let (fourteen, thirteen) = (born("20121122", "001"), born("20121123", "003"));
    let text = format!(
        "姓名,证件类型,证件号,生日,室\n甲,,{fourteen},,1\n乙,,{thirteen},,1\n丙,,,1950-01-01,1\n丁,护照,E12345678,,1\n\
         戊,护照,E22345678,1990-01-01,1\n"
    );
    let outcome = import(&town, &csv(&text)).await;
    let names: Vec<&str> = outcome.invitations.iter().map(|invited| invited.name.as_str()).collect();
    assert_eq!((accepted(&outcome), names), (5, vec!["甲", "戊"]));
}
