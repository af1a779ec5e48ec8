//! Words for people: locale + key → sentence, and times in the community's own zone.
//!
//! The words stand in `locales/*.ftl` (Fluent) and are compiled in. `zh-Hans` is the source, `en` a translation of
//! meaning. An unknown key is shown as `⟦key⟧`; `tests/locales.rs` and `tests/pages.rs` see to it that nobody meets one.

mod calendar;
mod catalog;
mod names;
mod negotiate;

use fluent_bundle::{FluentArgs, FluentValue};

pub use calendar::Calendar;
pub use negotiate::{Preferences, accept_language};

/// A language that residents can read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// Simplified Chinese, the source language and the answer when nothing else is known.
    #[default]
    ZhHans,
    /// English.
    En,
}

impl Locale {
    /// Every locale, the source language first.
    pub const ALL: [Self; 2] = [Self::ZhHans, Self::En];

    /// The BCP 47 tag, as in `lang="…"`, in the cookie and in `claim language`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhHans => "zh-Hans",
            Self::En => "en",
        }
    }

    /// The locale that serves a BCP 47 tag: any `zh` is zh-Hans, any `en` is English, the rest is `None`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") {
            Some(Self::ZhHans)
        } else if language.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// The other language, for the switch in the head of each page.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::ZhHans => Self::En,
            Self::En => Self::ZhHans,
        }
    }
}

/// All sentences of one language. Copies cost nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    locale: Locale,
    about_another: bool,
}

impl Words {
    /// The sentences of `locale`.
    #[must_use]
    pub const fn of(locale: Locale) -> Self {
        Self { locale, about_another: false }
    }

    /// The same for a page about somebody else than its reader: where a sentence speaks of "you" and means the one the
    /// page is about, there is another of the same key with `about-` before it.
    #[must_use]
    pub const fn about_another(self) -> Self {
        Self { about_another: true, ..self }
    }

    /// Which language this is.
    #[must_use]
    pub const fn locale(self) -> Locale {
        self.locale
    }

    /// The sentence `key`, which has no variables.
    #[must_use]
    pub fn say(self, key: impl AsRef<str>) -> String {
        self.sentence(key.as_ref(), None)
    }

    /// The sentence `key` with one variable filled in.
    #[must_use]
    pub fn fill(self, key: &str, name: &'static str, value: impl Fill) -> String {
        let mut args = FluentArgs::with_capacity(1);
        args.set(name, value.value());
        self.sentence(key, Some(&args))
    }

    /// The sentence `key` with two variables filled in.
    #[must_use]
    pub fn fill2(self, key: &str, one: &'static str, a: impl Fill, two: &'static str, b: impl Fill) -> String {
        let mut args = FluentArgs::with_capacity(2);
        args.set(one, a.value());
        args.set(two, b.value());
        self.sentence(key, Some(&args))
    }

    /// The sentence `key` with any number of variables.
    #[must_use]
    pub fn fill_all(self, key: &str, values: &[(&'static str, &dyn Fill)]) -> String {
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.value())).collect();
        self.sentence(key, Some(&args))
    }

    /// Whether the language has the sentence `key`.
    #[must_use]
    pub fn has(self, key: &str) -> bool {
        catalog::bundle(self.locale).has_message(key)
    }

    fn sentence(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let other = self.about_another.then(|| format!("about-{key}")).filter(|other| self.has(other));
        let key = other.as_deref().unwrap_or(key);
        catalog::format(self.locale, key, args).unwrap_or_else(|| format!("⟦{key}⟧"))
    }
}

/// What may be filled into a sentence: words, and whole numbers (which choose plurals and get their commas).
pub trait Fill {
    /// The value as Fluent wants it.
    fn value(&self) -> FluentValue<'_>;
}

impl Fill for str {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl Fill for String {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

impl<T: Fill + ?Sized> Fill for &T {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}

macro_rules! fill_numbers {
    ($($number:ty),+) => {
        $(impl Fill for $number {
            fn value(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        })+
    };
}

fill_numbers!(i64, u64, u32, usize);
