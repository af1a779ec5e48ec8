//! A resident of 锦绣花园 on the morning of 22 November 2026, as every page shows her.

use askama::Template;
use jiff::tz::TimeZone;
use latchkey::http::pages::*;
use latchkey::text::{Calendar, Locale, Words};

use super::cases;
use super::erasure::{erased_page, erasure};
use super::paper::{paper, proof};
use super::rights::rights;
use super::values::{
    api, app, apps, bases, basis, blank, book, data, empty_week, ended, filter, never, paused, plot, week,
};

/// 2026-11-22 09:30 in Shanghai.
pub const NOW: i64 = 1_795_311_000;
pub const HOUR: i64 = 3600;
pub const DAY: i64 = 86400;
pub const RECORD: &str = "5f1c0d9be2a84b7c9e3d1a6f70b24c85";

/// Every page by name, in that language and size.
pub fn pages(locale: Locale, mode: Mode) -> Vec<(&'static str, String)> {
    let chrome = |tab: Option<Tab>| chrome(locale, mode, tab);
    let mut pages = doors(&chrome);
    pages.extend(places(&chrome));
    pages.extend(keys(&chrome));
    pages.extend(answers(&chrome));
    pages.extend(super::family::pages(&chrome));
    pages.extend(super::desk::pages(&chrome));
    pages.extend(super::desk_cases::pages(&chrome));
    pages.extend(super::desk_reviews::pages(&chrome));
    pages.extend(paper(&chrome));
    pages.extend(cases::pages(&chrome));
    pages.extend(rights(&chrome));
    pages
}

/// Makes what stands around a page, for one tab.
pub type Around<'a> = &'a dyn Fn(Option<Tab>) -> Chrome;
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
    let end_session = |client| {
        let kept = vec![("client_id", "rp-a".to_owned())];
        EndSessionPage { chrome: chrome(None), client, kept }.render().unwrap()
    };
    let key =
        RecoverKeyPage { chrome: out(chrome(None)), begin: "/recover/begin".into(), finish: "/recover/finish".into() };
    let device = |code: &str, notice| DevicePage { chrome: out(chrome(None)), code: code.into(), notice };
    vec![
        ("device", device("", None).render().unwrap()),
        ("device-link", device("WDJB-MJHT", None).render().unwrap()),
        ("device-wrong", device("", Some(DeviceNotice::Wrong)).render().unwrap()),
        ("device-expired", device("", Some(DeviceNotice::Expired)).render().unwrap()),
        ("sign-in-device", sign_in(Some(SignInNotice::Device)).render().unwrap()),
        ("sign-in", sign_in(None).render().unwrap()),
        ("sign-in-ended", sign_in(Some(SignInNotice::SessionEnded)).render().unwrap()),
        ("sign-in-app", sign_in(Some(SignInNotice::App("阳光停车".into()))).render().unwrap()),
        ("invitation", invitation.render().unwrap()),
        ("recover", RecoverPage { chrome: out(chrome(None)), wrong: false }.render().unwrap()),
        ("recover-wrong", RecoverPage { chrome: out(chrome(None)), wrong: true }.render().unwrap()),
        ("recover-key", key.render().unwrap()),
        ("end-session", end_session(Some("阳光停车".into()))),
        ("end-session-nobody", end_session(None)),
        ("signed-out", SignedOutPage { chrome: out(chrome(None)) }.render().unwrap()),
    ]
}

fn places(chrome: Around<'_>) -> Pages {
    let last =
        LastAccess { client: "阳光停车".into(), at: NOW - HOUR - 18 * 60, claims: vec!["plate_masked".into()] };
    let home = |apps: Vec<AppRow>, last| HomePage {
        chrome: chrome(Some(Tab::Home)),
        apps,
        last,
        unread: 2,
        week: week(chrome),
    };
    let empty = HomePage { unread: 0, week: empty_week(chrome), ..home(Vec::new(), None) };
    let book = BookPage {
        days: book(),
        week_reads: 12,
        week_refused: 2,
        filter: filter(),
        plot: plot(chrome),
        newer: Some("/me/book".into()),
        older: Some("/me/book?before=1180".into()),
        verifies: Some(false),
        lost: vec![7],
        ..blank(chrome)
    };
    let blank = blank(chrome);
    let apps_page = || AppsPage {
        chrome: chrome(Some(Tab::Apps)),
        apps: apps(),
        paused: paused(),
        noes: noes(),
        ended: ended(),
        bases: bases(),
    };
    let none = AppsPage { apps: Vec::new(), paused: Vec::new(), noes: Vec::new(), ended: Vec::new(), ..apps_page() };
    let mine = MinePage { chrome: chrome(Some(Tab::Mine)), name: Some("欧阳*".into()), unread: 0, passkeys: 2 };
    let inbox = |rows| InboxPage { chrome: chrome(Some(Tab::Mine)), rows };
    vec![
        ("home", home(apps(), Some(last)).render().unwrap()),
        ("home-empty", empty.render().unwrap()),
        ("inbox", inbox(messages()).render().unwrap()),
        ("inbox-empty", inbox(Vec::new()).render().unwrap()),
        ("ways", ways(chrome(Some(Tab::Mine)))),
        ("confirm-mail", ConfirmMailPage { chrome: chrome(None), token: "9Jk2".into() }.render().unwrap()),
        ("apps", apps_page().render().unwrap()),
        ("apps-empty", none.render().unwrap()),
        ("app", app(chrome, RecordState::InForce(NOW + 61 * DAY)).render().unwrap()),
        ("app-paused", app(chrome, RecordState::Paused(NOW - HOUR)).render().unwrap()),
        ("app-revoked", app(chrome, RecordState::Revoked(NOW - 3 * DAY)).render().unwrap()),
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
        proof: proof(),
    };
    vec![
        ("api", api(chrome).render().unwrap()),
        ("never", never(chrome, &["company"]).render().unwrap()),
        ("never-nothing", never(chrome, &[]).render().unwrap()),
        ("basis", basis(chrome, false).render().unwrap()),
        ("basis-objected", basis(chrome, true).render().unwrap()),
        ("passkeys", passkeys.render().unwrap()),
        ("welcome", WelcomePage { chrome: chrome(None), next: "/me".into() }.render().unwrap()),
        ("codes", codes.render().unwrap()),
    ]
}

fn answers(chrome: Around<'_>) -> Pages {
    let stopped = StoppedPage {
        chrome: chrome(Some(Tab::Apps)),
        record: RECORD.into(),
        name: "阳光停车".into(),
        entry: 1205,
        delete_by: Some(NOW + 15 * DAY),
    };
    let answered =
        |agreed, back| ConsentAnsweredPage { chrome: chrome(None), name: "阳光停车".into(), agreed, back };
    let settled = |answer| DeviceAnsweredPage { chrome: chrome(None), answer };
    let error = |code| ErrorPage {
        chrome: chrome(None),
        code,
        request_id: "7f3a91c2".into(),
        retry_after: (code == "too-many").then_some(42),
    };
    let (erase, erasing) = erasure(chrome);
    let erased = |standing| erased_page(chrome, standing);
    vec![
        ("consent", consent(chrome, "幸福助餐").render().unwrap()),
        ("consent-kept-back", super::kept::one(chrome(None))),
        ("consent-blocked", super::kept::blocked(chrome(None))),
        ("consent-sign-in", sign_in_consent(chrome).render().unwrap()),
        ("consent-own", own(chrome).render().unwrap()),
        ("consent-refused", refused(chrome).render().unwrap()),
        ("device-ask", screen(chrome, "3 号楼大堂屏").render().unwrap()),
        ("device-yes", settled(DeviceAnswer::Yes("阳光停车".into())).render().unwrap()),
        ("device-no", settled(DeviceAnswer::No("阳光停车".into())).render().unwrap()),
        ("device-late", settled(DeviceAnswer::Late).render().unwrap()),
        ("answered-yes", answered(true, Some("http://localhost:8081/back".into())).render().unwrap()),
        ("answered-no", answered(false, None).render().unwrap()),
        ("erase", erase.render().unwrap()),
        ("erasing", erasing.render().unwrap()),
        ("erased", erased(ErasedStanding::Erased).render().unwrap()),
        (
            "erased-details-gone",
            ErasedPage { details_gone_at: Some(NOW), ..erased(ErasedStanding::Erased) }.render().unwrap(),
        ),
        ("erased-pending", erased(ErasedStanding::Pending).render().unwrap()),
        ("erased-undone", erased(ErasedStanding::Undone).render().unwrap()),
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
    let error = ErrorPage { chrome: chrome(None), code: "fault", request_id: evil.into(), retry_after: None };
    let screen = DeviceAskPage { code: evil.into(), network: evil.into(), ..screen(&chrome, evil) };
    let device = DevicePage { chrome: chrome(None), code: evil.into(), notice: None };
    let screens = [screen.render().unwrap(), device.render().unwrap()];
    [page.render().unwrap(), app.render().unwrap(), error.render().unwrap()].concat() + &screens.concat()
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
        base: "/me".into(),
        acting: None,
        erases_at: None,
        witnesses: None,
        for_whom: None,
    }
}

fn ways(chrome: Chrome) -> String {
    use latchkey::courier::ways::{State, Way};
    let states = [State::NotHere, State::NoAddress, State::Unconfirmed, State::Off, State::On];
    let rows = states.map(|state| WayRow { way: Way::Mail, state }).to_vec();
    WaysPage { chrome, rows, sent: Some(latchkey::courier::ways::Sent::Out) }.render().unwrap()
}

fn messages() -> Vec<InboxRow> {
    let row = |(at, word): (i64, &latchkey::inbox::Word)| InboxRow {
        word: word.as_str().into(),
        client: "阳光停车".into(),
        at: NOW - at * HOUR,
        is_read: at > 2,
        to: "/me/book".into(),
    };
    (0..).zip(latchkey::inbox::Word::ALL).map(row).collect()
}

fn asked(name: &str, value: &str) -> AskedClaim {
    let value = Some(value.to_owned()).filter(|value| !value.is_empty());
    AskedClaim {
        name: name.into(),
        coarser: None,
        value,
        chosen: false,
        forms: Vec::new(),
        quiet_since: None,
        kept: false,
    }
}

fn noes() -> Vec<NoRow> {
    let row = |name: &str, quiet_until| NoRow {
        client: "rp-n".into(),
        name: name.into(),
        purpose: "feedback.submit".into(),
        at: NOW - 3 * DAY,
        quiet_until,
    };
    vec![row("快乐优选", Some(NOW + 87 * DAY)), row("Wellbeing Notices", None)]
}

fn form(name: &str, value: &str) -> AskedForm {
    AskedForm { name: name.into(), label: name.into(), value: value.into(), chosen: name.ends_with("tail") }
}

fn sensitive() -> AskedClaim {
    let forms = vec![form("care_level_band", "some"), form("care_needed", "true")];
    AskedClaim { forms, ..asked("care_level_band", "some") }
}

fn length(code: &str, days: i64) -> AskedLength {
    AskedLength { code: code.into(), until: NOW + days * DAY, chosen: code == "6m" }
}

fn own(chrome: Around<'_>) -> ConsentOwnPage {
    let asked = asks("幸福助餐");
    ConsentOwnPage {
        chrome: chrome(None),
        action: "/consent/8c1e/own".into(),
        begin: "/consent/8c1e/own/confirm".into(),
        asker: asked.asker,
        purpose: asked.purpose,
        claim: sensitive(),
        number: 1,
        count: 2,
        until: NOW + 181 * DAY,
        shown: "0a.0b".into(),
    }
}

fn refused(chrome: Around<'_>) -> ConsentRefusedPage {
    ConsentRefusedPage {
        chrome: chrome(None),
        action: "/consent/8c1e".into(),
        name: "快乐优选".into(),
        purpose: "feedback.submit".into(),
        at: NOW - 3 * DAY,
        quiet_until: NOW + 87 * DAY,
    }
}

/// What a care service asks.
pub fn asks(name: &str) -> Asked {
    Asked {
        asker: Asker {
            name: name.into(),
            party: "social_org".into(),
            controller: "合肥市幸福里养老服务中心".into(),
            contact: "王主任 0551-6000-0066".into(),
        },
        purpose: "elder.care".into(),
        required: vec![asked("over_60", "true")],
        optional: vec![asked("name_masked", "欧阳*"), asked("phone_masked", ""), asked("building_no", "3")],
        sensitive: vec![sensitive()],
        notice: "幸福助餐想知道您的满没满 60 岁。安排助餐、上门照料等养老服务。".into(),
        changes: vec!["这次多问了：楼栋号。".into()],
        lengths: vec![length("7d", 7), length("1m", 30), length("6m", 181)],
        shown: "0a.0b".into(),
        offline: false,
    }
}

fn consent(chrome: Around<'_>, name: &str) -> ConsentPage {
    ConsentPage { chrome: chrome(None), action: "/consent/8c1e".into(), asked: asks(name) }
}

fn screen(chrome: Around<'_>, name: &str) -> DeviceAskPage {
    DeviceAskPage {
        chrome: chrome(None),
        action: "/device/8c1e".into(),
        asked: asks("幸福助餐"),
        code: "WDJB-MJHT".into(),
        name: Some(name.into()),
        asked_at: NOW - 120,
        here: false,
        network: "203.0.113.7".into(),
    }
}

fn sign_in_consent(chrome: Around<'_>) -> ConsentPage {
    let asked = Asked {
        purpose: "signin.basic".into(),
        required: Vec::new(),
        optional: vec![
            asked("is_resident", "true"),
            AskedClaim { coarser: Some("community_id".into()), ..asked("building_no", "340104-001") },
            AskedClaim {
                chosen: true,
                forms: vec![form("plate_masked", "皖A·**123"), form("plate_tail", "23")],
                ..asked("plate_masked", "皖A·**123")
            },
            asked("language", "zh-Hans"),
        ],
        sensitive: vec![AskedClaim { quiet_since: Some(NOW - 9 * DAY), ..sensitive() }],
        changes: Vec::new(),
        offline: true,
        ..asks("社区图书角")
    };
    ConsentPage { asked, ..consent(chrome, "社区图书角") }
}
