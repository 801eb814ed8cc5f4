//! Calling an object: its neighbours do it over RPC, the portal through the one door the objects have, because it runs in
//! a process of its own (docs/adr/0009). Either way a call carries a list of questions and brings back as many answers.

use js_sys::{Promise, Reflect, Uint8Array};
use serde_bytes::{ByteBuf, Bytes};
use shared::kernel::Fault;
use shared::wire;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use worker::Env;
use worker::worker_sys::web_sys::{RequestInit, Response};

use crate::world::Object;

#[wasm_bindgen]
extern "C" {
    /// An object: the methods its class in `entry.js` offers over RPC.
    pub(super) type Stub;

    #[wasm_bindgen(method, catch)]
    async fn tell(this: &Stub, questions: Uint8Array) -> Result<Uint8Array, JsValue>;

    /// What the portal asks.
    #[wasm_bindgen(method, catch)]
    pub(super) async fn serve(this: &Stub, questions: Uint8Array) -> Result<Uint8Array, JsValue>;

    /// What asks for a socket.
    #[wasm_bindgen(method, catch)]
    pub(super) async fn fetch(this: &Stub, url: &str, init: &RequestInit) -> Result<Response, JsValue>;

    /// Has the line of that number to the object of that domain held; ends when it is there.
    #[wasm_bindgen(method, catch)]
    fn hold(this: &Stub, domain: &str, line: u32) -> Result<Promise, JsValue>;

    /// The process the objects live in.
    pub(super) type Door;

    #[wasm_bindgen(method, catch)]
    pub(super) async fn fetch(this: &Door, url: &str, init: &RequestInit) -> Result<Response, JsValue>;
}

/// How an object is reached from here.
pub(super) enum Neighbour {
    /// In the same process.
    Near(Stub),
    /// Behind the door, at that address.
    Behind(Door, String),
}

impl Neighbour {
    /// An object, from the portal.
    pub(super) fn behind(env: &Env, object: Object) -> Result<Self, Fault> {
        Ok(Self::Behind(door(env)?, format!("http://objects/{}", object.domain())))
    }

    /// Asks one question. A list goes there and a list comes back, as over a line.
    pub(super) async fn ask_one(&self, question: Vec<u8>) -> Result<Vec<u8>, Fault> {
        let questions: &[&Bytes] = &[Bytes::new(&question)];
        let packed = Uint8Array::from(wire::encode(&questions)?.as_slice());
        let mut answers: Vec<Result<ByteBuf, String>> = wire::decode_trusted(&self.tell(packed).await?.to_vec())
            .map_err(|error| Fault::new("neighbour.ask_one", error))?;
        let answer = answers.pop().ok_or_else(|| Fault::new("neighbour.ask_one", "no answer"))?;
        answer.map(ByteBuf::into_vec).map_err(|text| Fault::new("neighbour.answer", text))
    }

    /// Carries packed questions there and packed answers back.
    async fn tell(&self, packed: Uint8Array) -> Result<Uint8Array, Fault> {
        let answers = match self {
            Self::Near(stub) => stub.tell(packed).await,
            Self::Behind(door, url) => through(door, url, &packed).await,
        };
        answers.map_err(|error| lost(&error))
    }
}

/// The process the objects live in, from the portal.
pub(super) fn door(env: &Env) -> Result<Door, Fault> {
    Reflect::get(env, &JsValue::from_str("OBJECTS")).map(JsValue::unchecked_into).map_err(|error| lost(&error))
}

/// Has the line of that number to an object held, by an object of the portal's own process.
pub(super) fn hold(env: &Env, object: Object, line: u32) -> Result<Promise, Fault> {
    let found = env.durable_object("LINE").and_then(|space| space.get_by_name(object.domain()));
    let stub: Stub = found.map(worker::Stub::into_rpc).map_err(|error| Fault::new("neighbour.hold", error))?;
    stub.hold(object.domain(), line).map_err(|error| lost(&error))
}

/// The object of that municipality, from among the objects.
pub(super) fn stub(env: &Env, municipality: &str, object: Object) -> Result<Stub, Fault> {
    let name = format!("{municipality}/{}", object.domain());
    let found = env.durable_object(binding(object)).and_then(|space| space.get_by_name(&name));
    found.map(worker::Stub::into_rpc).map_err(|error| Fault::new("neighbour.stub", error))
}

async fn through(door: &Door, url: &str, packed: &Uint8Array) -> Result<Uint8Array, JsValue> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(packed);
    let response = door.fetch(url, &init).await?;
    if response.status() != 200 {
        return Err(JsValue::from_f64(response.status().into()));
    }
    Ok(Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?))
}

fn lost(error: &JsValue) -> Fault {
    Fault::new("neighbour.tell", format_args!("{error:?}"))
}

const fn binding(object: Object) -> &'static str {
    match object {
        Object::Registry => "REGISTRY",
        Object::Ledger(_) => "LEDGER",
        Object::Town => "TOWN",
    }
}
