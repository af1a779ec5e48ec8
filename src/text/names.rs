//! Names of codes: claims, fields, purposes, refusal reasons. A code without a name is shown as it is.

use super::{Fill, Words};

impl Words {
    /// What a claim or raw field is called: "车牌号（打码）".
    #[must_use]
    pub fn claim(self, name: &str) -> String {
        self.named("claim", name)
    }

    /// What a claim tells, and what it does not tell, in one sentence; empty when there is nothing to add.
    #[must_use]
    pub fn claim_note(self, name: &str) -> String {
        self.named_or("claim-note", name, "")
    }

    /// Why an app needs a sensitive claim, in one sentence.
    #[must_use]
    pub fn claim_need(self, name: &str) -> String {
        self.named_or("claim-need", name, "")
    }

    /// What could go wrong when a sensitive claim gets about, in one sentence.
    #[must_use]
    pub fn claim_risk(self, name: &str) -> String {
        self.named_or("claim-risk", name, "")
    }

    /// The value of a claim or raw field as people write it: `true` is "是", building `3` is "3 栋".
    #[must_use]
    pub fn value(self, name: &str, raw: &str) -> String {
        let code = key(&format!("value-{name}-"), raw);
        if self.has(&code) {
            return self.say(code);
        }
        let pattern = key("value-", name);
        // Some rosters number their buildings, some name them: a name needs no "栋" after it.
        if self.has(&pattern) && raw.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.fill(&pattern, "value", raw);
        }
        match raw {
            "true" => self.say("value-true"),
            "false" => self.say("value-false"),
            other => other.to_owned(),
        }
    }

    /// A value that stands alone, without its label: "是本小区居民", "皖A·**123".
    #[must_use]
    pub fn fact(self, name: &str, raw: &str) -> String {
        let code = key(&format!("fact-{name}-"), raw);
        let pattern = key("fact-", name);
        if self.has(&code) {
            self.say(code)
        } else if self.has(&pattern) {
            self.fill(&pattern, "value", raw)
        } else {
            self.value(name, raw)
        }
    }

    /// What a raw field is called: "车牌号".
    #[must_use]
    pub fn field(self, name: &str) -> String {
        self.named("field", name)
    }

    /// A purpose in two or three words: "预约车位".
    #[must_use]
    pub fn purpose(self, code: &str) -> String {
        self.named("purpose", code)
    }

    /// A purpose in one sentence.
    #[must_use]
    pub fn purpose_why(self, code: &str) -> String {
        self.named_or("purpose-why", code, "")
    }

    /// What a resident does instead who says no to a purpose.
    #[must_use]
    pub fn purpose_instead(self, code: &str) -> String {
        self.named_or("purpose-instead", code, &self.say("consent-instead"))
    }

    /// Why a read was refused, to the resident whose data it was about.
    #[must_use]
    pub fn reason(self, code: &str) -> String {
        self.named_or("reason", code, &self.say("reason-other"))
    }

    /// What kind of body stands behind an app: "物业公司".
    #[must_use]
    pub fn party(self, kind: &str) -> String {
        self.named("party", kind)
    }

    /// A law, or a contract, that somebody rests on.
    #[must_use]
    pub fn law(self, code: &str) -> String {
        self.named("law", code)
    }

    /// What is done without asking, in a few words.
    #[must_use]
    pub fn basis(self, code: &str) -> String {
        self.named("basis", code)
    }

    /// Why that is done, in one sentence.
    #[must_use]
    pub fn basis_why(self, code: &str) -> String {
        self.named_or("basis-why", code, "")
    }

    /// How long what comes of it is kept.
    #[must_use]
    pub fn basis_kept(self, code: &str) -> String {
        self.named_or("basis-kept", code, "")
    }

    /// "3 个月"
    #[must_use]
    pub fn months(self, number: impl Fill) -> String {
        self.fill("time-months", "count", number)
    }

    fn named(self, family: &str, code: &str) -> String {
        self.named_or(family, code, code)
    }

    fn named_or(self, family: &str, code: &str, otherwise: &str) -> String {
        let key = key(&format!("{family}-"), code);
        if self.has(&key) { self.say(key) } else { otherwise.to_owned() }
    }
}

/// Fluent identifiers have no dots: `purpose-` + `parking.book` is `purpose-parking-book`.
fn key(prefix: &str, code: &str) -> String {
    let allowed = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    prefix.chars().chain(code.chars().map(allowed)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Locale;
    use super::*;

    #[test]
    fn values_are_said_as_people_write_them() {
        let (zh, en) = (Words::of(Locale::ZhHans), Words::of(Locale::En));
        assert_eq!(zh.value("is_resident", "true"), "是");
        assert_eq!(en.value("over_60", "false"), "No");
        assert_eq!(zh.value("building_no", "3"), "3 栋");
        assert_eq!(zh.value("building_no", "牡丹苑"), "牡丹苑");
        assert_eq!(zh.value("plate_masked", "皖A·**123"), "皖A·**123");
        assert_eq!(zh.value("language", "zh-Hans"), "中文");
        assert_eq!(zh.fact("is_resident", "true"), "是本小区居民");
        assert_eq!(zh.fact("community_id", "340104-001"), "小区编号 340104-001");
        assert_eq!(en.fact("plate_masked", "皖A·**123"), "皖A·**123");
    }

    #[test]
    fn a_code_without_a_name_is_shown_as_it_is() {
        let zh = Words::of(Locale::ZhHans);
        assert_eq!(zh.claim("shoe_size"), "shoe_size");
        assert_eq!(zh.purpose("a.b c"), "a.b c");
        assert_eq!(zh.reason("a_new_reason"), zh.say("reason-other"));
    }
}
