//! `World` over the runtime.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use shared::kernel::{Fault, Timestamp};
use wasm_bindgen::prelude::*;
use worker::worker_sys::Context;
use worker::{Env, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Storage};

use crate::settings::Settings;
use crate::world::{Audience, Incoming, Listener, Object, Outgoing, Told, World};

use super::neighbour::{Neighbour, Stub, hold, stub};
use super::sockets::Sockets;
use super::together::Together;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(line: &str);
}

/// How many calls of the Ledger are under way at a time: it gathers what it is asked into commits by itself.
const LEDGER_CALLS: usize = 16;
/// How many of the Town: the objects work on one while the portal makes the pages of another, and there is always a next one.
const TOWN_CALLS: usize = 3;

thread_local! {
    static KEPT: OnceCell<Runtime> = const { OnceCell::new() };
}

/// The runtime, for the worker (no storage) or for one object.
#[derive(Clone)]
pub(super) struct Runtime {
    env: Env,
    settings: Rc<Settings>,
    storage: Option<Rc<Storage>>,
    /// Those who listen; the portal has nobody.
    sockets: Option<Sockets>,
    clock_offset_ms: Rc<Cell<i64>>,
    /// The request being answered; objects have none.
    request: Option<Rc<Context>>,
    to_ledger: Rc<Together>,
    to_town: Rc<Together>,
}

impl Runtime {
    pub(super) fn new(env: Env, object: Option<(Rc<Storage>, Sockets)>) -> Result<Self, Fault> {
        let (storage, sockets) = object.unzip();
        let settings = Settings::read(|name| told(&env, name))?;
        Ok(Self {
            env,
            settings: Rc::new(settings),
            storage,
            sockets,
            clock_offset_ms: Rc::default(),
            request: None,
            to_ledger: Rc::new(Together::new(LEDGER_CALLS)),
            to_town: Rc::new(Together::sharing(TOWN_CALLS)),
        })
    }

    /// The worker's, for the request with these bindings. Settings are read once per instance; bindings belong to the
    /// request they came with.
    pub(super) fn of_worker(env: Env) -> Result<Self, Fault> {
        KEPT.with(|cell| {
            if cell.get().is_none() {
                // Nobody else can have set it: there is one thread.
                let _ = cell.set(Self::new(env.clone(), None)?);
            }
            let kept = cell.get().ok_or_else(|| Fault::new("world.of_worker", "none was made"))?;
            Ok(Self { env, ..kept.clone() })
        })
    }

    /// While that request is answered.
    pub(super) fn during(self, request: Context) -> Self {
        Self { request: Some(Rc::new(request)), ..self }
    }

    /// An object, from among the objects.
    pub(super) fn stub(&self, object: Object) -> Result<Stub, Fault> {
        stub(&self.env, &self.settings.municipality.code, object)
    }

    /// What the process was told under that name.
    pub(super) fn told(&self, name: &str) -> Option<String> {
        told(&self.env, name)
    }

    /// Those who listen.
    pub(super) fn sockets(&self) -> Result<&Sockets, Fault> {
        self.sockets.as_ref().ok_or_else(|| Fault::new("world.sockets", "nobody listens to a portal"))
    }

    /// What waits to be carried to that object. The Registry has no line: it may have to wait for the card issuer, and nobody else should;
    /// nor have other books, which are asked by the first one.
    pub(super) fn together(&self, object: Object) -> Option<&Rc<Together>> {
        match object {
            Object::LEDGER => Some(&self.to_ledger),
            Object::Town => Some(&self.to_town),
            Object::Registry | Object::Ledger(_) => None,
        }
    }

    /// The bindings.
    pub(super) fn env(&self) -> &Env {
        &self.env
    }
}

/// One line for whoever runs the service.
pub(super) fn log(fault: &Fault) {
    console_error(&format!("fault {fault}"));
}

fn told(env: &Env, name: &str) -> Option<String> {
    env.var(name).ok().map(|value| value.to_string())
}

fn fault(place: &'static str) -> impl Fn(worker::Error) -> Fault {
    move |error| Fault::new(place, error)
}

impl World for Runtime {
    fn now(&self) -> Timestamp {
        Timestamp(js_sys::Date::now() as i64 + self.clock_offset_ms.get())
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0u8; N];
        // The runtime's generator cannot fail; were it to, an all-zero secret must not exist.
        assert!(getrandom_04::fill(&mut bytes).is_ok(), "the runtime has no randomness");
        bytes
    }

    fn settings(&self) -> &Settings {
        &self.settings
    }

    async fn call(&self, object: Object, message: Vec<u8>) -> Result<Vec<u8>, Fault> {
        let Some(request) = &self.request else {
            // Objects gather for themselves.
            return Neighbour::Near(self.stub(object)?).ask_one(message).await;
        };
        match self.together(object) {
            Some(together) => together.ask(request, |line| hold(&self.env, object, line), message).await,
            None => Neighbour::behind(&self.env, object)?.ask_one(message).await,
        }
    }

    async fn call_alone(&self, object: Object, message: Vec<u8>) -> Result<Vec<u8>, Fault> {
        match self.request {
            Some(_) => Neighbour::behind(&self.env, object)?.ask_one(message).await,
            None => self.call(object, message).await,
        }
    }

    async fn send(&self, outgoing: Outgoing) -> Result<Incoming, Fault> {
        let fault = fault("world.send");
        let headers = Headers::new();
        let mut init = RequestInit::new();
        // Where the issuer's discovery says, and nowhere else: an answer that leads away is no answer.
        init.with_redirect(RequestRedirect::Manual);
        if let Some(bearer) = &outgoing.bearer {
            headers.set("authorization", &format!("Bearer {bearer}")).map_err(&fault)?;
        }
        if let Some(form) = &outgoing.form {
            headers.set("content-type", "application/x-www-form-urlencoded").map_err(&fault)?;
            init.with_method(Method::Post).with_body(Some(JsValue::from_str(form)));
        }
        headers.set("accept", "application/json").map_err(&fault)?;
        init.with_headers(headers);
        let request = Request::new_with_init(&outgoing.url, &init).map_err(&fault)?;
        let mut response = Fetch::Request(request).send().await.map_err(&fault)?;
        let body = response.bytes().await.map_err(&fault)?;
        if body.len() > Incoming::BYTES_MAX {
            return Err(Fault::new("world.send", "the answer is too large"));
        }
        Ok(Incoming { status: response.status_code(), body })
    }

    async fn wake_at(&self, at: Timestamp) -> Result<(), Fault> {
        let Some(storage) = &self.storage else {
            return Err(Fault::new("world.wake_at", "only objects are woken"));
        };
        // The alarm knows the real clock only.
        let real = at.0.saturating_sub(self.clock_offset_ms.get());
        storage
            .set_alarm(worker::ScheduledTime::new(js_sys::Date::new(&JsValue::from_f64(real as f64))))
            .await
            .map_err(fault("world.wake_at"))
    }

    fn tell_each(&self, whom: Audience, mut tell: impl FnMut(Listener) -> Result<Told, Fault>) -> Result<(), Fault> {
        self.sockets.as_ref().map_or(Ok(()), |sockets| sockets.tell_each(whom, &mut tell))
    }

    fn log(&self, fault: &Fault) {
        log(fault);
    }

    fn set_clock_offset(&self, offset_ms: i64) {
        self.clock_offset_ms.set(offset_ms);
    }
}
