//! Reads a QR code with the camera and writes it into a field of a form.
//!
//! A module of its own, so that only the pages that scan load a decoder. `app::design::scan` draws the parts;
//! `public/islands.js` loads the module and calls [`hydrate`]. Pictures stay in the page: what is read is looked at by
//! the server like anything typed.

mod camera;
pub mod decode;
mod page;
mod reader;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Date;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use camera::Camera;
use decode::{Seen, choose};
use page::{Note, Parts};
use reader::Reader;

/// How long somebody is given to bring a code before the camera.
const PATIENCE_MILLISECONDS: f64 = 90_000.0;

/// The pause between two looks, so that the page stays quick and the battery full.
const PAUSE_MILLISECONDS: i32 = 150;

/// One place that scans. The number of the run tells a run that it was stopped.
struct Scanner {
    parts: Parts,
    run: Cell<u32>,
    /// While it runs.
    camera: RefCell<Option<Rc<Camera>>>,
}

/// Wakes every place of the page that scans.
#[wasm_bindgen]
pub fn hydrate() {
    for parts in Parts::all() {
        let scanner = Rc::new(Scanner { parts, run: Cell::new(0), camera: RefCell::default() });
        let started = Rc::clone(&scanner);
        scanner.parts.when_started(move || spawn_local(Rc::clone(&started).scan()));
        let stopped = Rc::clone(&scanner);
        scanner.parts.when_stopped(move || stopped.stop());
        scanner.parts.awake();
    }
}

impl Scanner {
    /// Whatever the run waits for: the camera goes off now.
    fn stop(&self) {
        self.run.set(self.run.get().wrapping_add(1));
        self.turn_off();
        self.parts.show_camera(false);
        self.parts.say(None);
    }

    fn turn_off(&self) {
        if let Some(camera) = self.camera.take() {
            camera.turn_off();
        }
    }

    async fn scan(self: Rc<Self>) {
        let run = self.run.get().wrapping_add(1);
        self.run.set(run);
        self.parts.show_camera(true);
        self.parts.say(Some(Note::Aim));
        let outcome = self.look(run).await;
        if self.run.get() != run {
            return;
        }
        self.turn_off();
        self.parts.show_camera(false);
        match outcome {
            Ok(Some(text)) => {
                self.parts.say(Some(Note::Found));
                self.parts.take(&text);
            }
            Ok(None) => self.parts.say(Some(Note::Nothing)),
            Err(_) => self.parts.say(Some(Note::Refused)),
        }
    }

    /// Looks until there is a code, or long enough.
    async fn look(&self, run: u32) -> Result<Option<String>, JsValue> {
        let wanted = || self.run.get() == run;
        let Some(camera) = Camera::open(self.parts.video(), wanted).await? else { return Ok(None) };
        let camera = Rc::new(camera);
        *self.camera.borrow_mut() = Some(Rc::clone(&camera));
        camera.play().await?;
        let mut reader = Reader::best().await;
        let end = Date::now() + PATIENCE_MILLISECONDS;
        while wanted() && Date::now() < end {
            match choose(reader.read(&camera).await?, self.parts.mark()) {
                Seen::Wanted(text) => return Ok(Some(text)),
                Seen::Other => self.parts.say(Some(Note::Other)),
                Seen::Nothing => {}
            }
            page::pause(PAUSE_MILLISECONDS).await?;
        }
        Ok(None)
    }
}
