//! A resident of 锦绣花园 on the morning of 22 November 2026, as every page shows her.

use askama::Template;
use jiff::tz::TimeZone;
use latchkey::http::pages::*;
use latchkey::text::{Calendar, Locale, Words};

/// 2026-11-22 09:30 in Shanghai.
const NOW: i64 = 1_795_311_000;
const HOUR: i64 = 3600;
const DAY: i64 = 86400;
const RECORD: &str = "5f1c0d9be2a84b7c9e3d1a6f70b24c85";

/// Every page by name, in that language and size.
pub fn pages(locale: Locale, mode: Mode) -> Vec<(&'static str, String)> {
    let chrome = |tab: Option<Tab>| chrome(locale, mode, tab);
    let mut pages = doors(&chrome);
    pages.extend(places(&chrome));
    pages.extend(keys(&chrome));
    pages.extend(answers(&chrome));
    pages
}

type Around<'a> = &'a dyn Fn(Option<Tab>) -> Chrome;
type Pages = Vec<(&'static str, String)>;

fn doors(chrome: Around<'_>) -> Pages {
    let out = |page: Chrome| Chrome { signed_in: false, ..page };
    let sign_in = |notice| SignInPage {
        chrome: out(chrome(None)),
        notice,
        begin: "/sign-in/begin".into(),
        finish: "/sign-in/finish".into(),
    };
    let invitation = InvitationPage {
        chrome: out(chrome(None)),
        name: "欧阳*".into(),
        until: NOW + 30 * DAY,
        begin: "/invitation/hXo3…/begin".into(),
        finish: "/invitation/hXo3…/finish".into(),
    };
    let key =
        RecoverKeyPage { chrome: out(chrome(None)), begin: "/recover/begin".into(), finish: "/recover/finish".into() };
    vec![
        ("sign-in", sign_in(None).render().unwrap()),
        ("sign-in-ended", sign_in(Some(SignInNotice::SessionEnded)).render().unwrap()),
        ("sign-in-app", sign_in(Some(SignInNotice::App("阳光停车".into()))).render().unwrap()),
        ("invitation", invitation.render().unwrap()),
        ("recover", RecoverPage { chrome: out(chrome(None)), wrong: false }.render().unwrap()),
        ("recover-wrong", RecoverPage { chrome: out(chrome(None)), wrong: true }.render().unwrap()),
        ("recover-key", key.render().unwrap()),
        ("signed-out", SignedOutPage { chrome: out(chrome(None)) }.render().unwrap()),
    ]
}

fn places(chrome: Around<'_>) -> Pages {
    let last =
        LastAccess { client: "阳光停车".into(), at: NOW - HOUR - 18 * 60, claims: vec!["plate_masked".into()] };
    let home = |apps: Vec<AppRow>, last| HomePage { chrome: chrome(Some(Tab::Home)), apps, last, week: week(chrome) };
    let empty = HomePage { week: empty_week(chrome), ..home(Vec::new(), None) };
    let book = BookPage {
        chrome: chrome(Some(Tab::Book)),
        days: book(),
        week_reads: 12,
        week_refused: 2,
        newer: Some("/me/book".into()),
        older: Some("/me/book?before=1180".into()),
    };
    let blank = BookPage { days: Vec::new(), newer: None, older: None, ..self::blank(chrome) };
    let apps_page = AppsPage { chrome: chrome(Some(Tab::Apps)), apps: apps(), ended: ended() };
    let none = AppsPage { chrome: chrome(Some(Tab::Apps)), apps: Vec::new(), ended: Vec::new() };
    let mine = MinePage { chrome: chrome(Some(Tab::Mine)), name: Some("欧阳*".into()), passkeys: 2 };
    vec![
        ("home", home(apps(), Some(last)).render().unwrap()),
        ("home-empty", empty.render().unwrap()),
        ("apps", apps_page.render().unwrap()),
        ("apps-empty", none.render().unwrap()),
        ("app", app(chrome, RecordState::InForce(NOW + 61 * DAY)).render().unwrap()),
        ("app-ended", app(chrome, RecordState::Withdrawn(NOW - 20 * HOUR)).render().unwrap()),
        ("book", book.render().unwrap()),
        ("book-empty", blank.render().unwrap()),
        ("data", DataPage { chrome: chrome(Some(Tab::Mine)), groups: data() }.render().unwrap()),
        ("mine", mine.render().unwrap()),
    ]
}

fn keys(chrome: Around<'_>) -> Pages {
    let passkeys = PasskeysPage {
        chrome: chrome(Some(Tab::Mine)),
        passkeys: vec![
            PasskeyRow { id: "a1".into(), made_at: NOW - 2 * DAY, used_at: Some(NOW - HOUR), here: true, synced: true },
            PasskeyRow { id: "b2".into(), made_at: NOW - 40 * DAY, used_at: None, here: false, synced: false },
        ],
        fresh: true,
        begin: "/me/passkeys/begin".into(),
        finish: "/me/passkeys/finish".into(),
        others: 2,
        codes_left: 9,
        codes_made_at: Some(NOW - 40 * DAY),
    };
    let codes = RecoveryCodesPage {
        chrome: chrome(None),
        codes: (0..8).map(|n| format!("K7QM-2VXA-9RTD-68ZS-HQP8-NN{n}E-P80")).collect(),
        made_at: NOW,
        recover_url: "https://latchkey.example/recover".into(),
        next: "/me".into(),
    };
    vec![
        ("passkeys", passkeys.render().unwrap()),
        ("welcome", WelcomePage { chrome: chrome(None), next: "/me".into() }.render().unwrap()),
        ("codes", codes.render().unwrap()),
    ]
}

fn answers(chrome: Around<'_>) -> Pages {
    let stopped =
        StoppedPage {
            chrome: chrome(Some(Tab::Apps)), record: RECORD.into(), name: "阳光停车".into(), entry: 1205
        };
    let answered =
        |agreed, back| ConsentAnsweredPage { chrome: chrome(None), name: "阳光停车".into(), agreed, back };
    let error = |code| ErrorPage { chrome: chrome(None), code, request_id: "7f3a91c2".into() };
    vec![
        ("consent", consent(chrome, "幸福助餐").render().unwrap()),
        ("consent-sign-in", sign_in_consent(chrome).render().unwrap()),
        ("answered-yes", answered(true, Some("http://localhost:8081/back".into())).render().unwrap()),
        ("answered-no", answered(false, None).render().unwrap()),
        ("stopped", stopped.render().unwrap()),
        ("error", error("invitation-used").render().unwrap()),
        ("error-fault", error("fault").render().unwrap()),
    ]
}

/// A consent page and a book with markup where names should be.
pub fn hostile() -> String {
    let evil = "<b>x</b>\"onclick=\"alert(1)";
    let chrome = |tab| Chrome { community: evil.into(), here: evil.into(), ..chrome(Locale::En, Mode::Standard, tab) };
    let page = consent(&chrome, evil);
    let app = AppPage { name: evil.into(), contact: evil.into(), ..app(&chrome, RecordState::InForce(NOW)) };
    let error = ErrorPage { chrome: chrome(None), code: "fault", request_id: evil.into() };
    [page.render().unwrap(), app.render().unwrap(), error.render().unwrap()].concat()
}

fn chrome(locale: Locale, mode: Mode, tab: Option<Tab>) -> Chrome {
    let words = Words::of(locale);
    Chrome {
        words,
        calendar: Calendar::new(words, TimeZone::get("Asia/Shanghai").unwrap(), NOW),
        community: "锦绣花园".into(),
        help: Help { phone: "0551-6000-0000".into(), desk: "一楼服务台".into() },
        mode,
        tab,
        signed_in: true,
        csrf: "9Jk2…".into(),
        here: "/me".into(),
    }
}

fn fact(claim: &str, value: &str) -> Fact {
    Fact { claim: claim.into(), value: Some(value.into()) }
}

fn apps() -> Vec<AppRow> {
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

fn ended() -> Vec<EndedRow> {
    let row = |name: &str, purpose: &str, state| EndedRow {
        record: "d1".into(),
        name: name.into(),
        purpose: purpose.into(),
        state,
    };
    vec![
        row("快乐优选", "feedback.submit", RecordState::Withdrawn(NOW - 20 * HOUR)),
        row("社区图书角", "signin.basic", RecordState::Expired(NOW - 90 * DAY)),
    ]
}

fn app(chrome: Around<'_>, state: RecordState) -> AppPage {
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
        state,
        reads: 12,
        last_read: Some(NOW - HOUR),
        receipt: format!("eyJhbGciOiJFUzI1NiIsImtpZCI6ImsxIn0.{}.c2ln", "eyJjb25zZW50IjoiIn0".repeat(20)),
    }
}

fn week(chrome: Around<'_>) -> Chart {
    let calendar = chrome(None).calendar;
    let counts = [(1, 0), (0, 0), (2, 0), (5, 1), (1, 0), (0, 0), (3, 1)];
    let bars = counts.into_iter().zip((0..7).rev());
    Chart { bars: bars.map(|((reads, refused), back)| Bar { day: calendar.day_start(back), reads, refused }).collect() }
}

fn empty_week(chrome: Around<'_>) -> Chart {
    let bars = week(chrome).bars.into_iter().map(|bar| Bar { reads: 0, refused: 0, ..bar });
    Chart { bars: bars.collect() }
}

fn blank(chrome: Around<'_>) -> BookPage {
    BookPage {
        chrome: chrome(Some(Tab::Book)),
        days: Vec::new(),
        week_reads: 0,
        week_refused: 0,
        newer: None,
        older: None,
    }
}

fn line(kind: BookKind, at: i64, number: u64, client: &str, purpose: &str, claims: &[&str]) -> BookLine {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let claims = claims.iter().map(|claim| (*claim).to_owned()).collect();
    BookLine { kind, at, number, count: 1, client: some(client), purpose: some(purpose), claims, reason: None }
}

fn book() -> Vec<BookDay> {
    use BookKind::*;
    let refusal = |line: BookLine, reason: &str| BookLine { reason: Some(reason.into()), ..line };
    let today = vec![
        line(Disclosure, NOW - HOUR, 1204, "阳光停车", "parking.book", &["plate_masked", "is_resident"]),
        line(ConsentGiven, NOW - 2 * HOUR, 1203, "幸福助餐", "elder.care", &["over_60", "building_no"]),
        refusal(
            line(Refusal, NOW - 6 * HOUR, 1202, "快乐优选", "feedback.submit", &["phone_masked"]),
            "consent_withdrawn",
        ),
        BookLine { count: 3, ..line(OwnViews, NOW - 7 * HOUR, 1201, "", "", &[]) },
    ];
    let yesterday = vec![
        line(ConsentWithdrawn, NOW - 20 * HOUR, 1190, "快乐优选", "feedback.submit", &[]),
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
        line(Import, NOW - 92 * HOUR, 1098, "", "", &["name", "phone", "building", "room", "plate"]),
    ];
    let day = |lines: Vec<BookLine>| BookDay { day: lines[0].at, lines };
    vec![day(today), day(yesterday), day(before)]
}

fn data() -> Vec<DataGroup> {
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

fn asked(name: &str, value: &str) -> AskedClaim {
    let value = Some(value.to_owned()).filter(|value| !value.is_empty());
    AskedClaim { name: name.into(), coarser: None, value, chosen: false }
}

fn consent(chrome: Around<'_>, name: &str) -> ConsentPage {
    ConsentPage {
        chrome: chrome(None),
        action: "/consent/8c1e".into(),
        asker: Asker {
            name: name.into(),
            party: "social_org".into(),
            controller: "合肥市幸福里养老服务中心".into(),
            contact: "王主任 0551-6000-0066".into(),
        },
        purpose: "elder.care".into(),
        required: vec![asked("over_60", "true")],
        optional: vec![asked("name_masked", "欧阳*"), asked("phone_masked", ""), asked("building_no", "3")],
        sensitive: vec![asked("care_level_band", "some")],
        months: 6,
        until: NOW + 181 * DAY,
    }
}

fn sign_in_consent(chrome: Around<'_>) -> ConsentPage {
    ConsentPage {
        purpose: "signin.basic".into(),
        required: Vec::new(),
        optional: vec![
            asked("is_resident", "true"),
            AskedClaim { coarser: Some("community_id".into()), ..asked("building_no", "340104-001") },
            asked("language", "zh-Hans"),
        ],
        sensitive: Vec::new(),
        months: 12,
        ..consent(chrome, "社区图书角")
    }
}
