//! What a panic leaves in the log: where it was, and nothing of what it was about. `door.js` makes the module anew.

use std::panic;

use shared::kernel::Fault;
use wasm_bindgen::prelude::*;

use super::world::log;

/// Called once whenever the module is made.
#[wasm_bindgen(start)]
pub fn start() {
    panic::set_hook(Box::new(|panicked| {
        // The message may hold values; the place is enough to find it.
        let place = panicked.location().map(ToString::to_string).unwrap_or_default();
        log(&Fault::new("panic", place));
    }));
}
