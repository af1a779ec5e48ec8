//! What the sample pages show: apps, the week, the visitors' book, the data on record.

use latchkey::http::pages::*;

use super::sample::{Around, DAY, HOUR, NOW, RECORD};

fn fact(claim: &str, value: &str) -> Fact {
    Fact { claim: claim.into(), value: Some(value.into()) }
}

pub fn apps() -> Vec<AppRow> {
    let row = |record: &str, name: &str, purpose: &str, facts: Vec<Fact>, days: i64| AppRow {
        record: record.into(),
        name: name.into(),
        purpose: purpose.into(),
        facts,
        until: NOW + days * DAY,
    };
    let parking = vec![fact("plate_masked", "皖A·**123"), fact("is_resident", "true")];
    let care = vec![fact("over_60", "true"), fact("building_no", "3"), fact("care_level_band", "some")];
    let letters = vec![fact("is_resident", "true"), Fact { claim: "language".into(), value: None }];
    vec![
        row(RECORD, "阳光停车", "parking.book", parking, 61),
        row("c2", "幸福助餐", "elder.care", care, 150),
        row("c3", "Wellbeing Notices", "notice.deliver", letters, 364),
    ]
}

pub fn bases() -> Vec<BasisRow> {
    let row = |code: &str, who: &str, law: &str| BasisRow { code: code.into(), who: who.into(), law: law.into() };
    vec![row("roster", "property", "pipl_contract"), row("access_log", "service", "network_log")]
}

pub fn basis(chrome: Around<'_>, objected: bool) -> BasisPage {
    BasisPage {
        chrome: chrome(Some(Tab::Apps)),
        code: "roster".into(),
        who: "property".into(),
        law: "pipl_contract".into(),
        fields: vec!["name".into(), "phone".into(), "room".into()],
        objected: objected.then(|| Objected { case: "e1".into(), due: NOW + 15 * DAY }),
    }
}

pub fn never(chrome: Around<'_>, parties: &[&str]) -> NeverPage {
    let row = |claim: &str, parties: &[&str]| NeverRow {
        claim: claim.into(),
        parties: parties.iter().map(|party| (*party).to_owned()).collect(),
    };
    NeverPage {
        chrome: chrome(Some(Tab::Apps)),
        rows: vec![row("phone_masked", parties), row("plate_masked", &[]), row("building_no", &["anybody"])],
        parties: vec!["anybody", "property", "company"],
    }
}

pub fn paused() -> Vec<PausedRow> {
    vec![PausedRow {
        record: "c4".into(),
        name: "居民信箱".into(),
        purpose: "feedback.submit".into(),
        since: NOW - HOUR,
        until: NOW + 40 * DAY,
    }]
}

pub fn ended() -> Vec<EndedRow> {
    let row = |name: &str, purpose: &str, state| EndedRow {
        record: "d1".into(),
        name: name.into(),
        purpose: purpose.into(),
        state,
        deletion: Some(Deletion::Silent(NOW - 5 * DAY)),
    };
    vec![
        row("快乐优选", "feedback.submit", RecordState::Withdrawn(NOW - 20 * HOUR)),
        row("社区图书角", "signin.basic", RecordState::Expired(NOW - 90 * DAY)),
    ]
}

pub fn app(chrome: Around<'_>, state: RecordState) -> AppPage {
    AppPage {
        chrome: chrome(Some(Tab::Apps)),
        record: RECORD.into(),
        name: "阳光停车".into(),
        party: "company".into(),
        controller: "合肥阳光停车服务有限公司".into(),
        contact: "李经理 0551-6000-0088".into(),
        purpose: "parking.book".into(),
        facts: vec![fact("plate_masked", "皖A·**123"), fact("is_resident", "true")],
        refused: vec!["building_no".into()],
        given_at: NOW - 30 * DAY,
        deletion: match state {
            RecordState::Withdrawn(at) => Some(Deletion::Ordered(at + 15 * DAY)),
            RecordState::Revoked(_) => Some(Deletion::Kept {
                claims: vec!["plate_masked".into()],
                law: "accounting".into(),
                until: Some(NOW + 3000 * DAY),
            }),
            _ => None,
        },
        state,
        reads: 12,
        last_read: Some(NOW - HOUR),
        receipt: format!("eyJhbGciOiJFUzI1NiIsImtpZCI6ImsxIn0.{}.c2ln", "eyJjb25zZW50IjoiIn0".repeat(20)),
    }
}

pub fn week(chrome: Around<'_>) -> Chart {
    let calendar = chrome(None).calendar;
    let counts = [(1, 0), (0, 0), (2, 0), (5, 1), (1, 0), (0, 0), (3, 1)];
    let bars = counts.into_iter().zip((0..7).rev());
    Chart { bars: bars.map(|((reads, refused), back)| Bar { day: calendar.day_start(back), reads, refused }).collect() }
}

pub fn empty_week(chrome: Around<'_>) -> Chart {
    let bars = week(chrome).bars.into_iter().map(|bar| Bar { reads: 0, refused: 0, ..bar });
    Chart { bars: bars.collect() }
}

pub fn blank(chrome: Around<'_>) -> BookPage {
    BookPage {
        chrome: chrome(Some(Tab::Book)),
        days: Vec::new(),
        week_reads: 0,
        week_refused: 0,
        filter: BookFilter::default(),
        plot: Plot::default(),
        newer: None,
        older: None,
        lost: Vec::new(),
        verifies: Some(true),
    }
}

fn line(kind: BookKind, at: i64, number: u64, client: &str, purpose: &str, claims: &[&str]) -> BookLine {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let claims = claims.iter().map(|claim| (*claim).to_owned()).collect();
    BookLine {
        kind,
        at,
        number,
        folded: Vec::new(),
        recorded: String::new(),
        client: some(client),
        purpose: some(purpose),
        claims,
        reason: None,
        by: None,
    }
}

/// A month of reads by three apps, and a few that were refused.
pub fn plot(chrome: Around<'_>) -> Plot {
    let calendar = chrome(None).calendar;
    let days: Vec<i64> = (0..30).rev().map(|back| calendar.day_start(back)).collect();
    let counts = |step: u32| (0..30).map(|day| (day * step) % 7 % 4).collect();
    let series = |name: &str, step| Series { name: name.into(), counts: counts(step) };
    Plot {
        labels: (0..30).map(|day| if day % 5 == 4 { calendar.day_short(days[day]) } else { String::new() }).collect(),
        series: vec![series("阳光停车", 2), series("幸福助餐", 3), series("社区图书角", 5)],
        refused: (0..30).map(|day| u32::from(day % 11 == 3)).collect(),
        days,
        svg: String::new(),
    }
    .drawn()
    .unwrap()
}

/// A filter for one app.
pub fn filter() -> BookFilter {
    BookFilter {
        apps: vec![("rp-a".into(), "阳光停车".into()), ("rp-b".into(), "幸福助餐".into())],
        claims: vec!["plate_masked".into(), "over_60".into()],
        app: "rp-a".into(),
        span: Some(30),
        ..BookFilter::default()
    }
}

pub fn book() -> Vec<BookDay> {
    use BookKind::*;
    let refusal = |line: BookLine, reason: &str| BookLine { reason: Some(reason.into()), ..line };
    let today = vec![
        line(Disclosure, NOW - HOUR, 1204, "阳光停车", "parking.book", &["plate_masked", "is_resident"]),
        line(ConsentGiven, NOW - 2 * HOUR, 1203, "幸福助餐", "elder.care", &["over_60", "building_no"]),
        refusal(
            line(Refusal, NOW - 6 * HOUR, 1202, "快乐优选", "feedback.submit", &["phone_masked"]),
            "consent_withdrawn",
        ),
        BookLine { folded: vec![1200, 1199], ..line(OwnViews, NOW - 7 * HOUR, 1201, "", "", &[]) },
    ];
    let yesterday = vec![
        line(ConsentWithdrawn, NOW - 20 * HOUR, 1190, "快乐优选", "feedback.submit", &[]),
        BookLine {
            by: Some("由女儿代办".into()),
            ..line(ConsentGiven, NOW - 20 * HOUR, 1189, "幸福助餐", "elder.care", &[])
        },
        BookLine {
            reason: Some("case_objection".into()),
            ..line(Case, NOW - 20 * HOUR, 1191, "幸福助餐", "elder.care", &[])
        },
        line(Disclosure, NOW - 21 * HOUR, 1188, "幸福助餐", "elder.care", &["over_60"]),
        line(PasskeyAdded, NOW - 23 * HOUR, 1187, "", "", &[]),
        refusal(
            line(Refusal, NOW - 24 * HOUR, 1186, "Wellbeing Notices", "notice.deliver", &["language"]),
            "client_disabled",
        ),
    ];
    let before = vec![
        line(ConsentExpired, NOW - 90 * HOUR, 1100, "社区图书角", "signin.basic", &[]),
        line(RecoverySheet, NOW - 91 * HOUR, 1099, "", "", &[]),
        line(Arranged, NOW - 90 * HOUR, 1104, "", "", &[]),
        BookLine {
            reason: Some("emergency_read".into()),
            ..line(Emergency, NOW - 90 * HOUR, 1105, "", "", &["phone_full"])
        },
        line(Unsealed, NOW - 90 * HOUR, 1103, "", "", &[]),
        line(Sealed, NOW - 90 * HOUR, 1102, "", "", &[]),
        line(SealingAsked, NOW - 90 * HOUR, 1101, "", "", &[]),
        line(Unlocked, NOW - 91 * HOUR, 1098, "", "", &[]),
        line(Locked, NOW - 92 * HOUR, 1097, "", "", &[]),
        line(TokenReplayed, NOW - 92 * HOUR, 1096, "社区图书角", "signin.basic", &[]),
        line(Import, NOW - 93 * HOUR, 1095, "", "", &["name", "phone", "building", "room", "plate"]),
    ];
    let day = |lines: Vec<BookLine>| BookDay { day: lines[0].at, lines };
    vec![day(today), day(yesterday), day(before)]
}

pub fn data() -> Vec<DataGroup> {
    let field = |name: &str, value: &str, masked: bool| DataField {
        name: name.into(),
        value: value.into(),
        revealed: name == "phone",
        masked,
        source: FieldSource::Roster(NOW - 2 * DAY),
    };
    let person = vec![
        field("name", "欧阳*", true),
        field("document_type", "居民身份证", false),
        field("document_number", "3401**********4283", true),
        field("sex", "2", false),
        field("birth_date", "19**-**-**", true),
    ];
    let contact = vec![field("phone", "13390996030", true), field("emergency_phone", "145****8937", true)];
    let home = vec![field("building", "1栋", false), field("room", "****", true), field("tenure", "业主", false)];
    vec![
        DataGroup { code: "person", fields: person },
        DataGroup { code: "contact", fields: contact },
        DataGroup { code: "home", fields: home },
        DataGroup { code: "car", fields: vec![field("plate", "皖A·**123", true)] },
    ]
}

/// One door of the API, with all that a door can have.
pub fn api(chrome: Around<'_>) -> ApiPage {
    let field = |name, required, values| ApiField { name, place: "form", required, values, about: "What it is for." };
    let answer = |status, kinds, headers| ApiAnswer { status, about: "When it comes.", kinds, headers };
    let door = |name, path, who| ApiDoor {
        name,
        method: "POST",
        path,
        summary: "Get tokens",
        about: "A code, a refresh token or a device code becomes tokens (RFC 6749 §3.2).",
        who,
        fields: vec![
            field("grant_type", true, vec!["authorization_code", "refresh_token"]),
            field("code", false, Vec::new()),
        ],
        answers: vec![
            answer(200, vec!["application/json", "application/token-introspection+jwt"], vec!["DPoP-Nonce"]),
            answer(503, Vec::new(), Vec::new()),
        ],
    };
    let chapter = |name, doors| ApiChapter { name, about: "What is in it.", doors };
    let clients = vec![door("a", "/token", "client"), door("b", "/introspect", "proven")];
    let others = vec![
        door("c", "/.well-known/oauth-authorization-server", "anybody"),
        ApiDoor { fields: Vec::new(), ..door("d", "/vault/claims", "token") },
    ];
    let chapters = vec![chapter("Clients", clients), chapter("Anybody", others)];
    ApiPage { chrome: chrome(None), server: "https://latchkey.example".into(), chapters }
}
