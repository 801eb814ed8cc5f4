//! From source to what the server serves: the edge module, the browser module, style and public files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::demo::hex;
use crate::places;
use crate::step::{Because, Outcome, is_fresh, read, run, step};

/// The module that runs the suites of tests: not optimised, and never measured.
pub const SELFTEST: &str = "selftest";
const WASM: &str = "wasm32-unknown-unknown";

/// Builds everything; what did not change is left alone. Both sides at once: each ends with minutes on one processor.
pub fn everything() -> Outcome {
    thread::scope(|scope| {
        let server = scope.spawn(|| edge(&[], "edge"));
        let browser = browser();
        let server = server.join().map_err(|_| "building the edge module panicked".to_owned());
        server.flatten().and(browser)
    })
}

/// The server module, with extra cargo features, into `.meguri/built/<name>`.
pub fn edge(features: &[&str], name: &str) -> Outcome {
    step(&format!("build the {name} module"), || {
        run(&mut cargo(&["-p", "edge", "--profile", "edge", "--features", &features.join(",")]))?;
        let raw = places::target().join(WASM).join("edge/edge.wasm");
        let out = places::built().join(name);
        let entry = places::root().join(if name == "edge" { "edge/entry.js" } else { "edge/selftest.js" });
        let door = places::root().join("edge/door.js");
        if is_fresh(&out.join("index.js"), &[&raw, &entry, &door]) {
            return Ok(());
        }
        bindgen(Bindgen::new().reset_state_function(true), &raw, &out, "edge")?;
        // What only answers right or wrong is not worth the wait.
        if name != SELFTEST {
            optimise(&out.join("edge_bg.wasm"), &["-O2"])?;
        }
        fs::copy(entry, out.join("entry.js")).because("copying entry.js")?;
        fs::copy(door, out.join("door.js")).because("copying door.js")?;
        bundle(&out)
    })
}

fn browser() -> Outcome {
    step("build the browser modules", || {
        let out = places::built().join("browser");
        browser_module(&out, "app", &["--features", "hydrate"])?;
        browser_module(&out, "scan", &[])?;
        browser_module(&out, "live", &[])?;
        assets(&out)
    })
}

fn browser_module(out: &Path, name: &str, features: &[&str]) -> Outcome {
    let flags = ["--cfg".to_owned(), "getrandom_backend=\"wasm_js\"".to_owned()].into_iter().chain(without_our_paths());
    let flags = flags.collect::<Vec<_>>().join("\u{1f}");
    let build = [&["-p", name, "--lib", "--profile", "browser"], features].concat();
    run(cargo(&build).env("CARGO_ENCODED_RUSTFLAGS", flags))?;
    let raw = places::target().join(WASM).join(format!("browser/{name}.wasm"));
    let script = out.join(format!("{name}.js"));
    if is_fresh(&script, &[&raw]) {
        return Ok(());
    }
    bindgen(&mut Bindgen::new(), &raw, out, name)?;
    // Twice: the second time finds what the first has laid open. What made the module is nothing for browsers.
    let level = ["-Oz", "-Oz", "--strip-producers", "--strip-target-features"];
    optimise(&out.join(format!("{name}_bg.wasm")), &level)?;
    minify(&script)
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "--target", WASM]).args(arguments).current_dir(places::root());
    cargo
}

/// Panics name the files they stand in, with the whole path on this machine: bytes for everybody, and other bytes elsewhere.
fn without_our_paths() -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_default();
    // Without registries there is nothing to shorten.
    let registries = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    registries.map(|registry| format!("--remap-path-prefix={}/=", registry.path().display())).collect()
}

fn bindgen(bindgen: &mut Bindgen, wasm: &Path, out: &Path, name: &str) -> Outcome {
    bindgen.input_path(wasm).out_name(name).typescript(false).omit_default_module_path(true);
    bindgen.web(true).and_then(|web| web.generate(out)).because(format!("wasm-bindgen over {}", wasm.display()))
}

/// Features are named one by one: with `--all-features` binaryen emits encodings that others cannot read.
fn optimise(wasm: &Path, level: &[&str]) -> Outcome {
    const FEATURES: [&str; 7] = [
        "--enable-bulk-memory",
        "--enable-bulk-memory-opt",
        "--enable-nontrapping-float-to-int",
        "--enable-sign-ext",
        "--enable-mutable-globals",
        "--enable-reference-types",
        "--enable-multivalue",
    ];
    let program = places::npm_script("binaryen/bin/wasm-opt");
    run(Command::new("node").arg(program).args(level).args(FEATURES).arg(wasm).arg("-o").arg(wasm))
}

/// One script for the runtime: the entry, the glue, and the snippets of crates.
fn bundle(out: &Path) -> Outcome {
    run(Command::new(places::esbuild()?)
        .args(["--bundle", "--format=esm", "--target=es2022", "--log-level=error"])
        .args(["--external:cloudflare:workers", "--external:./edge_bg.wasm"])
        .arg(out.join("entry.js"))
        .arg(format!("--outfile={}", out.join("index.js").display())))
}

fn minify(script: &Path) -> Outcome {
    run(Command::new(places::esbuild()?)
        .args(["--minify", "--target=es2020", "--format=esm", "--allow-overwrite", "--log-level=error"])
        .arg(script)
        .arg(format!("--outfile={}", script.display())))
}

/// A script that waits at its top level, for browsers that run Wasm modules at all.
fn minified_module(script: &Path) -> Outcome<String> {
    let options = ["--minify", "--target=es2022", "--format=esm", "--log-level=error"];
    read(Command::new(places::esbuild()?).args(options).arg(script))
}

/// Puts the assets under names that carry their content, and writes the table of names.
fn assets(browser: &Path) -> Outcome {
    let out = places::built().join("assets");
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).because("making the assets folder")?;
    let mut table = Vec::new();
    for (sheet, source) in [("portal.css", "component.css"), ("later.css", "later.css")] {
        table.push(place(&out, sheet, style_sheet(sheet, source)?.as_bytes())?);
    }
    for module in ["app", "scan", "live"] {
        let wasm = fs::read(browser.join(format!("{module}_bg.wasm"))).because("reading a browser module")?;
        let glue = fs::read(browser.join(format!("{module}.js"))).because("reading the glue of a browser module")?;
        table.push(place(&out, &format!("{module}.wasm"), &wasm)?);
        table.push(place(&out, &format!("{module}.js"), &glue)?);
    }
    for file in files(&places::root().join("public"))? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(&file).because(file.display())?;
        match name.as_str() {
            "islands.js" => table.push(place(&out, &name, minified_module(&file)?.as_bytes())?),
            "paid.wav" => table.push(place(&out, &name, &bytes)?),
            _ => write_with_brotli(&out.join(&name), &bytes)?,
        }
    }
    let json = serde_json::to_string(&table).because("writing the table of assets")?;
    fs::write(places::built().join("assets.json"), json).because("writing the table of assets")
}

fn place(out: &Path, name: &str, bytes: &[u8]) -> Outcome<(String, String)> {
    let mut hash = hex(&Sha256::digest(bytes));
    hash.truncate(12);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let hashed = format!("{stem}.{hash}.{ending}");
    write_with_brotli(&out.join(&hashed), bytes)?;
    Ok((name.to_owned(), format!("/assets/{hashed}")))
}

fn write_with_brotli(path: &Path, bytes: &[u8]) -> Outcome {
    fs::write(path, bytes).because(path.display())?;
    let packed = PathBuf::from(format!("{}.br", path.display()));
    fs::write(&packed, brotli_bytes(bytes)?).because(packed.display())
}

/// The bytes after brotli at its best, as a browser would receive them.
pub fn brotli_bytes(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters).because("brotli")?;
    Ok(packed)
}

/// Tokens first, then the base, then the components by name; comments and blanks go. Components whose style stands in a
/// `later.css` are not on the first page, and their sheet comes after the other.
fn style_sheet(name: &str, source: &str) -> Outcome<String> {
    let app = places::root().join("app");
    let mut parts = match name {
        "portal.css" => vec![app.join("style/tokens.css"), app.join("style/base.css")],
        _ => Vec::new(),
    };
    let mut components: Vec<_> = files(&app.join("src"))?.into_iter().filter(|path| path.ends_with(source)).collect();
    components.sort();
    parts.extend(components);
    let mut sheet = String::new();
    for part in parts {
        sheet.push_str(&fs::read_to_string(&part).because(part.display())?);
    }
    let source = places::state().join(name);
    fs::write(&source, sheet).because("writing the style sheet")?;
    read(Command::new(places::esbuild()?).args(["--minify", "--log-level=error"]).arg(source))
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).because(next.display())? {
            let path = entry.because(next.display())?.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}
