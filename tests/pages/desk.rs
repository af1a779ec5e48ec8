//! The console of the service centre, on a morning at the desk.

use askama::Template;
use latchkey::emergency::Waiting;
use latchkey::http::pages::desk::*;
use latchkey::http::pages::{
    AskedLength, AtDeskDonePage, AtDeskPage, Chrome, DeskRow, MyDeskPage, RegainPage, Tab, UnderWay,
};
use latchkey::people::Role;

use super::sample::{Around, DAY, NOW};

/// What stands around a page of the console.
fn frame(chrome: Around<'_>, place: Place) -> Frame {
    Frame { chrome: chrome(None), name: "王敏".into(), role: Some(Role::Staff), place: Some(place) }
}

fn outside(chrome: Around<'_>) -> Frame {
    Frame { chrome: chrome(None), name: String::new(), role: None, place: None }
}

/// Every page of the console, by name.
pub fn pages(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let sign_in = |ended| ConsoleSignInPage {
        frame: outside(chrome),
        ended,
        begin: "/desk/sign-in/begin".into(),
        finish: "/desk/sign-in/finish?next=%2Fdesk".into(),
    };
    let invitation = |role| ConsoleInvitationPage {
        frame: outside(chrome),
        name: "王敏".into(),
        role,
        until: NOW + 7 * DAY,
        begin: "/desk/invitation/hXo3…/begin".into(),
        finish: "/desk/invitation/hXo3…/finish".into(),
    };
    let home = |role, nobody, waiting: Vec<WitnessRow>| ConsoleHomePage {
        frame: Frame { role: Some(role), ..frame(chrome, Place::Home) },
        nobody,
        emergencies: Waiting { asked: 1, to_review: u64::from(!nobody), overdue: u64::from(nobody) },
        waiting,
        tallies: vec![
            TallyRow { name: "王敏".into(), counts: [41, 0, 12, 2, 1] },
            TallyRow { name: "李强".into(), counts: [60, 3, 8, 0, 0] },
        ],
    };
    let witness = WitnessRow { doing: doing("enrol", ActState::Waiting), who: who(), staff: "李强".into() };
    let mut pages = vec![
        ("desk-sign-in", sign_in(false).render().unwrap()),
        ("desk-sign-in-ended", sign_in(true).render().unwrap()),
        ("desk-invitation", invitation(Role::Staff).render().unwrap()),
        ("desk-invitation-auditor", invitation(Role::Auditor).render().unwrap()),
        ("desk-home", home(Role::Staff, false, vec![witness]).render().unwrap()),
        ("desk-home-nobody", home(Role::Staff, true, Vec::new()).render().unwrap()),
        ("desk-home-auditor", home(Role::Auditor, false, Vec::new()).render().unwrap()),
    ];
    pages.extend(counter(chrome));
    pages.extend(sealed_records(chrome));
    pages.extend(acts(chrome));
    pages.extend(paper(chrome));
    pages.extend(at_home(chrome));
    pages.extend(super::emergency::pages(chrome));
    pages.extend(super::transparency::pages(chrome));
    pages
}

fn who() -> Found {
    Found { sitting: "3c1e".into(), name: "王*".into(), year: "1944".into(), flat: "3-2-101".into() }
}

fn doing(kind: &'static str, state: ActState) -> Doing {
    let notice =
        "“阳光停车”（合肥市阳光停车有限公司）为了“停车查询与预约”，想看您的：在本社区居住。最长 3 个月，随时能停。";
    let consent = kind == "consent";
    Doing {
        id: "8f20".into(),
        kind,
        app: if consent { "阳光停车".into() } else { String::new() },
        notice: consent.then(|| notice.into()),
        claims: if consent { vec!["is_resident".into()] } else { Vec::new() },
        state,
        until: NOW + DAY,
    }
}

const SVG: &str = "<svg viewBox=\"0 0 10 10\"><rect width=\"10\" height=\"10\"/></svg>";

fn counter(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let may_ask = || MayAsk { client: "sunshine".into(), name: "阳光停车".into(), purpose: "parking.book".into() };
    let sitting = |enrolled, card, recovering| SittingPage {
        frame: frame(chrome, Place::Home),
        who: who(),
        enrolled,
        card,
        recovering,
        erases_at: recovering.then_some(NOW + 5 * DAY),
        sealing: recovering,
        evidence: vec!["death_certificate", "household_cancelled", "court_declared"],
        may_ask: vec![may_ask()],
        undoable: vec![("8f20".into(), "同意“阳光停车”使用信息".into())],
    };
    let agree = AgreePage {
        frame: frame(chrome, Place::Home),
        who: who(),
        asks: may_ask(),
        controller: "合肥市阳光停车有限公司".into(),
        contact: "王主任 0551-6000-0066".into(),
        required: vec!["is_resident".into()],
        kept: vec!["building_no".into()],
        party: "company",
        optional: vec!["plate_masked".into(), "building_no".into()],
        lengths: vec![
            AskedLength { code: "7d".into(), until: NOW + 7 * DAY, chosen: false },
            AskedLength { code: "3m".into(), until: NOW + 90 * DAY, chosen: true },
        ],
    };
    let recovery = |ready: bool, own: bool| RecoveryRow {
        id: "77aa".into(),
        name: "张*".into(),
        flat: "3-2-502".into(),
        begun_by: "王敏".into(),
        begun_at: NOW - DAY,
        seconded_by: (!own).then(|| "李强".into()),
        ready_at: (!own).then_some(NOW + DAY),
        ready,
        own,
    };
    let recoveries = |rows| RecoveriesPage { frame: frame(chrome, Place::Recoveries), rows, hours: 72 };
    let found = FoundPage { frame: frame(chrome, Place::Home), people: vec![who(), who()] };
    vec![
        ("desk-found", found.render().unwrap()),
        ("desk-sitting", sitting(true, true, false).render().unwrap()),
        ("desk-sitting-new", sitting(false, false, false).render().unwrap()),
        ("desk-sitting-recovering", sitting(true, false, true).render().unwrap()),
        ("desk-agree", agree.render().unwrap()),
        ("desk-recoveries", recoveries(vec![recovery(true, false), recovery(false, true)]).render().unwrap()),
        ("desk-recoveries-none", recoveries(Vec::new()).render().unwrap()),
    ]
}

fn acts(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let act = |doing: Doing, wrong: Option<&str>| ActPage {
        frame: frame(chrome, Place::Home),
        who: who(),
        qr: (doing.kind == "consent").then(|| SVG.into()),
        link: "https://latchkey.example/at-desk/hXo3".into(),
        card: doing.state == ActState::Waiting,
        witness: doing.kind == "enrol",
        wrong: wrong.map(str::to_owned),
        may_link: doing.kind == "enrol" && doing.state == ActState::Done,
        may_issue: doing.kind == "card" && doing.state == ActState::Done,
        way: Some("witness"),
        doing,
    };
    vec![
        ("desk-act", act(doing("consent", ActState::Waiting), None).render().unwrap()),
        ("desk-act-wrong", act(doing("consent", ActState::Waiting), Some("数字不对")).render().unwrap()),
        ("desk-act-witness", act(doing("enrol", ActState::Waiting), None).render().unwrap()),
        ("desk-act-enrol", act(doing("enrol", ActState::Done), None).render().unwrap()),
        ("desk-act-card", act(doing("card", ActState::Done), None).render().unwrap()),
        ("desk-act-undone", act(doing("consent", ActState::Undone), None).render().unwrap()),
        ("desk-act-nothing", act(doing("consent", ActState::Nothing), None).render().unwrap()),
    ]
}

fn paper(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let link = LinkPage {
        frame: frame(chrome, Place::Home),
        name: "王*".into(),
        flat: "3-2-101".into(),
        qr: SVG.into(),
        link: "https://latchkey.example/invitation/hXo3".into(),
        until: NOW + 600,
        back: "/desk/acts/8f20".into(),
    };
    let card = CardPage {
        frame: frame(chrome, Place::Home),
        name: "王*".into(),
        code: "7K2M-Q8ZD-1R4T".into(),
        qr: SVG.into(),
        back: "/desk/sitting/3c1e".into(),
    };
    let receipt = ReceiptPage {
        frame: frame(chrome, Place::Home),
        who: who(),
        doing: doing("consent", ActState::Done),
        way: "card",
        staff: "王敏".into(),
        at: NOW,
        qr: SVG.into(),
        link: "https://latchkey.example/verify/hXo3".into(),
    };
    vec![
        ("desk-link", link.render().unwrap()),
        ("desk-card", card.render().unwrap()),
        ("desk-receipt", receipt.render().unwrap()),
    ]
}

fn at_home(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let at_desk = |kind| AtDeskPage {
        chrome: chrome(None),
        doing: doing(kind, ActState::Waiting),
        values: if kind == "consent" { vec![("is_resident".into(), "true".into())] } else { Vec::new() },
        staff: "王敏".into(),
        action: "/at-desk/hXo3".into(),
        begin: "/at-desk/hXo3/begin".into(),
    };
    let done = |agreed| AtDeskDonePage { chrome: chrome(None), agreed }.render().unwrap();
    let row = |may_undo| DeskRow { doing: doing("consent", ActState::Done), at: NOW, staff: "王敏".into(), may_undo };
    let mine = |rows, recovery| MyDeskPage { chrome: chrome(Some(Tab::Mine)), rows, recovery };
    let under_way = UnderWay { id: "77aa".into(), at: NOW, ready_at: Some(NOW + 3 * DAY) };
    let regain = RegainPage {
        chrome: Chrome { signed_in: false, ..chrome(None) },
        name: "王*".into(),
        begin: "/regain/hXo3/begin".into(),
        finish: "/regain/hXo3/finish".into(),
    };
    vec![
        ("at-desk", at_desk("consent").render().unwrap()),
        ("at-desk-card", at_desk("card").render().unwrap()),
        ("at-desk-done", done(true)),
        ("at-desk-not-done", done(false)),
        ("my-desk", mine(vec![row(true), row(false)], Some(under_way)).render().unwrap()),
        ("my-desk-none", mine(Vec::new(), None).render().unwrap()),
        ("regain", regain.render().unwrap()),
        ("desk-guardians", guardians(chrome)),
    ]
}

fn guardians(chrome: Around<'_>) -> String {
    let row = GuardianRow {
        id: "0a".into(),
        child: "赵*".into(),
        guardian: "赵*".into(),
        relation: "parent".into(),
        asked_at: 1_767_000_000,
        until: 1_900_000_000,
    };
    let papers = vec!["household-register", "birth-certificate"];
    GuardiansPage { frame: frame(chrome, Place::Guardians), rows: vec![row], papers }.render().unwrap()
}

/// Records of residents who died.
fn sealed_records(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let sealed = |confirmed: bool, is_final: bool, own: bool| SealingRow {
        id: "5ea1".into(),
        name: "孙*".into(),
        flat: "3-1-201".into(),
        evidence: "death_certificate",
        asked_by: "王敏".into(),
        asked_at: NOW - DAY,
        confirmed_by: confirmed.then(|| "李强".into()),
        final_at: confirmed.then_some(NOW + 6 * DAY),
        is_final,
        own,
        lift_asked_by: is_final.then(|| "李强".into()),
        own_lift: own,
    };
    let sealings = |rows| SealingsPage { frame: frame(chrome, Place::Sealings), rows };
    let rows = vec![
        sealed(false, false, false),
        sealed(false, false, true),
        sealed(true, false, false),
        sealed(true, true, true),
        sealed(true, true, false),
    ];
    vec![
        ("desk-sealings", sealings(rows).render().unwrap()),
        ("desk-sealings-none", sealings(Vec::new()).render().unwrap()),
    ]
}
