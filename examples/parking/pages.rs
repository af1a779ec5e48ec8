//! The pages. What a program may want to know of them stands in `data-` attributes.

use crate::partner::Read;
use crate::words::Words;

/// For somebody we do not know.
pub fn welcome(words: &Words) -> String {
    let asked = words.claims().iter().map(|(_, said)| format!("<li>{said}</li>")).collect::<String>();
    layout(
        words,
        "welcome",
        &format!(
            r#"<section class="hero"><h1>{}</h1>{LOT}</section>
<section class="card"><p>{}</p><ul class="asks">{asked}</ul>
<p><a class="go" href="/ask">{}</a></p><p class="quiet">{}</p></section>"#,
            words.lead, words.asks, words.go, words.keeps
        ),
    )
}

/// For a resident who comes with a token: what the read just now gave, or why it gave nothing.
pub fn member(words: &Words, subject: &str, read: &Read) -> String {
    let body = match read {
        Read::Claims { claims, position, valid_until } => allowed(words, claims, position, valid_until),
        Read::Refused { reason } => refused(words, reason),
    };
    let actions = format!(
        r#"<div class="row"><a class="plain" href="/">{}</a><form method="post" action="/leave"><button class="plain">{}</button></form></div>"#,
        words.again, words.leave
    );
    let who = escape(&subject.chars().take(8).collect::<String>());
    layout(words, "member", &format!(r#"{body}{actions}<p class="quiet">{} {who}…</p>"#, words.called))
}

fn allowed(words: &Words, claims: &[(String, String)], position: &str, valid_until: &str) -> String {
    let mut given = String::new();
    for (name, value) in claims {
        let shown = if value == "true" { words.yes } else { value };
        given.push_str(&format!(
            r#"<div data-claim="{}" data-value="{}"><dt>{}</dt><dd>{}</dd></div>"#,
            escape(name),
            escape(value),
            escape(words.claim(name)),
            escape(shown)
        ));
    }
    // A building with few flats goes out as the whole community: coarser, but given.
    let is_given = |name: &str| claims.iter().any(|(got, _)| got == name || (name, got.as_str()) == COARSER);
    let asked = words.claims().iter().filter(|(name, _)| !is_given(name));
    let left_out: Vec<&str> = asked.map(|(_, said)| *said).collect();
    let left_out = if left_out.is_empty() {
        String::new()
    } else {
        format!(r#"<p class="quiet">{}：{}</p>"#, words.left_out, left_out.join("、"))
    };
    format!(
        r#"<section class="hero"><h1>{}</h1><p class="big">{}</p>{LOT}</section>
<section class="card ticket" data-state="allowed" data-position="{}"><h2>{}</h2><dl>{given}</dl>{left_out}
<p class="quiet">{} · {} {}</p></section>"#,
        words.hello,
        words.booked,
        escape(position),
        words.read_now,
        words.position.replace("{}", &escape(position)),
        words.until,
        escape(valid_until),
    )
}

fn refused(words: &Words, reason: &str) -> String {
    format!(
        r#"<section class="card stop" data-state="refused" data-reason="{}"><h1>{}</h1><p>{}</p><p>{}</p>
<p><a class="go" href="/ask">{}</a></p></section>"#,
        escape(reason),
        words.stopped,
        words.reason(reason),
        words.counter,
        words.go
    )
}

/// For a resident who said no.
pub fn declined(words: &Words, error: &str) -> String {
    let body = format!(
        r#"<section class="card" data-state="declined" data-reason="{}"><h1>{}</h1><p>{}</p>
<p><a class="plain" href="/">{}</a></p></section>"#,
        escape(error),
        words.declined,
        words.counter,
        words.name
    );
    layout(words, "declined", &body)
}

/// When we and Latchkey did not understand each other.
pub fn trouble(words: &Words) -> String {
    let body = format!(
        r#"<section class="card stop" data-state="trouble"><h1>{}</h1><p>{}</p></section>"#,
        words.trouble, words.counter
    );
    layout(words, "trouble", &body)
}

fn layout(words: &Words, page: &str, body: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="{}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title><link rel="stylesheet" href="/style.css"></head>
<body data-page="{page}"><header><span class="sign" aria-hidden="true">P</span><b>{}</b><span class="quiet">{}</span></header>
<main>{body}</main></body></html>"#,
        words.locale, words.name, words.name, words.tagline
    )
}

/// What was asked for, and what comes in its stead.
const COARSER: (&str, &str) = ("building_no", "community_id");

/// A row of spaces, one of them in the sun.
const LOT: &str = r#"<div class="lot" aria-hidden="true"><i></i><i class="taken"></i><i class="taken"></i><i class="mine"></i><i></i><i class="taken"></i><i></i></div>"#;

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
