//! Every page, with sample data, in both languages and both sizes: well formed, accessible in the plain ways, and no
//! word missing. `LATCHKEY_PAGES=folder cargo test --test pages` also writes them there, with their assets, to look at.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod cases;
mod contrast;
mod desk;
mod desk_cases;
mod desk_reviews;
mod emergency;
mod erasure;
mod family;
mod kept;
mod paper;
mod rights;
mod sample;
mod transparency;
mod values;
mod witnesses;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use latchkey::http::pages::Mode;
use latchkey::text::Locale;

/// Every page: language, size, name, HTML.
fn every_page() -> Vec<(Locale, Mode, &'static str, String)> {
    let mut pages = Vec::new();
    for locale in Locale::ALL {
        for mode in [Mode::Standard, Mode::Large] {
            pages.extend(sample::pages(locale, mode).into_iter().map(|(name, html)| (locale, mode, name, html)));
        }
    }
    pages
}

fn on_every_page(check: impl Fn(&str) -> Result<(), String>) {
    for (locale, mode, name, html) in every_page() {
        if let Err(wrong) = check(&html) {
            panic!("{name} in {locale:?}, {mode:?}: {wrong}");
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "who wants to look names the folder")]
fn every_page_can_be_looked_at() {
    let Some(folder) = std::env::var_os("LATCHKEY_PAGES") else { return };
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("assets")).unwrap();
    for asset in fs::read_dir("assets").unwrap() {
        let asset = asset.unwrap().path();
        fs::copy(&asset, folder.join("assets").join(asset.file_name().unwrap())).unwrap();
    }
    for (locale, mode, name, html) in every_page() {
        let html = html.replace("\"/assets/", "\"assets/");
        fs::write(folder.join(format!("{name}.{}.{}.html", locale.tag(), mode.code())), html).unwrap();
    }
}

#[test]
fn no_word_is_missing_on_any_page() {
    on_every_page(|html| (!html.contains('⟦')).then_some(()).ok_or_else(|| around(html, '⟦')));
}

#[test]
fn every_page_has_one_heading_one_main_a_title_and_its_language() {
    on_every_page(|html| {
        for (what, count) in [("<h1", 1), ("<main", 1), ("<title>", 1), ("<html lang=\"", 1), ("class=\"skip\"", 1)] {
            let found = html.matches(what).count();
            if found != count {
                return Err(format!("{found} times {what}"));
            }
        }
        Ok(())
    });
    for (locale, mode, name, html) in every_page() {
        let start = format!("<html lang=\"{}\" data-mode=\"{}\">", locale.tag(), mode.code());
        assert!(html.contains(&start), "{name}");
    }
}

#[test]
fn no_page_has_inline_script_or_style() {
    on_every_page(|html| {
        let tags = tags(html);
        let inline = tags.iter().find(|tag| {
            let name = tag.split([' ', '>']).next().unwrap_or_default();
            name == "style"
                || name == "script" && !tag.contains("src=\"/assets/")
                || attributes(tag).iter().any(|(name, value)| {
                    name == "style" || name.starts_with("on") || value.trim_start().starts_with("javascript:")
                })
        });
        inline.map_or(Ok(()), |tag| Err(tag.clone()))
    });
}

#[test]
fn every_form_posts_with_its_proof() {
    on_every_page(|html| {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            let open = form.split('>').next().unwrap();
            // What only looks changes nothing, and needs no proof: its token would stand in the address.
            if open.contains("method=\"get\"") && open.contains("action=\"/") && !form.contains("name=\"csrf\"") {
                continue;
            }
            if !open.contains("method=\"post\"") || !open.contains("action=\"/") {
                return Err(format!("<form{open}>"));
            }
            if form.matches("name=\"csrf\"").count() != 1 {
                return Err(format!("no csrf in <form{open}>"));
            }
        }
        Ok(())
    });
}

#[test]
fn every_field_has_its_label_and_every_button_its_name() {
    on_every_page(|html| {
        for tag in tags(html).iter().filter(|tag| tag.starts_with("input ")) {
            let fields = attributes(tag);
            let of = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
            let hidden = of("type") == Some("hidden");
            let labelled = of("id").is_some_and(|id| html.contains(&format!("<label for=\"{id}\"")));
            let inside =
                html.split("<label").skip(1).any(|label| label.split("</label>").next().unwrap().contains(tag));
            if !(hidden || labelled || inside) {
                return Err(format!("<{tag}> has no label"));
            }
        }
        for button in html.split("<button").skip(1) {
            let button = button.split("</button>").next().unwrap();
            let words = button.split_once('>').unwrap().1;
            if words.trim().is_empty() && !button.contains("aria-label=\"") {
                return Err(format!("<button{button}"));
            }
        }
        Ok(())
    });
}

#[test]
fn ids_are_unique_and_what_points_to_them_finds_them() {
    on_every_page(|html| {
        let all: Vec<(String, String)> = tags(html).iter().flat_map(|tag| attributes(tag)).collect();
        let ids: Vec<&String> = all.iter().filter(|(name, _)| name == "id").map(|(_, value)| value).collect();
        let known: BTreeSet<&str> = ids.iter().map(|id| id.as_str()).collect();
        if known.len() != ids.len() {
            return Err(format!("an id twice in {ids:?}"));
        }
        let pointers = ["for", "aria-labelledby", "aria-describedby"];
        let pointed = all.iter().filter(|(name, _)| pointers.contains(&name.as_str()));
        let lost = pointed.flat_map(|(_, value)| value.split(' ')).find(|id| !known.contains(id));
        lost.map_or(Ok(()), |id| Err(format!("nothing has the id {id}")))
    });
}

#[test]
fn tags_are_closed_in_their_order() {
    on_every_page(|html| {
        let mut open: Vec<String> = Vec::new();
        for tag in tags(html) {
            let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or_default().to_owned();
            let void = ["meta", "link", "input", "br", "wbr", "img", "!doctype"].contains(&name.as_str())
                || tag.ends_with('/');
            if tag.starts_with('/') {
                let last = open.pop();
                if last.as_ref() != Some(&name) {
                    return Err(format!("</{name}> closes {last:?}"));
                }
            } else if !void {
                open.push(name);
            }
        }
        if open.is_empty() { Ok(()) } else { Err(format!("never closed: {open:?}")) }
    });
}

#[test]
fn values_from_outside_are_escaped() {
    let html = sample::hostile();
    assert!(!html.contains("<b>x</b>") && !html.contains("\"onclick="), "{html}");
}

#[test]
fn yes_and_no_weigh_the_same() {
    for locale in Locale::ALL {
        let pages = sample::pages(locale, Mode::Standard);
        for (_, html) in pages.iter().filter(|(name, _)| ["consent", "device-ask"].contains(name)) {
            let decide = html.split("class=\"choice decide\"").nth(1).unwrap().split("</div>").next().unwrap();
            let classes: Vec<&str> =
                decide.split("<button class=\"").skip(1).map(|b| b.split('"').next().unwrap()).collect();
            assert_eq!(classes, ["button", "button"], "same class, so same size and colour");
            assert!(!decide.contains("autofocus"));
        }
    }
}

#[test]
fn nothing_optional_is_agreed_to_beforehand() {
    let pages = sample::pages(Locale::ZhHans, Mode::Standard);
    let (_, html) = pages.iter().find(|(name, _)| *name == "consent").unwrap();
    let switches: Vec<String> = tags(html).into_iter().filter(|tag| tag.contains("name=\"claim\"")).collect();
    assert_eq!(switches.len(), 2, "two claims can be chosen, the sensitive one is asked on its own: {switches:?}");
    assert!(switches.iter().all(|tag| !tag.contains(" checked")), "{switches:?}");
}

/// What stands between `<` and `>`, comments left out.
fn tags(html: &str) -> Vec<String> {
    let starts = html.split('<').skip(1).filter(|rest| !rest.starts_with("!--"));
    starts.filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag.to_owned()).collect()
}

fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before.rsplit([' ', '\n', '"']).next().unwrap_or_default();
        let Some((value, tail)) = after.split_once('"') else { break };
        found.push((name.to_owned(), value.to_owned()));
        rest = tail;
    }
    found
}

fn around(html: &str, sign: char) -> String {
    html.split(sign).nth(1).unwrap_or_default().chars().take(60).collect()
}
