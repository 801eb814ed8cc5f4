//! Just enough of HTML to check pages: tags with their attributes, in order.

/// A start tag.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    attributes: Vec<(String, String)>,
    /// Where it begins.
    pub at: usize,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The start tags of a document.
pub fn tags(html: &str) -> Vec<Tag> {
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(open) = html[at..].find('<').map(|found| found + at) {
        let rest = &html[open + 1..];
        if rest.starts_with("!--") {
            at = open + rest.find("-->").expect("an end of the comment");
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (tag, length) = tag(rest, open);
            out.push(tag);
            at = open + length;
        } else {
            at = open + 1;
        }
    }
    out
}

fn tag(rest: &str, at: usize) -> (Tag, usize) {
    let name_end = rest.find([' ', '>', '/']).expect("an end of the name");
    let (mut attributes, mut position) = (Vec::new(), name_end);
    loop {
        let tail = &rest[position..];
        let trimmed = tail.trim_start_matches([' ', '/']);
        position += tail.len() - trimmed.len();
        if trimmed.starts_with('>') {
            return (Tag { name: rest[..name_end].to_owned(), attributes, at }, position + 1);
        }
        let key_end = trimmed.find(['=', ' ', '>']).expect("an end of the attribute");
        let key = trimmed[..key_end].to_owned();
        position += key_end;
        let Some(value) = trimmed[key_end..].strip_prefix("=\"") else {
            attributes.push((key, String::new()));
            continue;
        };
        let value_end = value.find('"').expect("a closing quote");
        attributes.push((key, value[..value_end].to_owned()));
        position += 2 + value_end + 1;
    }
}

/// Everything every page keeps to; panics with the name of the page.
pub fn check(name: &str, html: &str) {
    assert!(html.starts_with("<!DOCTYPE html>"), "{name}: {}", &html[..60.min(html.len())]);
    let tags = tags(html);
    let of = |tag: &'static str| tags.iter().filter(move |found| found.name == tag);
    assert_eq!(of("h1").count(), 1, "{name}: headings");
    assert_eq!(of("main").count(), 1, "{name}");
    assert!(of("html").all(|tag| tag.get("lang").is_some()), "{name}");
    let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
    for (at, id) in ids.iter().enumerate() {
        assert!(!ids[..at].contains(id), "{name}: id {id} twice");
    }
    let labels: Vec<&str> = of("label").filter_map(|tag| tag.get("for")).collect();
    for input in tags.iter().filter(|tag| ["input", "select", "textarea"].contains(&tag.name.as_str())) {
        let hidden = input.get("type") == Some("hidden");
        assert!(hidden || input.get("id").is_some_and(|id| labels.contains(&id)), "{name}: {input:?}");
    }
    for tag in &tags {
        if let Some(target) = tag.get("href").and_then(|href| href.strip_prefix('#')) {
            assert!(ids.contains(&target), "{name}: #{target} leads nowhere");
        }
        for described in tag.get("aria-describedby").unwrap_or_default().split_whitespace() {
            assert!(ids.contains(&described), "{name}: {described} describes nothing");
        }
        // The content security policy forbids both, and a button is never disabled.
        assert!(tag.get("style").is_none() && tag.get("onclick").is_none(), "{name}: {tag:?}");
        assert!(tag.get("disabled").is_none(), "{name}: {tag:?}");
    }
    assert!(of("script").all(|tag| tag.get("src").is_some()), "{name}: a script in the page");
    check_forms(name, html, &tags);
}

fn check_forms(name: &str, html: &str, tags: &[Tag]) {
    for form in tags.iter().filter(|tag| tag.name == "form") {
        let end = form.at + html[form.at..].find("</form>").expect("an end of the form");
        let inside =
            |wanted: &str| tags.iter().any(|tag| tag.at > form.at && tag.at < end && tag.get("name") == Some(wanted));
        assert_eq!(form.get("method"), Some("post"), "{name}");
        assert!(form.get("action").is_some_and(|action| action.starts_with('/')), "{name}: {form:?}");
        assert!(inside("csrf") && inside("command_id"), "{name}: the seal is missing");
        assert!(form.get("novalidate").is_some(), "{name}");
        let button = tags.iter().any(|tag| tag.at > form.at && tag.at < end && tag.name == "button");
        assert!(button, "{name}: no button");
    }
}
