//! `World` over the runtime.

use std::cell::Cell;
use std::rc::Rc;

use shared::kernel::{Fault, Timestamp};
use wasm_bindgen::prelude::*;
use worker::worker_sys::Context;
use worker::{Env, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Storage};

use crate::settings::Settings;
use crate::world::{Incoming, Object, Outgoing, World};

use super::together::{Neighbour, Together, alone};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(line: &str);
}

/// The runtime, for the worker (no storage) or for one object.
#[derive(Clone)]
pub(super) struct Runtime {
    env: Env,
    settings: Rc<Settings>,
    storage: Option<Rc<Storage>>,
    clock_offset_ms: Rc<Cell<i64>>,
    /// The request being answered; objects have none.
    request: Option<Rc<Context>>,
    to_ledger: Rc<Together>,
    to_town: Rc<Together>,
}

impl Runtime {
    pub(super) fn new(env: Env, storage: Option<Rc<Storage>>) -> Result<Self, Fault> {
        let settings = Settings::read(|name| env.var(name).ok().map(|value| value.to_string()))?;
        Ok(Self {
            env,
            settings: Rc::new(settings),
            storage,
            clock_offset_ms: Rc::default(),
            request: None,
            to_ledger: Rc::default(),
            to_town: Rc::default(),
        })
    }

    /// The same deployment seen from a request: bindings belong to the request they came with.
    pub(super) fn for_request(&self, env: Env, request: Context) -> Self {
        Self { env, request: Some(Rc::new(request)), ..self.clone() }
    }

    fn neighbour(&self, object: Object) -> Result<Neighbour, Fault> {
        let binding = match object {
            Object::Registry => "REGISTRY",
            Object::Ledger => "LEDGER",
            Object::Town => "TOWN",
        };
        let name = format!("{}/{}", self.settings.municipality.code, object.domain());
        let stub = self.env.durable_object(binding).and_then(|space| space.get_by_name(&name));
        stub.map(worker::Stub::into_rpc).map_err(fault("world.neighbour"))
    }

    /// The bindings.
    pub(super) fn env(&self) -> &Env {
        &self.env
    }
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
        match (&self.request, object) {
            (Some(request), Object::Ledger) => self.to_ledger.ask(request, || self.neighbour(object), &message).await,
            (Some(request), Object::Town) => self.to_town.ask(request, || self.neighbour(object), &message).await,
            // The Registry may have to wait for the card issuer, and nobody else should. Objects gather for themselves.
            _ => alone(self.neighbour(object)?, &message).await,
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

    fn log(&self, fault: &Fault) {
        console_error(&format!("fault {fault}"));
    }

    fn set_clock_offset(&self, offset_ms: i64) {
        self.clock_offset_ms.set(offset_ms);
    }
}
