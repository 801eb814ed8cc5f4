//! Everything a run needs that is not in the repository.

use std::path::Path;
use std::process::Command;

use crate::places;
use crate::step::{Because as _, Outcome, is_fresh, read, run, step};

const NODE_MAJOR_MIN: u32 = 20;

/// A place for what commands leave behind, the wasm target, Node and the npm packages.
pub fn prepare() -> Outcome {
    std::fs::create_dir_all(places::state()).because("the folder for what is built cannot be made")?;
    node()?;
    wasm_target()?;
    npm_packages()
}

fn node() -> Outcome {
    let version = read(Command::new("node").arg("--version"))
        .map_err(|_| format!("Node.js {NODE_MAJOR_MIN} or newer is needed: please install it and try again"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE_MAJOR_MIN => Ok(()),
        _ => Err(format!("Node.js {NODE_MAJOR_MIN} or newer is needed, this is {}", version.trim())),
    }
}

fn wasm_target() -> Outcome {
    let sysroot = read(Command::new("rustc").args(["--print", "sysroot"]).current_dir(places::root()))?;
    if Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown").exists() {
        return Ok(());
    }
    step("install the wasm32 target", || {
        run(Command::new("rustup").args(["target", "add", "wasm32-unknown-unknown"]).current_dir(places::root()))
    })
}

fn npm_packages() -> Outcome {
    let root = places::root();
    let installed = root.join("node_modules/.package-lock.json");
    if is_fresh(&installed, &[&root.join("package-lock.json")]) {
        return Ok(());
    }
    step("install npm packages", || {
        // Not `npm ci`: it wants the packages of every platform in the lock file, and a registry may carry only some.
        // `--no-save` takes the locked versions and leaves the lock file alone.
        let arguments = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        run(Command::new("npm").args(arguments).current_dir(root))
    })
}

/// Chromium for tests: the one named, the system's, or Debian's package.
pub fn chromium() -> Outcome<String> {
    if let Ok(named) = std::env::var("MEGURI_CHROMIUM") {
        return Ok(named);
    }
    let known =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/google/chrome/chrome"];
    let found = || known.into_iter().find(|path| Path::new(path).exists()).map(str::to_owned);
    if let Some(path) = found() {
        return Ok(path);
    }
    step("install Chromium and Japanese fonts", || debian(&["chromium", "fonts-noto-cjk"]))?;
    found().ok_or_else(|| {
        "Chromium is needed for browser tests: please install it, or name it in MEGURI_CHROMIUM".to_owned()
    })
}

/// hledger, which adds the ledger's journal up in a test: the system's, or Debian's package.
pub fn hledger() -> Outcome {
    let found = Command::new("hledger").arg("--version").output().is_ok_and(|output| output.status.success());
    if found { Ok(()) } else { step("install hledger", || debian(&["hledger"])) }
}

/// Installs Debian packages, where this is Debian and we may.
pub fn debian(packages: &[&str]) -> Outcome {
    let apt = |arguments: &[&str]| {
        run(Command::new("apt-get").args(["-qq", "-y"]).args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    let installed = apt(&["update"]).and_then(|()| apt(&[&["install"], packages].concat()));
    installed.map_err(|problem| format!("please install {} ({problem})", packages.join(", ")))
}
