//! Where things are.

use std::path::{Path, PathBuf};

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

/// A program of an npm package.
pub fn npm_program(path: &str) -> PathBuf {
    root().join("node_modules").join(path)
}
