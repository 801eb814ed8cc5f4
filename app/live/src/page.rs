//! The parts of the page that `app::design::live` draws, and the list that is shown anew.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, DomParser, Element, EventTarget, HtmlElement, Response, SupportedType, Window};

/// The element that is shown anew.
const LIST: &str = "cases";

/// What is said. Each stands in the page already, in the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Note {
    /// The connection is there.
    On,
    /// It is lost for now.
    Off,
    /// The list was shown anew.
    News,
    /// What the page is about changed.
    Changed,
}

impl Note {
    const fn name(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::News => "news",
            Self::Changed => "changed",
        }
    }
}

/// The place of the page where one sees whether it lives.
pub(crate) struct Place {
    root: Element,
    /// Where changes are told.
    pub(crate) path: String,
    /// The last change that is in the page.
    pub(crate) after: u64,
    /// The one thing the page is about; a list if empty.
    pub(crate) about: String,
}

pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

/// As long as the page.
pub(crate) fn listen(target: &EventTarget, event: &str, act: impl Fn(JsValue) + 'static) {
    let act = Closure::<dyn Fn(JsValue)>::new(act).into_js_value();
    // The browser takes every listener.
    let _ = target.add_event_listener_with_callback(event, act.unchecked_ref());
}

/// Calls after that time.
pub(crate) fn later(milliseconds: i32, act: impl FnOnce() + 'static) {
    let act: Function = Closure::once_into_js(act).unchecked_into();
    // Where there is no clock there is no page either.
    let _ = window().map(|window| window.set_timeout_with_callback_and_timeout_and_arguments_0(&act, milliseconds));
}

impl Place {
    /// The place of the page that is whole.
    pub(crate) fn find() -> Option<Self> {
        let root = document()?.query_selector("[data-live]").ok()??;
        let given = |name: &str| root.get_attribute(name);
        let (path, about) = (given("data-live")?, given("data-about").unwrap_or_default());
        let after = given("data-after")?.parse().ok()?;
        Some(Self { root, path, after, about })
    }

    /// The address of the socket, after that change.
    pub(crate) fn address(&self, after: u64) -> Option<String> {
        let location = window()?.location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        Some(format!("{scheme}://{}{}?after={after}", location.host().ok()?, self.path))
    }

    /// Shows a note, or takes it away. A screen reader says what stands in a live region.
    pub(crate) fn say(&self, note: Note, said: bool) {
        let part = self.root.query_selector(&format!("[data-live-part={}]", note.name()));
        if let Ok(Some(part)) = part
            && let Ok(part) = part.dyn_into::<HtmlElement>()
        {
            part.set_hidden(!said);
        }
    }
}

/// Asks for the page again and puts its list in the place of this one. The keyboard stays where it was.
pub(crate) async fn show_anew() -> Result<(), JsValue> {
    let (Some(window), Some(document)) = (window(), document()) else { return Ok(()) };
    let here = window.location();
    let response: Response = JsFuture::from(window.fetch_with_str(&here.href()?)).await?.dyn_into()?;
    if response.redirected() || !response.ok() {
        // Signed out, or no longer allowed to see it: the page itself says so.
        return here.reload();
    }
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    let fresh = DomParser::new()?.parse_from_string(&text, SupportedType::TextHtml)?;
    let (Some(old), Some(new)) = (document.get_element_by_id(LIST), fresh.get_element_by_id(LIST)) else {
        return Ok(());
    };
    let focused = focused_link(&document, &old);
    old.set_inner_html(&new.inner_html());
    if let Some(href) = focused
        && let Ok(Some(link)) = old.query_selector(&format!("a[href=\"{href}\"]"))
        && let Ok(link) = link.dyn_into::<HtmlElement>()
    {
        link.focus()?;
    }
    Ok(())
}

/// Where the link that has the keyboard leads, if it is in the list. Ours have no quotes in them.
fn focused_link(document: &Document, list: &Element) -> Option<String> {
    let active = document.active_element()?;
    let inside = list.contains(Some(active.as_ref()));
    active.get_attribute("href").filter(|href| inside && !href.contains(['"', '\\']))
}
