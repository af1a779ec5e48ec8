//! Contrasts and sizes, computed from the tokens of the style sheet (WCAG 2.2 §1.4.3, §1.4.11, §2.5.8).

use std::collections::BTreeMap;
use std::fs;

type Tokens = BTreeMap<String, String>;

/// Text colour, ground, and the least ratio between them.
const PAIRS: &[(&str, &str, f64)] = &[
    ("ink", "paper", 7.0),
    ("ink", "sheet", 7.0),
    ("ink", "sunk", 7.0),
    ("ink", "pine-soft", 7.0),
    ("ink", "seal-soft", 7.0),
    ("ink", "amber-soft", 7.0),
    ("ink-2", "paper", 4.5),
    ("ink-2", "sheet", 4.5),
    ("ink-2", "sunk", 4.5),
    ("pine", "paper", 4.5),
    ("pine", "sheet", 4.5),
    ("pine", "pine-soft", 4.5),
    ("pine", "sunk", 4.5),
    ("on-pine", "pine", 4.5),
    ("seal", "paper", 4.5),
    ("seal", "sheet", 4.5),
    ("line-strong", "paper", 3.0),
    ("line-strong", "sheet", 3.0),
    ("line-strong", "sunk", 3.0),
    ("amber", "paper", 3.0),
    ("amber", "amber-soft", 3.0),
    ("focus", "paper", 3.0),
    ("focus", "sheet", 3.0),
    ("focus", "pine-soft", 3.0),
];

#[test]
fn every_contrast_is_enough_in_the_light_and_in_the_dark() {
    let light = tokens(":root {");
    let mut dark = light.clone();
    dark.extend(tokens("prefers-color-scheme: dark"));
    assert_ne!(light["paper"], dark["paper"]);
    for (theme, tokens) in [("light", light), ("dark", dark)] {
        for (text, ground, least) in PAIRS {
            let ratio = contrast(&tokens[*text], &tokens[*ground]);
            assert!(ratio >= *least, "{text} on {ground} in the {theme}: {ratio:.2}, {least} is needed");
        }
    }
}

#[test]
fn targets_and_type_are_large_enough() {
    let standard = tokens(":root {");
    let large = tokens("[data-mode=\"large\"] {");
    assert!(rem(&standard["target"]) >= 44.0 && rem(&large["target"]) >= 60.0);
    assert!(rem(&standard["text"]) >= 17.0 && rem(&standard["small"]) >= 15.0);
    assert!(rem(&large["text"]) >= 18.0 && rem(&large["small"]) >= 18.0 && rem(&large["title"]) >= 30.0);
}

#[test]
fn lines_have_room_between_them() {
    let css = fs::read_to_string("assets/style.css").unwrap();
    let rules = css.split('}').filter_map(|rule| rule.split_once('{'));
    let mut seen = 0;
    for (selector, declarations) in rules {
        for declaration in declarations.split(';').map(str::trim) {
            let height = declaration.strip_prefix("line-height:").or_else(|| {
                let font = declaration.strip_prefix("font:")?;
                font.split_once('/').and_then(|(_, rest)| rest.split(' ').next())
            });
            let Some(height) = height.and_then(|height| height.trim().parse::<f64>().ok()) else { continue };
            seen += 1;
            // The one letter on an app's tile has no second line.
            let least = if selector.trim() == ".tile" { 1.0 } else { 1.3 };
            assert!(height >= least, "{selector} has lines {height} apart");
        }
    }
    assert!(seen > 8, "the test no longer finds what it measures");
}

#[test]
fn the_type_sizes_that_are_drawn_are_tokens() {
    let css = fs::read_to_string("assets/style.css").unwrap();
    let rules = css.split("/* The ground */").nth(1).unwrap();
    for size in rules.split("font-size:").skip(1).map(|rest| rest.split([';', '}']).next().unwrap().trim()) {
        // The words of a chart are part of a drawing, and measured as they come out in tests/browser/rules.mjs.
        assert!(size.starts_with("var(--") || ["16px", "18px", "1.1em", "1em"].contains(&size), "font-size: {size}");
    }
}

#[test]
fn rules_use_tokens_and_no_colours_of_their_own() {
    let css = fs::read_to_string("assets/style.css").unwrap();
    let rules = css.split("/* The ground */").nth(1).expect("the rules begin with the ground");
    let own = rules.split('#').skip(1).any(|rest| rest.chars().take(3).all(|c| c.is_ascii_hexdigit()));
    assert!(!own && !rules.contains("rgb(") && !rules.contains("gradient("));
}

/// The tokens of the first block after `start`.
fn tokens(start: &str) -> Tokens {
    let css = fs::read_to_string("assets/style.css").unwrap();
    let block = css.split(start).nth(1).unwrap().split("\n}").next().unwrap();
    let lines = block.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
    lines.map(|(name, value)| (name.to_owned(), value.split(';').next().unwrap().trim().to_owned())).collect()
}

fn rem(value: &str) -> f64 {
    value.strip_suffix("rem").unwrap().parse::<f64>().unwrap() * 16.0
}

fn contrast(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
