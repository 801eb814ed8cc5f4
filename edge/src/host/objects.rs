//! The objects as the runtime sees them. `door.js` makes a class for each and forwards to these.

use std::rc::Rc;

use futures_util::future::join_all;
use js_sys::Uint8Array;
use serde_bytes::{ByteBuf, Bytes};
use shared::kernel::Fault;
use shared::wire;
use wasm_bindgen::prelude::*;
use worker::worker_sys::DurableObjectState;
use worker::worker_sys::web_sys::Response;
use worker::{Env, State};

use crate::identity::object::Registry;
use crate::identity::secrets::Secrets;
use crate::ledger::object::Ledger;
use crate::object::{Caller, Serve};
use crate::town::object::{Denied, Town};
use crate::world::{Object, World};

use super::sockets::{self, Sockets};
use super::sql::ObjectSql;
use super::world::Runtime;

pub(super) fn parts(state: DurableObjectState, env: Env) -> Result<(ObjectSql, Runtime, Option<String>), Fault> {
    let sockets: Sockets = state.clone().unchecked_into();
    let state = State::from(state);
    let name = state.id().name();
    let storage = Rc::new(state.storage());
    let runtime = Runtime::new(env, Some((Rc::clone(&storage), sockets)))?;
    Ok((ObjectSql::new(storage), runtime, name))
}

pub(super) fn registry(sql: ObjectSql, world: Runtime) -> Result<Registry<ObjectSql, Runtime>, Fault> {
    let secrets = Secrets::read(|name| world.told(name))?;
    Registry::open(sql, world, secrets)
}

/// A book of the ledger: the one that the object's name says.
fn ledger(sql: ObjectSql, world: Runtime, name: Option<&str>) -> Result<Ledger<ObjectSql, Runtime>, Fault> {
    let domain = name.and_then(|name| name.split_once('/')).map(|(_, domain)| domain);
    let mut books = world.settings().municipality.shards.all();
    let book = books.find(|shard| domain == Some(Object::Ledger(*shard).domain()));
    let book = book.ok_or_else(|| Fault::new("objects.ledger", format_args!("there is no book {name:?}")))?;
    Ledger::open(sql, world, book)
}

pub(super) fn thrown(fault: Fault) -> JsValue {
    JsValue::from_str(&fault.to_string())
}

/// Answers every question: with bytes, or where there is a fault, with a text.
async fn tell(
    object: &impl Serve,
    world: &impl World,
    caller: Caller,
    packed: Uint8Array,
) -> Result<Uint8Array, Fault> {
    let packed = packed.to_vec();
    let questions: Vec<&Bytes> = wire::decode_trusted(&packed).map_err(|error| Fault::new("objects.tell", error))?;
    let answers = questions.into_iter().map(|question| async move {
        object.tell(caller, question).await.map(ByteBuf::from).map_err(|fault| {
            world.log(&fault);
            fault.to_string()
        })
    });
    Ok(Uint8Array::from(wire::encode(&join_all(answers).await)?.as_slice()))
}

macro_rules! object {
    ($(#[$doc:meta])* $name:ident, $inner:ident, $open:expr) => {
        $(#[$doc])*
        #[wasm_bindgen]
        pub struct $name {
            inner: $inner<ObjectSql, Runtime>,
            world: Runtime,
        }

        #[wasm_bindgen]
        impl $name {
            /// Opens the object over its storage.
            #[wasm_bindgen(constructor)]
            pub fn new(state: DurableObjectState, env: Env) -> Result<Self, JsValue> {
                let (sql, world, name) = parts(state, env).map_err(thrown)?;
                let inner = ($open)(sql, world.clone(), name.as_deref()).map_err(thrown)?;
                Ok(Self { inner, world })
            }

            /// Answers an object's packed questions, in their order.
            pub async fn tell(&self, questions: Uint8Array) -> Result<Uint8Array, JsValue> {
                tell(&self.inner, &self.world, Caller::Object, questions).await.map_err(thrown)
            }

            /// Answers the portal's packed questions, in their order.
            pub async fn serve(&self, questions: Uint8Array) -> Result<Uint8Array, JsValue> {
                tell(&self.inner, &self.world, Caller::Portal, questions).await.map_err(thrown)
            }

            /// Does what is due.
            pub async fn alarm(&self) -> Result<(), JsValue> {
                self.inner.ring().await.map_err(thrown)
            }
        }
    };
}

object!(
    /// Identity: persons, passkeys, ceremonies, sessions.
    RegistryObject, Registry, |sql, world, _| registry(sql, world)
);
object!(
    /// The ledger.
    LedgerObject, Ledger, ledger
);
object!(
    /// The municipality's own matters: in this release, co-help.
    TownObject, Town, |sql, world, _| Town::open(sql, world)
);

#[wasm_bindgen]
impl TownObject {
    /// Opens a socket for somebody who listens, as `sockets::listener` names them.
    pub async fn listen(&self, listener: String) -> Result<Response, JsValue> {
        let Some(ear) = sockets::read_listener(&listener) else { return sockets::refused(400) };
        match self.inner.listener(ear).await.map_err(thrown)? {
            Ok(listener) => {
                let response = self.world.sockets().map_err(thrown)?.open(listener)?;
                self.inner.tell_newcomer(ear.about);
                Ok(response)
            }
            Err(Denied::SignedOut) => sockets::refused(401),
            Err(Denied::Forbidden) => sockets::refused(403),
        }
    }
}

/// The objects' door, for a socket.
#[wasm_bindgen]
pub async fn listen(listener: String, env: Env) -> Result<Response, JsValue> {
    let stub = Runtime::of_worker(env).and_then(|runtime| runtime.stub(Object::Town)).map_err(thrown)?;
    stub.fetch("http://objects/town", &sockets::request(sockets::LISTENER, &listener)?).await
}

/// The object of that domain, of those that the portal asks: of the books, the first.
pub(super) fn named(domain: &str) -> Result<Object, JsValue> {
    let found = Object::ALL.into_iter().find(|object| object.domain() == domain);
    found.ok_or_else(|| JsValue::from_str("no such object"))
}

/// The objects' door: packed questions for the object of that domain, which the portal sends from its own process.
#[wasm_bindgen]
pub async fn objects(domain: String, questions: Uint8Array, env: Env) -> Result<Uint8Array, JsValue> {
    let object = named(&domain)?;
    let stub = Runtime::of_worker(env).and_then(|runtime| runtime.stub(object)).map_err(thrown)?;
    stub.serve(questions).await
}
