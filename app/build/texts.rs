//! From Fluent files to Rust functions, one a key. A subset of Fluent: texts, `{ $argument }` for what comes
//! from outside, `{ NUMBER($n) }` for numbers, `{ TEXT($text) }` for texts of ours, and
//! `{ $n -> [one] … *[other] … }`. Readings are written as in Aozora Bunko: `｜漢字《かんじ》`.

use std::{collections::BTreeSet, fmt::Write as _};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey},
    parser,
};

/// One locale's file.
pub struct Source<'a> {
    /// The variant of `Locale`.
    pub variant: &'a str,
    /// The file's name, for messages.
    pub file: &'a str,
    /// What is written in it.
    pub text: &'a str,
}

/// A stretch of a text.
enum Part {
    Text(String),
    Argument(String, Kind),
    Select { argument: String, cases: Vec<(String, Vec<Part>)>, other: Vec<Part> },
}

/// What an argument is. A plain `{ $argument }` may turn out to be a number in another locale.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Given,
    Number,
    Phrase,
}

impl Kind {
    const fn of_rust(self) -> &'static str {
        match self {
            Self::Given => "&str",
            Self::Number => "u64",
            Self::Phrase => "&Phrase",
        }
    }

    const fn call(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Number => "number",
            Self::Phrase => "phrase",
        }
    }
}

struct Message {
    key: String,
    parts: Vec<Part>,
}

/// The module `texts`, or every reason why there is none, each naming file and key.
pub fn compile(sources: &[Source<'_>]) -> Result<String, Vec<String>> {
    let mut errors = Vec::new();
    let locales: Vec<Vec<Message>> = sources.iter().map(|source| read(source, &mut errors)).collect();
    let Some((first, others)) = locales.split_first() else { return Ok(String::new()) };
    let mut module = String::new();
    for message in first {
        let mut all = vec![message];
        for (other, source) in others.iter().zip(sources.iter().skip(1)) {
            match other.iter().find(|found| found.key == message.key) {
                Some(found) => all.push(found),
                None => errors.push(format!("{}: `{}` is missing", source.file, message.key)),
            }
        }
        if all.len() == sources.len() {
            write_function(&mut module, sources, &all, &mut errors);
        }
    }
    for (other, source) in others.iter().zip(sources.iter().skip(1)) {
        for message in other.iter().filter(|message| !first.iter().any(|known| known.key == message.key)) {
            errors.push(format!("{}: `{}` is not in {}", source.file, message.key, sources[0].file));
        }
    }
    if errors.is_empty() { Ok(module) } else { Err(errors) }
}

fn read(source: &Source<'_>, errors: &mut Vec<String>) -> Vec<Message> {
    let resource = match parser::parse(source.text) {
        Ok(resource) => resource,
        Err((resource, problems)) => {
            errors.extend(problems.iter().map(|problem| {
                let line = source.text.get(..problem.pos.start).map_or(0, |head| head.lines().count());
                format!("{}: near line {line}: {problem}", source.file)
            }));
            resource
        }
    };
    let mut messages: Vec<Message> = Vec::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let key = message.id.name.to_owned();
        let place = format!("{}: `{key}`", source.file);
        if messages.iter().any(|known| known.key == key) {
            errors.push(format!("{place} is written twice"));
        }
        match message.value.as_ref().map(|pattern| parts(pattern, source.variant)) {
            Some(Ok(parts)) => messages.push(Message { key, parts }),
            Some(Err(problem)) => errors.push(format!("{place}: {problem}")),
            None => errors.push(format!("{place} has no text")),
        }
    }
    messages
}

fn parts(pattern: &Pattern<&str>, variant: &str) -> Result<Vec<Part>, String> {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => with_readings(value).map(Part::Text),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => inline_part(inline),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                select(selector, variants, variant)
            }
        })
        .collect()
}

fn inline_part(inline: &InlineExpression<&str>) -> Result<Part, String> {
    match inline {
        InlineExpression::VariableReference { id } => Ok(Part::Argument(id.name.to_owned(), Kind::Given)),
        InlineExpression::StringLiteral { value } => Ok(Part::Text((*value).to_owned())),
        InlineExpression::FunctionReference { id, arguments } => {
            let kind = match id.name {
                "NUMBER" => Kind::Number,
                "TEXT" => Kind::Phrase,
                other => return Err(format!("{other}() is unknown; there are NUMBER() and TEXT()")),
            };
            match arguments.positional.as_slice() {
                [InlineExpression::VariableReference { id }] => Ok(Part::Argument(id.name.to_owned(), kind)),
                _ => Err("a function takes one $argument".to_owned()),
            }
        }
        _ => Err("only { $argument }, { NUMBER($n) }, { TEXT($text) } and { $n -> … } are understood".to_owned()),
    }
}

fn select(selector: &InlineExpression<&str>, variants: &[Variant<&str>], locale: &str) -> Result<Part, String> {
    let InlineExpression::VariableReference { id } = selector else {
        return Err("select only by { $argument }".to_owned());
    };
    let mut cases = Vec::new();
    let mut other = Vec::new();
    for variant in variants {
        let inner = parts(&variant.value, locale)?;
        match variant.key {
            VariantKey::Identifier { name: "other" } if variant.default => other = inner,
            // CLDR: Japanese has one category, English has two.
            VariantKey::Identifier { name: "one" } if locale == "En" => cases.push(("1".to_owned(), inner)),
            VariantKey::NumberLiteral { value } if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                cases.push((value.to_owned(), inner));
            }
            VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name } => {
                return Err(format!("[{name}] is no case of this locale; *[other] is the default"));
            }
        }
    }
    Ok(Part::Select { argument: id.name.to_owned(), cases, other })
}

/// `｜base《reading》` as marked text: three noncharacters that no input may carry stand for the marks.
fn with_readings(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut state = 0;
    for character in text.chars() {
        let (from, to, mark) = match character {
            '｜' => (0, 1, '\u{FDD0}'),
            '《' => (1, 2, '\u{FDD1}'),
            '》' => (2, 0, '\u{FDD2}'),
            other => (state, state, other),
        };
        if state != from {
            return Err(format!("a reading is written ｜漢字《かんじ》, but `{character}` is out of place"));
        }
        state = to;
        out.push(mark);
    }
    if state == 0 { Ok(out) } else { Err("a reading ｜…《…》 is not closed".to_owned()) }
}

/// The arguments in order of appearance.
fn arguments(parts: &[Part], found: &mut Vec<(String, Kind)>) {
    for part in parts {
        match part {
            Part::Text(_) => {}
            Part::Argument(name, kind) => add(found, name, *kind),
            Part::Select { argument, cases, other } => {
                add(found, argument, Kind::Number);
                cases.iter().for_each(|(_, inner)| arguments(inner, found));
                arguments(other, found);
            }
        }
    }
}

/// Adds an argument, or sharpens what is known of it.
fn add(found: &mut Vec<(String, Kind)>, name: &str, kind: Kind) {
    match found.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) if *known == Kind::Given => *known = kind,
        Some(_) => {}
        None => found.push((name.to_owned(), kind)),
    }
}

fn names(kinds: &[(String, Kind)]) -> String {
    kinds.iter().map(|(name, _)| name.as_str()).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}

fn write_function(module: &mut String, sources: &[Source<'_>], all: &[&Message], errors: &mut Vec<String>) {
    let key = &all[0].key;
    let mut kinds: Vec<(String, Kind)> = Vec::new();
    arguments(&all[0].parts, &mut kinds);
    for (message, source) in all.iter().zip(sources).skip(1) {
        let mut own = Vec::new();
        arguments(&message.parts, &mut own);
        if names(&own) != names(&kinds) {
            let (expected, got) = (names(&kinds), names(&own));
            errors.push(format!("{}: `{key}` takes [{got}], but [{expected}] in {}", source.file, sources[0].file));
        }
        own.iter().for_each(|(name, kind)| add(&mut kinds, name, *kind));
    }
    let signature: String =
        kinds.iter().map(|(name, kind)| format!(", {}: {}", name.replace('-', "_"), kind.of_rust())).collect();
    let (name, reads) = (key.replace('-', "_"), described(&all[0].parts));
    let _ = writeln!(module, "/// `{key}`: {reads}\npub fn {name}(locale: Locale{signature}) -> Phrase {{");
    if kinds.is_empty() {
        module.push_str("    Phrase::fixed(match locale {\n");
        for (message, source) in all.iter().zip(sources) {
            let _ = writeln!(module, "        Locale::{} => {:?},", source.variant, fixed(&message.parts));
        }
        module.push_str("    })\n}\n");
        return;
    }
    module.push_str("    let mut out = Composer::new();\n    match locale {\n");
    for (message, source) in all.iter().zip(sources) {
        let _ = writeln!(module, "        Locale::{} => {{", source.variant);
        write_parts(module, &message.parts, &kinds);
        module.push_str("        }\n");
    }
    module.push_str("    }\n    out.finish()\n}\n");
}

/// The text for the doc comment, without readings.
fn described(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.replace('\n', " "),
            Part::Argument(name, _) => format!("`{name}`"),
            Part::Select { argument, other, .. } => format!("(by `{argument}`) {}", described(other)),
        })
        .collect()
}

fn fixed(parts: &[Part]) -> String {
    parts.iter().map(|part| if let Part::Text(text) = part { text.as_str() } else { "" }).collect()
}

fn write_parts(module: &mut String, parts: &[Part], kinds: &[(String, Kind)]) {
    for part in parts {
        match part {
            Part::Text(text) => {
                let _ = writeln!(module, "out.text({text:?});");
            }
            Part::Argument(name, own) => {
                let kind = kinds.iter().find(|(known, _)| known == name).map_or(*own, |(_, kind)| *kind);
                let _ = writeln!(module, "out.{}({});", kind.call(), name.replace('-', "_"));
            }
            Part::Select { argument, cases, other } => {
                let _ = writeln!(module, "match {} {{", argument.replace('-', "_"));
                for (case, inner) in cases {
                    let _ = writeln!(module, "{case} => {{");
                    write_parts(module, inner, kinds);
                    module.push_str("}\n");
                }
                module.push_str("_ => {\n");
                write_parts(module, other, kinds);
                module.push_str("}\n}\n");
            }
        }
    }
}
