//! What people see: pages as functions from view models to HTML, islands, texts.

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` never meet: build the server and the browser module in separate calls");

pub mod design;
pub mod i18n;
