//! The Town object: everything of the municipality that is neither identity nor money. In this release, co-help.

mod behalf;
mod desk;
mod figures;
mod helpers;
mod helping;
mod live;
pub mod object;
mod pages;
mod photos;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
