//! The objects as the runtime sees them. `entry.js` declares a class for each and forwards to these.

use std::rc::Rc;

use futures_util::future::join_all;
use js_sys::{Array, Uint8Array};
use shared::kernel::Fault;
use wasm_bindgen::prelude::*;
use worker::worker_sys::DurableObjectState;
use worker::{Env, State};

use crate::identity::object::Registry;
use crate::ledger::object::Ledger;
use crate::object::Serve;
use crate::town::object::Town;
use crate::world::World;

use super::sql::ObjectSql;
use super::world::Runtime;

fn parts(state: DurableObjectState, env: Env) -> Result<(ObjectSql, Runtime), JsValue> {
    let storage = Rc::new(State::from(state).storage());
    let runtime = Runtime::new(env, Some(Rc::clone(&storage))).map_err(thrown)?;
    Ok((ObjectSql::new(storage), runtime))
}

fn thrown(fault: Fault) -> JsValue {
    JsValue::from_str(&fault.to_string())
}

/// Answers every message: with bytes, or where there is a fault, with a text.
async fn tell(object: &impl Serve, world: &impl World, messages: Array) -> Array {
    let answers = messages.iter().map(|message| async move {
        let message = Uint8Array::new(&message).to_vec();
        match object.tell(&message).await {
            Ok(answer) => Uint8Array::from(answer.as_slice()).into(),
            Err(fault) => {
                world.log(&fault);
                thrown(fault)
            }
        }
    });
    join_all(answers).await.into_iter().collect()
}

macro_rules! object {
    ($(#[$doc:meta])* $name:ident, $inner:ident) => {
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
                let (sql, world) = parts(state, env)?;
                let inner = $inner::open(sql, world.clone()).map_err(thrown)?;
                Ok(Self { inner, world })
            }

            /// Answers enveloped calls, in their order.
            pub async fn tell(&self, messages: Array) -> Array {
                tell(&self.inner, &self.world, messages).await
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
    RegistryObject, Registry
);
object!(
    /// The ledger.
    LedgerObject, Ledger
);
object!(
    /// The municipality's own matters: in this release, co-help.
    TownObject, Town
);
