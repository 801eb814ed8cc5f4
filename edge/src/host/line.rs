//! The two ends of a line, as `entry.js` and `door.js` handle them.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use worker::Env;
use worker::worker_sys::web_sys::Response;

use super::objects::{named, thrown};
use super::sockets;
use super::together::Together;
use super::world::Runtime;

/// Says that a socket is asked for as a line.
const LINE: &str = "meguri-line";

/// The portal's end of one line.
#[wasm_bindgen]
pub struct LineEnd {
    together: Rc<Together>,
    line: u32,
}

#[wasm_bindgen]
impl LineEnd {
    /// The end of the line of that number to the object of that domain.
    #[wasm_bindgen(constructor)]
    pub fn new(domain: &str, line: u32, env: Env) -> Result<Self, JsValue> {
        let runtime = Runtime::of_worker(env).map_err(thrown)?;
        let together = runtime.together(named(domain)?).ok_or_else(|| JsValue::from_str("no line leads there"))?;
        Ok(Self { together: Rc::clone(together), line })
    }

    /// Carries what is asked, with that function, until the line is cut.
    pub async fn hold(&self, send: Function) -> Result<(), JsValue> {
        self.together.hold(self.line, &send).await
    }

    /// A frame came.
    pub fn heard(&self, frame: &[u8]) {
        self.together.heard(self.line, frame);
    }

    /// The line is cut.
    pub fn lost(&self) {
        self.together.lost(self.line);
    }
}

/// The objects' door, for a line to the object of that domain.
#[wasm_bindgen]
pub async fn line(domain: String, env: Env) -> Result<Response, JsValue> {
    let object = named(&domain)?;
    let stub = Runtime::of_worker(env).and_then(|runtime| runtime.stub(object)).map_err(thrown)?;
    stub.fetch("http://objects/line", &sockets::request(LINE, "1")?).await
}
