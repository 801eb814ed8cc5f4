//! Every component, rendered in every language: structure that people and their tools rely on.

use std::{collections::BTreeSet, fs, path::Path};

use app::{
    design::{Example, STYLESHEET, examples},
    i18n::Locale,
};

fn all() -> Vec<(Locale, Example)> {
    Locale::ALL
        .into_iter()
        .flat_map(|locale| examples(locale).into_iter().map(move |example| (locale, example)))
        .collect()
}

/// The start tags of an element, as written.
fn tags<'a>(html: &'a str, element: &str) -> Vec<&'a str> {
    let open = format!("<{element}");
    html.match_indices(&open)
        .filter_map(|(at, _)| html.get(at..))
        .filter(|rest| rest.get(open.len()..).is_some_and(|after| after.starts_with([' ', '>', '/'])))
        .filter_map(|rest| rest.split_inclusive('>').next())
        .collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

#[test]
fn every_component_has_examples() {
    let found = examples(Locale::Ja);
    let names: BTreeSet<_> = found.iter().map(|example| example.name).collect();
    assert_eq!(names.len(), found.len(), "names are unique");
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/design")).unwrap() {
        let component = entry.unwrap().file_name().into_string().unwrap().replace('_', " ");
        let known = names.iter().any(|name| name.starts_with(&component)) || component == "list";
        assert!(known, "{component} has no example");
    }
}

#[test]
fn elements_are_balanced() {
    const VOID: [&str; 5] = ["meta", "link", "input", "br", "img"];
    for (locale, example) in all() {
        let mut open: Vec<&str> = Vec::new();
        for part in example.html.split('<').skip(1) {
            let name = part.split([' ', '>']).next().unwrap_or_default();
            if let Some(closed) = name.strip_prefix('/') {
                assert_eq!(open.pop(), Some(closed), "{locale:?} {}: {}", example.name, example.html);
            } else if !name.starts_with('!') && !VOID.contains(&name) {
                open.push(name);
            }
        }
        assert!(open.is_empty(), "{locale:?} {}: {open:?}", example.name);
    }
}

#[test]
fn every_control_has_a_label() {
    let mut controls = 0;
    for (locale, example) in all() {
        for element in ["input", "select", "textarea"] {
            for tag in tags(&example.html, element) {
                if attribute(tag, "type") == Some("hidden") {
                    continue;
                }
                controls += 1;
                let id = attribute(tag, "id").unwrap_or_else(|| panic!("{locale:?} {}: {tag}", example.name));
                assert!(example.html.contains(&format!(" for=\"{id}\"")), "{locale:?} {}: {id}", example.name);
                assert!(attribute(tag, "placeholder").is_none(), "a placeholder is no label: {tag}");
                assert!(!tag.contains(" disabled"), "{tag}");
            }
        }
    }
    assert!(controls > 30, "{controls}");
}

#[test]
fn what_is_pointed_at_is_there_and_ids_are_unique() {
    for (locale, example) in all() {
        let ids: Vec<&str> = example
            .html
            .match_indices(" id=\"")
            .filter_map(|(at, mark)| example.html.get(at + mark.len()..)?.split('"').next())
            .collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{locale:?} {}: {ids:?}", example.name);
        for (at, mark) in example.html.match_indices(" aria-describedby=\"") {
            let list = example.html[at + mark.len()..].split('"').next().unwrap_or_default();
            for id in list.split(' ') {
                assert!(ids.contains(&id), "{locale:?} {}: {id}", example.name);
            }
        }
    }
}

#[test]
fn a_wrong_field_says_so_to_everybody() {
    let wrong: Vec<_> = all().into_iter().filter(|(_, example)| example.name.ends_with(", wrong")).collect();
    assert_eq!(wrong.len(), 15);
    for (_, example) in wrong {
        assert!(example.html.contains("aria-invalid=\"true\""), "{}", example.html);
        assert!(example.html.contains("class=\"mg-field__error\""), "{}", example.html);
    }
}

#[test]
fn the_summary_takes_the_focus_and_leads_to_the_fields() {
    let (_, example) = all().into_iter().find(|(_, example)| example.name == "error summary").unwrap();
    for part in ["role=\"alert\"", "tabindex=\"-1\"", " autofocus", "href=\"#title-wrong\"", "href=\"#day-wrong\""] {
        assert!(example.html.contains(part), "{part}: {}", example.html);
    }
}

#[test]
fn a_form_is_sealed_and_posts() {
    let (_, example) = all().into_iter().find(|(_, example)| example.name == "form").unwrap();
    for part in
        ["method=\"post\"", "novalidate", "name=\"csrf\" value=\"c\"", "name=\"command_id\"", "inputmode=\"numeric\""]
    {
        assert!(example.html.contains(part), "{part}: {}", example.html);
    }
}

#[test]
fn a_page_is_a_whole_document() {
    for (locale, example) in all().into_iter().filter(|(_, example)| example.name.starts_with("page")) {
        let html = &example.html;
        assert!(html.starts_with("<!DOCTYPE html><html lang=\""), "{html}");
        assert_eq!(attribute(tags(html, "html")[0], "lang"), Some(locale.tag()));
        for part in [
            "name=\"viewport\"",
            "rel=\"stylesheet\"",
            "href=\"#main\"",
            "<main ",
            "<footer ",
            "next=%2Fhelp%3Fpage%3D2",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert_eq!(tags(html, "h1").len(), 1);
        assert_eq!(tags(html, "title").len(), 1);
        let resident = example.name != "page, guest";
        assert_eq!(html.contains("<nav "), resident);
        assert_eq!(html.contains("aria-current=\"page\""), resident);
        assert_eq!(html.contains("href=\"/signout\""), resident);
        let title = html.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert!(!title.contains("<ruby>") && title.contains("みどり市"), "{title}");
        let prefix = if locale == Locale::En { "Error: " } else { "エラー：" };
        assert_eq!(title.starts_with(prefix), example.name == "page, error", "{title}");
    }
}

#[test]
fn a_line_end_at_the_start_of_a_text_survives() {
    let (_, example) = all().into_iter().find(|(_, example)| example.name == "text area, filled").unwrap();
    let inside = example.html.split("<textarea").nth(1).unwrap().split_once('>').unwrap().1;
    assert!(inside.starts_with("\n\n電球"), "{inside:?}");
    assert!(inside.contains("&lt;玄関&gt;"), "{inside:?}");
    let (_, empty) = all().into_iter().find(|(_, example)| example.name == "text area").unwrap();
    assert!(empty.html.contains("></textarea>"), "{}", empty.html);
}

#[test]
fn nothing_needs_inline_style_or_script() {
    for (_, example) in all() {
        for part in [" style=\"", "<style", "<script", " onclick"] {
            assert!(!example.html.contains(part), "{part} in {}", example.name);
        }
    }
}

#[test]
fn every_class_has_a_style() {
    let mut without = BTreeSet::new();
    for (_, example) in all() {
        for (at, mark) in example.html.match_indices(" class=\"") {
            for class in example.html[at + mark.len()..].split('"').next().unwrap_or_default().split(' ') {
                if !STYLESHEET.contains(&format!(".{class}")) {
                    without.insert(class.to_owned());
                }
            }
        }
    }
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn the_style_sheet_is_small() {
    assert!(!STYLESHEET.contains("/*") && !STYLESHEET.contains("  "));
    assert_eq!(STYLESHEET.matches('{').count(), STYLESHEET.matches('}').count());
    assert!(STYLESHEET.len() < 32_000, "{} bytes", STYLESHEET.len());
}

/// Writes the gallery to the folder in `MEGURI_GALLERY`, one page a language, light and dark, for eyes and axe.
#[test]
fn gallery() {
    let Ok(folder) = std::env::var("MEGURI_GALLERY") else { return };
    let dark = STYLESHEET.replacen("@media (prefers-color-scheme:dark)", "@media all", 1);
    assert_ne!(dark, STYLESHEET);
    fs::create_dir_all(&folder).unwrap();
    for locale in Locale::ALL {
        for (scheme, css) in [("", STYLESHEET), ("-dark", dark.as_str())] {
            let of = |name: &str| examples(locale).into_iter().find(|example| example.name == name).unwrap().html;
            let parts: String = examples(locale)
                .into_iter()
                .filter(|example| {
                    !example.name.starts_with("page") && !["header", "footer", "navigation"].contains(&example.name)
                })
                .map(|example| format!("<h2 class=\"mg-small mg-soft\">{}</h2>{}", example.name, example.html))
                .collect();
            let style = format!("<style>{css}</style>");
            let page = of("page, resident").replace("<link rel=\"stylesheet\" href=\"/style.css\">", &style);
            assert!(page.contains("<style>"));
            let path = |name: &str| Path::new(&folder).join(format!("{name}{}{scheme}.html", locale.word()));
            fs::write(path(""), page.replace("</main>", &format!("{parts}</main>"))).unwrap();
            let guest = of("page, guest").replace("<link rel=\"stylesheet\" href=\"/style.css\">", &style);
            fs::write(path("guest-"), guest).unwrap();
        }
    }
}
