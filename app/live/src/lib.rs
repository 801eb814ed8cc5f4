//! Hears what changes while a page is open and shows it, keeps what is typed, and makes photos smaller before they are sent.
//!
//! A module of its own, so that only the pages that live load it. `app::design::{live, keeping}` draw the parts;
//! `public/islands.js` loads the module and calls [`hydrate`]. The server says only that something changed: what it is now, the page is asked
//! for, so that nobody is shown what they may not see.

pub mod hearing;
mod keeping;
mod page;
mod shrinking;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Math;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

use hearing::{Hearing, News, gather_milliseconds, pause_milliseconds};
use page::{Answer, Note, Place};

/// How often it is asked whether anybody is there, in milliseconds.
const BEAT_MILLISECONDS: i32 = 25_000;
/// What is asked, and what the server answers.
const ANYBODY: (&str, &str) = ("ping", "pong");
/// The server closes with this when one is to come again at once.
const AGAIN: u16 = 4_000;
/// How long a line may be cut before it is said, in milliseconds.
const CUT_MILLISECONDS: i32 = 3_000;

/// A page that hears.
struct Live {
    place: Place,
    hearing: RefCell<Hearing>,
    socket: RefCell<Option<WebSocket>>,
    /// Whether the line is there.
    there: Cell<bool>,
    /// How often a connection was tried in vain.
    tries: Cell<u32>,
    /// Whether an answer is due.
    asked: Cell<bool>,
    /// Whether the list lacks something that was heard. Only a list that was shown anew lacks nothing.
    behind: Cell<bool>,
    /// Whether it is being shown anew.
    showing: Cell<bool>,
    /// Whether somebody wants it to stay as it is.
    held: Cell<bool>,
    /// Whether a form of the page is on its way: what comes of it is shown by the next page.
    leaving: Cell<bool>,
}

/// Wakes what lives in the page.
#[wasm_bindgen]
pub fn hydrate() {
    keeping::wake();
    shrinking::wake();
    let Some(place) = Place::find() else { return };
    let hearing = RefCell::new(Hearing::new(place.after, place.about.clone()));
    let (socket, tries, no) = (RefCell::default(), Cell::new(0), || Cell::new(false));
    let (there, asked, behind, showing, held, leaving) = (no(), no(), no(), no(), no(), no());
    let live = Rc::new(Live { place, hearing, socket, there, tries, asked, behind, showing, held, leaving });
    live.obey();
    live.connect();
    live.beat();
}

impl Live {
    /// What somebody does in the page.
    fn obey(self: &Rc<Self>) {
        let live = Rc::clone(self);
        self.place.when_pressed(Note::Hold, move || live.hold(true));
        let live = Rc::clone(self);
        self.place.when_pressed(Note::Go, move || live.hold(false));
        self.place.say(Note::Hold, true);
        let Some((window, document)) = page::window().zip(page::document()) else { return };
        let live = Rc::clone(self);
        page::listen(&document, "submit", move |_| live.leaving.set(true));
        let live = Rc::clone(self);
        page::listen(&window, "pageshow", move |_| live.leaving.set(false));
        let live = Rc::clone(self);
        page::listen(&document, "visibilitychange", move |_| live.show());
    }

    fn hold(self: &Rc<Self>, held: bool) {
        self.held.set(held);
        self.place.say(Note::Hold, !held);
        self.place.say(Note::Go, held);
        self.place.focus(if held { Note::Go } else { Note::Hold });
        self.show();
    }

    /// Opens a socket after what was heard. There is one at a time: the next is opened when this one has closed.
    fn connect(self: &Rc<Self>) {
        let address = self.place.address(self.hearing.borrow().heard());
        let Some(Ok(socket)) = address.map(|address| WebSocket::new(&address)) else { return };
        self.asked.set(false);
        let opened = Rc::new(Cell::new(false));
        let (live, open) = (Rc::clone(self), Rc::clone(&opened));
        page::listen(&socket, "open", move |_| {
            open.set(true);
            live.tries.set(0);
            live.found();
        });
        let live = Rc::clone(self);
        page::listen(&socket, "message", move |event| {
            let event: MessageEvent = event.unchecked_into();
            live.hear(&event.data().as_string().unwrap_or_default());
        });
        let live = Rc::clone(self);
        page::listen(&socket, "close", move |event| {
            let event: CloseEvent = event.unchecked_into();
            live.closed(opened.get(), event.code() == AGAIN);
        });
        *self.socket.borrow_mut() = Some(socket);
    }

    /// The line is there.
    fn found(self: &Rc<Self>) {
        self.there.set(true);
        self.place.say(Note::On, true);
        self.place.say(Note::Off, false);
        self.show();
    }

    /// The line is cut. Where it was never there, it is asked without a socket whether somebody may hear at all, and what.
    fn closed(self: &Rc<Self>, opened: bool, again: bool) {
        self.there.set(false);
        if !again {
            let live = Rc::clone(self);
            page::later(CUT_MILLISECONDS, move || {
                live.place.say(Note::On, live.there.get());
                live.place.say(Note::Off, !live.there.get());
            });
        }
        let live = Rc::clone(self);
        let tries = self.tries.replace(self.tries.get().saturating_add(1));
        spawn_local(async move {
            if !opened && live.ask().await {
                return;
            }
            let pause = if again && opened { 0 } else { pause_milliseconds(tries, Math::random()) };
            let next = Rc::clone(&live);
            page::later(pause, move || next.connect());
        });
    }

    /// Hears without a socket, where none can be had. Gives whether there is nothing to hear here any longer.
    async fn ask(self: &Rc<Self>) -> bool {
        let after = self.hearing.borrow().heard();
        match page::ask(&format!("{}?after={after}", self.place.path)).await {
            Ok(Answer::Text(text)) => {
                self.found();
                self.hear(&text);
                false
            }
            Ok(Answer::Gone) => {
                self.place.say(Note::Changed, !self.leaving.get());
                true
            }
            // Who cannot be asked either is asked again with the next try.
            Err(_) => false,
        }
    }

    /// Asks now and then whether anybody is there; whoever does not answer is gone, though nobody said so.
    fn beat(self: &Rc<Self>) {
        if let Some(socket) = &*self.socket.borrow()
            && socket.ready_state() == WebSocket::OPEN
            && (self.asked.replace(true) || socket.send_with_str(ANYBODY.0).is_err())
        {
            // Closing one that is closed changes nothing.
            let _ = socket.close();
        }
        let next = Rc::clone(self);
        page::later(BEAT_MILLISECONDS, move || next.beat());
    }

    fn hear(self: &Rc<Self>, message: &str) {
        if message == ANYBODY.1 {
            self.asked.set(false);
            return;
        }
        let news = self.hearing.borrow_mut().hear(message);
        match news {
            News::Here if page::has_list() => {
                self.behind.set(true);
                self.show();
            }
            News::Here if !self.leaving.get() => self.place.say(Note::Changed, true),
            News::Here | News::Elsewhere | News::Nothing => {}
        }
    }

    /// Shows the list anew if it lacks something, until it lacks nothing. What happens at once is shown at once.
    fn show(self: &Rc<Self>) {
        // What nobody looks at can wait: to be shown a message is to have seen it.
        if !self.behind.get() || self.held.get() || page::is_hidden() || self.showing.replace(true) {
            return;
        }
        let live = Rc::clone(self);
        page::later(gather_milliseconds(Math::random()), move || {
            spawn_local(async move {
                live.behind.set(false);
                live.place.say(Note::News, false);
                let shown = page::show_anew().await;
                live.place.say(Note::News, shown.as_ref().is_ok_and(|shown| shown.replaced));
                let changed = shown.as_ref().is_ok_and(|shown| shown.changed);
                if changed && !live.leaving.get() {
                    live.place.say(Note::Changed, true);
                }
                live.showing.set(false);
                if shown.is_ok() {
                    live.show();
                } else {
                    live.behind.set(true);
                    let again = Rc::clone(&live);
                    page::later(pause_milliseconds(live.tries.get().max(2), Math::random()), move || again.show());
                }
            });
        });
    }
}
