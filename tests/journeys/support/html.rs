//! As much HTML as a story needs: forms, attributes, what a reader would see.

/// The value of an attribute of the first tag that holds `mark`.
pub fn attribute(html: &str, mark: &str, name: &str) -> Option<String> {
    tags(html).find(|tag| tag.contains(mark)).and_then(|tag| value(tag, name))
}

/// The token of the first form, or of the ceremony.
pub fn csrf(html: &str) -> Option<String> {
    attribute(html, "name=\"csrf\"", "value").or_else(|| attribute(html, "data-csrf", "data-csrf"))
}

/// What stands inside the form that posts to `action`.
pub fn form<'a>(html: &'a str, action: &str) -> Option<&'a str> {
    let form = &html[html.find(&format!("action=\"{action}\""))?..];
    Some(&form[..form.find("</form>")?])
}

/// The hidden fields of the form that posts to `action`.
pub fn hidden_fields(html: &str, action: &str) -> Option<Vec<(String, String)>> {
    let form = form(html, action)?;
    let hidden = tags(form).filter(|tag| tag.starts_with("<input") && tag.contains("type=\"hidden\""));
    Some(hidden.filter_map(|tag| Some((value(tag, "name")?, value(tag, "value")?))).collect())
}

/// What a reader sees: no tags, entities resolved, spaces folded.
pub fn text(html: &str) -> String {
    let mut out = String::new();
    // A place where a line may break is not a space.
    let html = html.replace("<wbr>", "");
    let mut rest = html.as_str();
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        out.push(' ');
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    out.push_str(rest);
    entities(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|rest| rest.find('>').map(|end| &rest[..end])).map(|tag| {
        // The opening bracket is where the split was.
        &html[tag.as_ptr() as usize - html.as_ptr() as usize - 1..][..tag.len() + 1]
    })
}

fn value(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!("{name}=\""))? + name.len() + 2;
    let end = tag[start..].find('"')?;
    Some(entities(&tag[start..start + end]))
}

fn entities(text: &str) -> String {
    text.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&")
}
