use leptos::prelude::*;

use crate::design::field::{Field, FieldFrame};

/// Several lines of text.
#[component]
pub fn TextArea(
    /// Label, help, mark, error.
    field: Field,
    /// What was typed before.
    #[prop(optional, into)]
    value: String,
    /// Height in lines.
    #[prop(default = 5)]
    rows: u8,
) -> impl IntoView {
    let (id, described_by, invalid) = (field.id.clone(), field.described_by(), field.invalid());
    let inside = inside(&value);
    view! {
        <FieldFrame field=field>
            <textarea
                class="mg-control mg-control--area" id=id.clone() name=id rows=rows.to_string() autocomplete="off"
                aria-describedby=described_by aria-invalid=invalid inner_html=inside
            ></textarea>
        </FieldFrame>
    }
}

/// The value as it stands between the tags. The renderer does not escape what is inside `<textarea>`, so it is
/// done here; and the parser drops one line end behind the tag (HTML §13.2.6.4.7), which may be the person's own.
fn inside(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    if value.starts_with('\n') {
        out.push('\n');
    }
    for character in value.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::i18n::Phrase;

    #[test]
    fn what_was_typed_cannot_leave_the_field() {
        let typed = "</textarea><script>alert(1)</script>&amp;\n";
        let html = view! { <TextArea field=Field::new("a", Phrase::fixed("a")) value=typed/> }.to_html();
        assert!(
            html.contains(">&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;\n</textarea>"),
            "{html}"
        );
        assert_eq!(html.matches("</textarea>").count(), 1);
    }
}
