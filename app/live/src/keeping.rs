//! Keeps what is typed into a form, while it is typed: the server has it, so another tab, device or day has it too.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{FormData, HtmlElement, HtmlFormElement, RequestInit, Response, UrlSearchParams};

use crate::page::{document, later, listen, window};

/// How long after a change it is kept, so that not every letter is sent, in milliseconds.
const PAUSE_MILLISECONDS: i32 = 1_500;
/// How long until it is tried again.
const AGAIN_MILLISECONDS: i32 = 5_000;
/// What the server answers to what it keeps.
const KEPT: u16 = 204;

/// A form that is kept.
struct Keeper {
    root: HtmlElement,
    form: HtmlFormElement,
    /// How many changes there were, and how many of them are kept.
    changes: Cell<u32>,
    kept: Cell<u32>,
    /// Whether a try is to come, or under way.
    due: Cell<bool>,
    sending: Cell<bool>,
    /// Whether the form has been sent for good.
    sent: Cell<bool>,
}

/// Wakes every form of the page that is kept.
pub(crate) fn wake() {
    let Some(places) = document().and_then(|document| document.query_selector_all("[data-keeping]").ok()) else {
        return;
    };
    let places = (0..places.length()).filter_map(|at| places.get(at)?.dyn_into::<HtmlElement>().ok());
    for (root, form) in places.filter_map(|root| Some((root.clone(), root.closest("form").ok()??.dyn_into().ok()?))) {
        let cell = || Cell::new(false);
        let (due, sending, sent) = (cell(), cell(), cell());
        let keeper = Keeper { root, form, changes: Cell::new(0), kept: Cell::new(0), due, sending, sent };
        Rc::new(keeper).listen();
    }
}

impl Keeper {
    fn listen(self: Rc<Self>) {
        let keeper = Rc::clone(&self);
        listen(&self.form, "input", move |_| {
            keeper.changes.set(keeper.changes.get().wrapping_add(1));
            keeper.keep_after(PAUSE_MILLISECONDS);
        });
        let keeper = Rc::clone(&self);
        listen(&self.form, "submit", move |_| keeper.sent.set(true));
        let keeper = Rc::clone(&self);
        // Who comes back to the page by the way back writes on.
        let shown = move |_| keeper.sent.set(false);
        let Some((window, document)) = window().zip(document()) else { return };
        listen(&window, "pageshow", shown);
        let keeper = Rc::clone(&self);
        listen(&window, "online", move |_| Rc::clone(&keeper).keep());
        let seen = document.clone();
        listen(&document, "visibilitychange", move |_| {
            if seen.hidden() {
                // What is left may not come back.
                Rc::clone(&self).keep();
            }
        });
    }

    fn keep_after(self: &Rc<Self>, milliseconds: i32) {
        if !self.due.replace(true) {
            let keeper = Rc::clone(self);
            later(milliseconds, move || {
                keeper.due.set(false);
                keeper.keep();
            });
        }
    }

    /// Keeps what there is, if it is not kept and not being kept.
    fn keep(self: Rc<Self>) {
        let changes = self.changes.get();
        if self.sent.get() || self.kept.get() == changes || self.sending.replace(true) {
            return;
        }
        spawn_local(async move {
            let kept = self.post().await.unwrap_or(false);
            self.sending.set(false);
            if kept {
                self.kept.set(changes);
            }
            self.say(kept);
            if self.changes.get() != self.kept.get() {
                self.keep_after(if kept { PAUSE_MILLISECONDS } else { AGAIN_MILLISECONDS });
            }
        });
    }

    /// Sends the form as it would be sent, but for what is to be done with it. Also while the page goes away.
    async fn post(&self) -> Result<bool, JsValue> {
        let Some(window) = window() else { return Ok(false) };
        let fields = UrlSearchParams::new_with_str_sequence_sequence(&FormData::new_with_form(&self.form)?.into())?;
        fields.set("step", "keep");
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_body(&fields);
        Reflect::set(&init, &JsValue::from_str("keepalive"), &JsValue::TRUE)?;
        let answer: Response =
            JsFuture::from(window.fetch_with_str_and_init(&self.form.action(), &init)).await?.dyn_into()?;
        Ok(answer.status() == KEPT)
    }

    fn say(&self, kept: bool) {
        for (name, said) in [("kept", kept), ("lost", !kept)] {
            let part = self.root.query_selector(&format!("[data-keeping-part={name}]"));
            if let Ok(Some(part)) = part
                && let Ok(part) = part.dyn_into::<HtmlElement>()
            {
                part.set_hidden(!said);
            }
        }
    }
}
