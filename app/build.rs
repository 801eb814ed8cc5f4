//! Compiles the texts and the style sheet into the crate: nothing is parsed while a page is made.

#[path = "build/style.rs"]
mod style;
#[path = "build/texts.rs"]
mod texts;

use std::{env, fs, path::Path, process::exit};

/// The locales as `(variant of Locale, file)`; the first one gives the keys and the order of arguments.
const LOCALES: [(&str, &str); 3] =
    [("Ja", "locales/ja.ftl"), ("JaEasy", "locales/ja-easy.ftl"), ("En", "locales/en.ftl")];

fn main() {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=style");
    println!("cargo::rerun-if-changed=src/design");
    let out = env::var("OUT_DIR").unwrap_or_else(|error| stop(&[format!("OUT_DIR: {error}")]));
    let files = LOCALES.map(|(_, file)| read(Path::new(file)));
    let sources: Vec<texts::Source<'_>> =
        LOCALES.iter().zip(&files).map(|((variant, file), text)| texts::Source { variant, file, text }).collect();
    let module = texts::compile(&sources).unwrap_or_else(|errors| stop(&errors));
    write(&Path::new(&out).join("texts.rs"), &module);
    write(&Path::new(&out).join("style.css"), &style::minify(&base()));
    write(&Path::new(&out).join("first.css"), &style::minify(&components("component.css")));
    write(&Path::new(&out).join("later.css"), &style::minify(&components("later.css")));
}

fn base() -> String {
    read(Path::new("style/tokens.css")) + &read(Path::new("style/base.css"))
}

/// Every component that has such a file, in the order of its name.
fn components(file: &str) -> String {
    let mut css = String::new();
    let entries = fs::read_dir("src/design").unwrap_or_else(|error| stop(&[format!("src/design: {error}")]));
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path().join(file)).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.exists()) {
        css.push_str(&read(path));
    }
    css
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| stop(&[format!("{}: {error}", path.display())]))
}

fn write(path: &Path, text: &str) {
    if let Err(error) = fs::write(path, text) {
        stop(&[format!("{}: {error}", path.display())]);
    }
}

fn stop(errors: &[String]) -> ! {
    for error in errors {
        println!("cargo::error={error}");
    }
    exit(1)
}
