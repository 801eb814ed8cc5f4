//! The parts of the page that `app::design::live` draws, and the list that is shown anew.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Document, DomParser, Element, EventTarget, HtmlElement, RequestInit, Response, SupportedType, Window,
};

/// The element that is shown anew.
const LIST: &str = "[data-live-list]";
/// A list that only grows: what stands in it stays as it is.
const LOG: &str = "log";
/// Says that the page asks by itself: it keeps no session alive.
const BY_ITSELF: &str = "meguri-by-itself";
/// How long an answer is waited for, in milliseconds.
const PATIENCE_MILLISECONDS: u32 = 10_000;

/// What is said, and what can be pressed. Each stands in the page already, in the reader's language.
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
    /// The button that keeps the list as it is.
    Hold,
    /// The button that lets it go on.
    Go,
}

impl Note {
    const fn name(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::News => "news",
            Self::Changed => "changed",
            Self::Hold => "hold",
            Self::Go => "go",
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

/// What came of asking.
pub(crate) enum Answer {
    /// The page.
    Text(String),
    /// Nobody may see it here any longer. The page is loaded anew, and says so; one on which somebody may be writing stays.
    Gone,
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

    fn part(&self, note: Note) -> Option<HtmlElement> {
        self.root.query_selector(&format!("[data-live-part={}]", note.name())).ok()??.dyn_into().ok()
    }

    /// Shows a note, or takes it away. A screen reader says what stands in a live region.
    pub(crate) fn say(&self, note: Note, said: bool) {
        if let Some(part) = self.part(note) {
            part.set_hidden(!said);
        }
    }

    pub(crate) fn when_pressed(&self, button: Note, act: impl Fn() + 'static) {
        if let Some(part) = self.part(button) {
            listen(&part, "click", move |_| act());
        }
    }

    pub(crate) fn focus(&self, button: Note) {
        if let Some(part) = self.part(button) {
            // What cannot be focused loses nothing.
            let _ = part.focus();
        }
    }
}

/// Asks for a page of ours, by itself.
pub(crate) async fn ask(url: &str) -> Result<Answer, JsValue> {
    let window = window().ok_or(JsValue::NULL)?;
    let init = RequestInit::new();
    let headers = web_sys::Headers::new()?;
    headers.set(BY_ITSELF, "1")?;
    init.set_headers(&headers);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MILLISECONDS)));
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(url, &init)).await?.dyn_into()?;
    match response.status() {
        200 if !response.redirected() => {
            Ok(Answer::Text(JsFuture::from(response.text()?).await?.as_string().unwrap_or_default()))
        }
        200 | 401 | 403 | 404 => {
            // Signed out, or no longer allowed to see it.
            if !is_written_on() {
                window.location().reload()?;
            }
            Ok(Answer::Gone)
        }
        other => Err(JsValue::from_f64(other.into())),
    }
}

/// What came of showing the list anew.
#[derive(Default)]
pub(crate) struct Shown {
    /// Whether another list stands in its place. What is added to a log, a screen reader says by itself.
    pub(crate) replaced: bool,
    /// Whether the rest of the page says something else by now.
    pub(crate) changed: bool,
}

/// Asks for the page again and puts its list in the place of this one. The keyboard stays where it was.
pub(crate) async fn show_anew() -> Result<Shown, JsValue> {
    let document = document().ok_or(JsValue::NULL)?;
    // The page itself, not the place in it.
    let here = window().ok_or(JsValue::NULL)?.location().href()?;
    let here = here.split('#').next().unwrap_or_default();
    let Some(old) = list(&document) else { return Err(JsValue::NULL) };
    let Answer::Text(text) = ask(here).await? else { return Ok(Shown { replaced: false, changed: true }) };
    let fresh = DomParser::new()?.parse_from_string(&text, SupportedType::TextHtml)?;
    let changed = version(&document) != version(&fresh);
    if is_log(&old) {
        add(&document, &old, &fresh)?;
        return Ok(Shown { replaced: false, changed });
    }
    let Some(new) = list(&fresh) else { return Err(JsValue::NULL) };
    let focused = Focused::find(&document, &old);
    old.set_inner_html(&new.inner_html());
    focused.map_or(Ok(()), |focused| focused.restore(&old))?;
    Ok(Shown { replaced: true, changed })
}

fn list(document: &Document) -> Option<Element> {
    document.query_selector(LIST).ok()?
}

/// Whether the page has a list that is shown anew.
pub(crate) fn has_list() -> bool {
    document().is_some_and(|document| list(&document).is_some())
}

/// What the page says besides its list.
fn version(document: &Document) -> Option<String> {
    document.query_selector("[data-version]").ok()??.get_attribute("data-version")
}

fn is_log(list: &Element) -> bool {
    list.get_attribute("data-live-list").as_deref() == Some(LOG)
}

/// Whether somebody may be writing on the page: then it is not taken away from under their hands.
fn is_written_on() -> bool {
    document().and_then(|document| list(&document)).is_some_and(|list| is_log(&list))
}

/// Adds what the page does not have yet. Where much was missed, some of it is folded away on a fresh page.
fn add(document: &Document, old: &Element, fresh: &Document) -> Result<(), JsValue> {
    let items = fresh.query_selector_all(&format!(".{} > li[id]", old.class_name()))?;
    let items = (0..items.length()).filter_map(|place| items.get(place)?.dyn_into::<Element>().ok());
    let missing: Vec<_> = items.filter(|item| document.get_element_by_id(&item.id()).is_none()).collect();
    missing.iter().try_for_each(|item| old.append_child(item).map(drop))
}

/// Whether nobody can see the page: it lies behind another one.
pub(crate) fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// The link of the list that has the keyboard.
struct Focused {
    href: String,
    /// Which of those that lead there: a case may stand in two lists.
    place: u32,
}

impl Focused {
    fn find(document: &Document, list: &Element) -> Option<Self> {
        let active = document.active_element()?;
        // Ours have no quotes in them.
        let href = active.get_attribute("href").filter(|href| !href.contains(['"', '\\']))?;
        let alike = list.query_selector_all(&Self::leading_to(&href)).ok()?;
        let place =
            (0..alike.length()).find(|place| alike.get(*place).is_some_and(|one| one.is_same_node(Some(&active))))?;
        Some(Self { href, place })
    }

    fn leading_to(href: &str) -> String {
        format!("a[href=\"{href}\"]")
    }

    /// The same link, or another that leads there; where there is none any more, the list.
    fn restore(self, list: &Element) -> Result<(), JsValue> {
        let alike = list.query_selector_all(&Self::leading_to(&self.href))?;
        let link = alike.get(self.place).or_else(|| alike.get(0)).and_then(|link| link.dyn_into::<HtmlElement>().ok());
        match link {
            Some(link) => link.focus(),
            None => list.clone().dyn_into::<HtmlElement>().map_or(Ok(()), |list| list.focus()),
        }
    }
}
