//! Where things are.

use std::path::{Path, PathBuf};

use crate::step::Outcome;

/// The repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// What commands build and keep between runs.
pub fn state() -> PathBuf {
    root().join(".meguri")
}

/// The server module and the assets, ready to serve.
pub fn built() -> PathBuf {
    state().join("built")
}

/// Cargo's target directory.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A script of an npm package, for Node.
pub fn npm_script(path: &str) -> PathBuf {
    root().join("node_modules").join(path)
}

/// A program that npm ships as a package of its own for each platform. Their launchers need install scripts, these do not.
pub fn npm_program(scope: &str, prefix: &str, names: [&str; 4], program: &str) -> Outcome<PathBuf> {
    let [linux, linux_arm, mac, mac_arm] = names;
    let platform = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => linux,
        ("linux", "aarch64") => linux_arm,
        ("macos", "x86_64") => mac,
        ("macos", "aarch64") => mac_arm,
        (system, processor) => return Err(format!("{program} does not exist for {system} on {processor}")),
    };
    let path = npm_script(&format!("{scope}/{prefix}{platform}/bin/{program}"));
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("{} is missing: remove node_modules and try again", path.display()))
    }
}

/// The runtime.
pub fn workerd() -> Outcome<PathBuf> {
    npm_program("@cloudflare", "workerd-", ["linux-64", "linux-arm64", "darwin-64", "darwin-arm64"], "workerd")
}

/// The minifier of scripts and style.
pub fn esbuild() -> Outcome<PathBuf> {
    npm_program("@esbuild", "", ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"], "esbuild")
}
