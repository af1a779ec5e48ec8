//! The Fluent files, parsed once. A faulty line is left out here and found by `tests/locales.rs`.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::Locale;

type Bundle = FluentBundle<FluentResource>;

static ZH_HANS: LazyLock<Bundle> = LazyLock::new(|| filled(Locale::ZhHans, include_str!("../../locales/zh-Hans.ftl")));

static EN: LazyLock<Bundle> = LazyLock::new(|| filled(Locale::En, include_str!("../../locales/en.ftl")));

/// The sentences of `locale`.
pub fn bundle(locale: Locale) -> &'static Bundle {
    match locale {
        Locale::ZhHans => &ZH_HANS,
        Locale::En => &EN,
    }
}

/// The sentence, or nothing when the key or one of its variables is unknown.
pub fn format(locale: Locale, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    let bundle = bundle(locale);
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let sentence = bundle.format_pattern(pattern, args, &mut errors).into_owned();
    errors.is_empty().then_some(sentence)
}

fn filled(locale: Locale, source: &str) -> Bundle {
    let language: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // No invisible marks around values: they would end up in copied names and in tests.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(grouped(number.value)),
        _ => None,
    }));
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, _)| rest);
    bundle.add_resource_overriding(resource);
    bundle
}

/// Whole numbers with a comma for each thousand. Numbers of people and entries stay far below 2^53.
fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::with_capacity(digits.len() + 6);
    if number < 0.0 {
        text.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_get_a_comma() {
        let shown: Vec<String> = [0.0, 7.0, 999.0, 1204.0, 1_000_000.0, -1204.0].map(grouped).into();
        assert_eq!(shown, ["0", "7", "999", "1,204", "1,000,000", "-1,204"]);
    }
}
