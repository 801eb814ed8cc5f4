//! What people see: pages as functions from view models to HTML, islands, texts.

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` never meet: build the server and the browser module in separate calls");

#[cfg(feature = "ssr")]
pub mod cohelp;
#[cfg(feature = "ssr")]
pub mod design;
#[cfg(feature = "ssr")]
pub mod frame;
#[cfg(feature = "ssr")]
pub mod i18n;
pub mod identity;
#[cfg(feature = "ssr")]
pub mod ledger;
#[cfg(feature = "ssr")]
pub mod town;
