//! The words of the app, in two languages.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// Everything the pages say in one language.
pub struct Words {
    /// The language tag of the pages, and what we tell Latchkey to speak.
    pub locale: &'static str,
    pub name: &'static str,
    pub tagline: &'static str,
    pub lead: &'static str,
    pub asks: &'static str,
    pub go: &'static str,
    pub keeps: &'static str,
    pub hello: &'static str,
    pub booked: &'static str,
    pub read_now: &'static str,
    /// With `{}` for the number.
    pub position: &'static str,
    pub called: &'static str,
    pub until: &'static str,
    pub left_out: &'static str,
    pub again: &'static str,
    pub leave: &'static str,
    pub stopped: &'static str,
    pub declined: &'static str,
    pub counter: &'static str,
    pub trouble: &'static str,
    pub yes: &'static str,
    claims: [(&'static str, &'static str); 3],
    community: (&'static str, &'static str),
    reasons: [(&'static str, &'static str); 4],
    other_reason: &'static str,
}

impl Words {
    /// What a claim is called.
    pub fn claim(&self, name: &str) -> &'static str {
        self.claims.iter().chain([&self.community]).find(|(known, _)| *known == name).map_or("", |(_, said)| *said)
    }

    /// All claims that we ask for, with what they are called.
    pub fn claims(&self) -> &[(&'static str, &'static str)] {
        &self.claims
    }

    /// Why a read was refused, as a sentence.
    pub fn reason(&self, reason: &str) -> &'static str {
        self.reasons.iter().find(|(known, _)| *known == reason).map_or(self.other_reason, |(_, said)| *said)
    }
}

/// Chinese, unless the browser asks first for a language that is not.
pub fn of(headers: &HeaderMap) -> &'static Words {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("zh");
    if asked.trim_start().to_lowercase().starts_with("en") { &EN } else { &ZH }
}

const ZH: Words = Words {
    locale: "zh-Hans",
    name: "阳光停车",
    tagline: "锦绣花园南门停车场",
    lead: "预约车位，不用报姓名，也不用报手机号。",
    asks: "我们只向您的门钥问三件事。除了社区规定必需的，给不给由您一项一项地定：",
    go: "用门钥预约车位",
    keeps: "我们不保存这些信息，每次用到都重新问一次；每一次，您都能在“谁看过我的信息”里看到。",
    hello: "车位已为您留好",
    booked: "A 区 17 号，今天 18:00 起",
    read_now: "刚刚从您的门钥读到",
    position: "这次读取是访客簿第 {} 条",
    called: "我们这样认您，别的应用认的是另一个编号：",
    until: "授权到",
    left_out: "您没有给",
    again: "再读一次",
    leave: "离开",
    stopped: "我们现在看不到您的任何信息",
    declined: "您没有同意，我们什么也没有看到。",
    counter: "车位照样可以约：到南门岗亭登记，或拨打 0551-6000-1234。",
    trouble: "和门钥没有接上，请稍后再试。",
    yes: "是",
    claims: [("is_resident", "是不是本小区居民"), ("plate_masked", "车牌号（隐去一部分）"), ("building_no", "楼栋")],
    community: ("community_id", "小区（楼里户数少，不给到楼栋）"),
    reasons: [
        ("consent_withdrawn", "您已经停止了授权。从那一刻起，我们的每一次读取都会被拒绝。"),
        ("consent_expired", "授权已经到期。要继续，请再同意一次。"),
        ("consent_missing", "没有有效的授权。"),
        ("token_ended", "这次登录已经结束。"),
    ],
    other_reason: "门钥拒绝了这次读取。",
};

const EN: Words = Words {
    locale: "en",
    name: "Sunshine Parking",
    tagline: "South gate, Jinxiu Garden",
    lead: "Book a space without your name and without your phone number.",
    asks: "We ask your Latchkey three things. Beyond what the community calls necessary, it is up to you, one by one:",
    go: "Book with Latchkey",
    keeps: "We keep none of it and ask again each time we need it; each time shows in your visitors’ book.",
    hello: "Your space is reserved",
    booked: "A-17, today from 18:00",
    read_now: "Read from your Latchkey just now",
    position: "This read is entry {} of the visitors’ book",
    called: "We know you by this; other apps know you by another:",
    until: "You agreed until",
    left_out: "You did not give",
    again: "Read again",
    leave: "Leave",
    stopped: "We can see nothing about you now",
    declined: "You did not agree, and we have seen nothing.",
    counter: "You can still park: ask at the south gate, or call 0551-6000-1234.",
    trouble: "We cannot reach Latchkey. Please try again later.",
    yes: "yes",
    claims: [
        ("is_resident", "whether you live here"),
        ("plate_masked", "number plate, partly hidden"),
        ("building_no", "building"),
    ],
    community: ("community_id", "community (too few flats to name the building)"),
    reasons: [
        ("consent_withdrawn", "You have stopped our access. Since that moment every read of ours is refused."),
        ("consent_expired", "Your agreement has run out. To go on, agree again."),
        ("consent_missing", "There is no agreement in force."),
        ("token_ended", "This sign-in has ended."),
    ],
    other_reason: "Latchkey refused this read.",
};
