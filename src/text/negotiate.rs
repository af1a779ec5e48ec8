//! Which language a page is in: what the app asked for, then what the resident chose, then what the browser says.

use super::Locale;

/// Everything that may say something about the language of a page, in the order in which it is heard.
#[derive(Clone, Copy, Debug, Default)]
pub struct Preferences<'a> {
    /// `ui_locales` of the authorization request: tags separated by spaces (OIDC Core §3.1.2.1).
    pub ui_locales: Option<&'a str>,
    /// What the signed-in resident chose.
    pub resident: Option<&'a str>,
    /// The language cookie of this browser.
    pub cookie: Option<&'a str>,
    /// The `Accept-Language` header.
    pub accept_language: Option<&'a str>,
}

impl Preferences<'_> {
    /// The first preference that names a language we have; Simplified Chinese when none does.
    #[must_use]
    pub fn locale(&self) -> Locale {
        let asked = || self.ui_locales?.split_ascii_whitespace().find_map(Locale::from_tag);
        let chosen = || self.resident.and_then(Locale::from_tag);
        let kept = || self.cookie.and_then(Locale::from_tag);
        let heard = || self.accept_language.and_then(accept_language);

        asked().or_else(chosen).or_else(kept).or_else(heard).unwrap_or_default()
    }
}

/// Longer headers come from no browser; what is behind the limit is not looked at.
const LONGEST: usize = 20;

/// The best language of an `Accept-Language` header that we have (RFC 9110 §12.5.4): highest weight first, the
/// earlier one of equals, `*` is the source language, weight 0 is a no. Reads any text without complaint.
#[must_use]
pub fn accept_language(header: &str) -> Option<Locale> {
    let mut best: Option<(u16, Locale)> = None;
    for range in header.split(',').take(LONGEST) {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let locale = if tag == "*" { Some(Locale::default()) } else { Locale::from_tag(tag) };
        let (Some(locale), Some(weight)) = (locale, weight(parts.next())) else { continue };

        if weight > 0 && best.is_none_or(|(highest, _)| weight > highest) {
            best = Some((weight, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

/// `q=0.7` in thousandths; nothing is 1; `None` when it cannot be read.
fn weight(parameter: Option<&str>) -> Option<u16> {
    let Some(parameter) = parameter else { return Some(1000) };
    let (name, value) = parameter.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case("q") {
        return None;
    }
    let (whole, fraction) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    let well_formed = matches!(whole, "0" | "1") && fraction.len() <= 3 && fraction.bytes().all(|b| b.is_ascii_digit());
    if !well_formed {
        return None;
    }
    let thousandths: u16 = format!("{fraction:0<3}").parse().ok()?;
    Some(if whole == "1" { 1000 } else { thousandths })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chinese_is_simplified_chinese() {
        for header in ["zh", "zh-CN", "zh-TW;q=0.8", "zh-Hant-HK, en;q=0.9", "ZH_cn"] {
            assert_eq!(accept_language(header), Some(Locale::ZhHans), "{header}");
        }
    }

    #[test]
    fn the_highest_weight_wins_and_the_earlier_of_equals() {
        assert_eq!(accept_language("en;q=0.5, zh;q=0.8"), Some(Locale::ZhHans));
        assert_eq!(accept_language("de, en;q=0.7, zh;q=0.7"), Some(Locale::En));
        assert_eq!(accept_language("en-GB, zh"), Some(Locale::En));
    }

    #[test]
    fn a_weight_of_zero_is_a_no() {
        assert_eq!(accept_language("en;q=0, zh;q=0.1"), Some(Locale::ZhHans));
        assert_eq!(accept_language("en;q=0.000"), None);
    }

    #[test]
    fn nonsense_is_passed_over() {
        for header in ["", ",,,", ";;q", "en;q=2", "en;level=1", "fr, de", "en;q=0.1234", "\u{feff}"] {
            assert_eq!(accept_language(header), None, "{header}");
        }
        assert_eq!(accept_language("en;q=x, *;q=0.1"), Some(Locale::ZhHans));
    }

    #[test]
    fn the_order_of_preferences_is_kept() {
        let mut said = Preferences { accept_language: Some("en"), ..Preferences::default() };
        assert_eq!(said.locale(), Locale::En);
        said.cookie = Some("zh-Hans");
        assert_eq!(said.locale(), Locale::ZhHans);
        said.resident = Some("en");
        assert_eq!(said.locale(), Locale::En);
        said.ui_locales = Some("fr zh-CN en");
        assert_eq!(said.locale(), Locale::ZhHans);
        assert_eq!(Preferences::default().locale(), Locale::ZhHans);
    }
}
