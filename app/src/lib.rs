//! What people see: pages as functions from view models to HTML, islands, texts.

// A page is one type made of all its parts.
#![recursion_limit = "256"]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` never meet: build the server and the browser module in separate calls");

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
pub mod cohelp;
#[cfg(feature = "ssr")]
pub mod design;
#[cfg(feature = "ssr")]
pub mod frame;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
pub mod i18n;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
pub mod identity;
#[cfg(feature = "ssr")]
pub mod ledger;
#[cfg(feature = "ssr")]
pub mod markup;
pub mod portal;
#[cfg(feature = "ssr")]
pub mod town;

/// Makes the module ready to wake islands; `public/islands.js` then calls one function an island.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
