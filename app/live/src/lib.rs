//! Hears what changes while a page is open, and shows it.
//!
//! A module of its own, so that only the pages that live load it. `app::design::live` draws the parts; `public/islands.js`
//! loads the module and calls [`hydrate`]. The server says only that something changed: what it is now, the page is asked
//! for, so that nobody is shown what they may not see.

pub mod hearing;
mod page;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, WebSocket};

use hearing::{Hearing, News, pause_milliseconds};
use page::{Note, Place};

/// How often it is asked whether anybody is there, in milliseconds.
const BEAT_MILLISECONDS: i32 = 25_000;
/// What is asked, and what the server answers.
const ANYBODY: (&str, &str) = ("ping", "pong");

/// A page that hears.
struct Live {
    place: Place,
    hearing: RefCell<Hearing>,
    socket: RefCell<Option<WebSocket>>,
    /// How often a connection was tried in vain.
    tries: Cell<u32>,
    /// Whether an answer is due.
    asked: Cell<bool>,
    /// Whether the list is being shown anew, and whether something happened since.
    showing: Cell<bool>,
    again: Cell<bool>,
}

/// Wakes the place of the page that hears.
#[wasm_bindgen]
pub fn hydrate() {
    let Some(place) = Place::find() else { return };
    let hearing = RefCell::new(Hearing::new(place.after, place.about.clone()));
    let socket = RefCell::default();
    let live = Rc::new(Live {
        place,
        hearing,
        socket,
        tries: Cell::new(0),
        asked: Cell::new(false),
        showing: Cell::new(false),
        again: Cell::new(false),
    });
    live.connect();
    live.beat();
}

impl Live {
    /// Opens a socket after what was heard. There is one at a time: the next is opened when this one has closed.
    fn connect(self: &Rc<Self>) {
        let address = self.place.address(self.hearing.borrow().heard());
        let Some(Ok(socket)) = address.map(|address| WebSocket::new(&address)) else { return };
        self.asked.set(false);
        let live = Rc::clone(self);
        page::listen(&socket, "open", move |_| {
            live.tries.set(0);
            live.connected(true);
        });
        let live = Rc::clone(self);
        page::listen(&socket, "message", move |event| {
            let event: MessageEvent = event.unchecked_into();
            live.hear(&event.data().as_string().unwrap_or_default());
        });
        let live = Rc::clone(self);
        page::listen(&socket, "close", move |_| {
            live.connected(false);
            let tries = live.tries.get();
            live.tries.set(tries.saturating_add(1));
            let again = Rc::clone(&live);
            page::later(pause_milliseconds(tries, js_sys::Math::random()), move || again.connect());
        });
        *self.socket.borrow_mut() = Some(socket);
    }

    fn connected(&self, there: bool) {
        self.place.say(Note::On, there);
        self.place.say(Note::Off, !there);
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
            News::Here if self.place.about.is_empty() => self.show(),
            News::Here => self.place.say(Note::Changed, true),
            News::Elsewhere | News::Nothing => {}
        }
    }

    /// Shows the list anew; once more if something happened meanwhile.
    fn show(self: &Rc<Self>) {
        self.again.set(true);
        if self.showing.replace(true) {
            return;
        }
        let live = Rc::clone(self);
        spawn_local(async move {
            while live.again.replace(false) {
                live.place.say(Note::News, false);
                // A page that cannot be had now is had with the next change, or when somebody loads it.
                let shown = page::show_anew().await.is_ok();
                live.place.say(Note::News, shown);
            }
            live.showing.set(false);
        });
    }
}
