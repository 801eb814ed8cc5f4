//! Takes comments and needless blanks out of CSS. Strings stay as they are.

/// The style sheet in fewer bytes. Expects no `}` or `/*` inside strings.
pub fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let mut quote: Option<char> = None;
    while let Some(character) = rest.chars().next() {
        let after = &rest[character.len_utf8()..];
        if let Some(open) = quote {
            out.push(character);
            quote = (character != open).then_some(open);
            rest = after;
        } else if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
        } else if character.is_whitespace() {
            let next = after.trim_start();
            let before = out.chars().last();
            // A blank in front of `:` may be a descendant selector, so only blanks behind it go.
            let needless = before.is_none_or(|c| "{};,:>".contains(c)) || next.starts_with(['{', '}', ';', ',', '>']);
            if !needless && !next.starts_with("/*") {
                out.push(' ');
            }
            rest = next;
        } else {
            if character == '}' && out.ends_with(';') {
                out.pop();
            }
            quote = matches!(character, '"' | '\'').then_some(character);
            out.push(character);
            rest = after;
        }
    }
    out
}
