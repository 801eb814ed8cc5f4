//! The parts of the page that `app::design::scan` draws.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, EventTarget, HtmlElement, HtmlInputElement, HtmlVideoElement, Window};

/// What is said while looking and afterwards. Each stands in the page already, in the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Note {
    /// How to hold the code.
    Aim,
    /// A code, but not ours.
    Other,
    /// The code was read.
    Found,
    /// Nothing was found in time.
    Nothing,
    /// There is no camera, or it may not be used.
    Refused,
}

impl Note {
    const ALL: [Self; 5] = [Self::Aim, Self::Other, Self::Found, Self::Nothing, Self::Refused];

    const fn name(self) -> &'static str {
        match self {
            Self::Aim => "aim",
            Self::Other => "other",
            Self::Found => "found",
            Self::Nothing => "nothing",
            Self::Refused => "refused",
        }
    }
}

/// One place that scans.
pub(crate) struct Parts {
    root: HtmlElement,
    start: HtmlElement,
    stop: HtmlElement,
    view: HtmlElement,
    video: HtmlVideoElement,
    field: HtmlInputElement,
    mark: String,
}

pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

fn part<T: JsCast>(root: &Element, name: &str) -> Option<T> {
    root.query_selector(&format!("[data-scan-part={name}]")).ok()??.dyn_into().ok()
}

/// As long as the page.
fn listen(target: &EventTarget, event: &str, act: impl Fn() + 'static) {
    let act = Closure::<dyn Fn()>::new(act).into_js_value();
    // The browser takes every listener.
    let _ = target.add_event_listener_with_callback(event, act.unchecked_ref());
}

impl Parts {
    /// Every place of the page that is whole.
    pub(crate) fn all() -> Vec<Self> {
        let Some(places) = document().and_then(|document| document.query_selector_all("[data-scan]").ok()) else {
            return Vec::new();
        };
        (0..places.length()).filter_map(|at| places.get(at)?.dyn_into().ok()).filter_map(Self::of).collect()
    }

    fn of(root: HtmlElement) -> Option<Self> {
        let field = document()?.get_element_by_id(&root.get_attribute("data-scan")?)?.dyn_into().ok()?;
        Some(Self {
            start: part(&root, "start")?,
            stop: part(&root, "stop")?,
            view: part(&root, "view")?,
            video: part(&root, "video")?,
            mark: root.get_attribute("data-mark").unwrap_or_default(),
            field,
            root,
        })
    }

    /// Until now the place was kept free.
    pub(crate) fn awake(&self) {
        // An attribute of that name can always be set.
        let _ = self.root.set_attribute("data-awake", "");
    }

    pub(crate) fn when_started(&self, act: impl Fn() + 'static) {
        listen(&self.start, "click", act);
    }

    /// Stopped by the button, and by leaving: nobody is filmed behind a page that is not looked at.
    pub(crate) fn when_stopped(&self, act: impl Fn() + Clone + 'static) {
        listen(&self.stop, "click", act.clone());
        let Some(document) = document() else { return };
        let looked_at = document.clone();
        let view = self.view.clone();
        listen(&document, "visibilitychange", move || {
            // What was said before stays for whoever comes back from the settings.
            if looked_at.hidden() && !view.hidden() {
                act();
            }
        });
    }

    pub(crate) fn video(&self) -> &HtmlVideoElement {
        &self.video
    }

    pub(crate) fn mark(&self) -> &str {
        &self.mark
    }

    /// Puts the picture in the place of the button, or back. The keyboard stays where something can be pressed.
    pub(crate) fn show_camera(&self, shown: bool) {
        let had_focus = document().and_then(|document| document.active_element());
        self.view.set_hidden(!shown);
        self.start.set_hidden(shown);
        let (gone, here) = if shown { (&self.start, &self.stop) } else { (&self.stop, &self.start) };
        if had_focus.as_ref() == Some(gone.as_ref()) {
            // What cannot be focused loses nothing.
            let _ = here.focus();
        }
    }

    /// Shows one note, or none. A screen reader says it: they stand in a live region.
    pub(crate) fn say(&self, note: Option<Note>) {
        for one in Note::ALL {
            if let Some(element) = part::<HtmlElement>(&self.root, one.name()) {
                element.set_hidden(note != Some(one));
            }
        }
    }

    /// Writes what was read into the field. A form with nothing else to fill in goes on its way; otherwise the next
    /// empty field is offered.
    pub(crate) fn take(&self, text: &str) {
        self.field.set_value(text);
        let Some(form) = self.field.form() else { return };
        let fields = form.query_selector_all("input[type=text]").ok();
        let fields = (0..fields.as_ref().map_or(0, |fields| fields.length()))
            .filter_map(|at| fields.as_ref()?.get(at)?.dyn_into::<HtmlInputElement>().ok());
        match fields.into_iter().find(|field| field.value().is_empty()) {
            Some(empty) => drop(empty.focus()),
            None if self.root.has_attribute("data-submits") => drop(form.request_submit()),
            None => drop(self.field.focus()),
        }
    }
}

/// Calls after that time, or at once where there is no clock.
fn later(act: &Function, milliseconds: i32) {
    let set = window().map(|window| window.set_timeout_with_callback_and_timeout_and_arguments_0(act, milliseconds));
    if !matches!(set, Some(Ok(_))) {
        // What is called here settles a promise, and never throws.
        let _ = act.call0(&JsValue::NULL);
    }
}

/// Waits.
pub(crate) async fn pause(milliseconds: i32) -> Result<(), JsValue> {
    JsFuture::from(Promise::new(&mut |resolve, _| later(&resolve, milliseconds))).await.map(drop)
}

/// A promise that is refused after that time.
pub(crate) fn refused_after(milliseconds: i32) -> Promise {
    Promise::new(&mut |_, reject| later(&reject, milliseconds))
}
