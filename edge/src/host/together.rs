//! Many requests, one call: what the worker's requests ask of an object in one turn of the event loop travels together.
//!
//! A call between objects costs the runtime several times what we do in it (docs/adr/0008). One of the askers carries
//! everybody's questions. Each asker waits for a promise of its own, because the runtime goes on in the request that a
//! promise was made in and cancels what hangs on another's.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Uint8Array, Undefined};
use shared::kernel::Fault;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use worker::worker_sys::Context;

/// The most questions of one call.
const CALL_MAX: usize = 256;
/// After this, a carrier that has not set out is taken for dead, and the next asker carries too. A turn is far shorter.
const PATIENCE_MS: f64 = 1_000.0;

#[wasm_bindgen]
extern "C" {
    /// A neighbour object: the method its class in `entry.js` offers over RPC.
    pub(super) type Neighbour;

    #[wasm_bindgen(method, catch)]
    async fn tell(this: &Neighbour, messages: Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = scheduler, js_name = wait)]
    fn turn_of(milliseconds: u32) -> Promise;
}

/// Asks one question with nobody else's.
pub(super) async fn alone(neighbour: Neighbour, message: &[u8]) -> Result<Vec<u8>, Fault> {
    let answers = carry(&neighbour, &Array::of1(&Uint8Array::from(message))).await?;
    read(&answers.get(0))
}

/// What waits to be carried to one object.
#[derive(Default)]
pub(super) struct Together {
    waiting: RefCell<Vec<Waiting>>,
}

struct Waiting {
    question: Uint8Array,
    /// Resolves the asker's promise.
    answer: Function<fn(JsValue) -> Undefined>,
    since_ms: f64,
}

impl Together {
    /// Asks with everybody who asks in this turn. Who carries finds the neighbour, and `request` lives until the call ends.
    pub(super) async fn ask(
        self: &Rc<Self>,
        request: &Context,
        neighbour: impl FnOnce() -> Result<Neighbour, Fault>,
        message: &[u8],
    ) -> Result<Vec<u8>, Fault> {
        if self.needs_carrier() {
            let (together, neighbour) = (Rc::clone(self), neighbour()?);
            let carrying = future_to_promise(async move { together.set_out(&neighbour).await });
            request.wait_until(&carrying).map_err(|error| Fault::new("together.ask", format_args!("{error:?}")))?;
        }
        // Not `Promise::new`: the engine's optimiser inlines that one, and such a promise does not know its request.
        let (question, resolvers) = (Uint8Array::from(message), Promise::with_resolvers());
        let one = Waiting { question, answer: resolvers.resolve(), since_ms: js_sys::Date::now() };
        self.waiting.borrow_mut().push(one);
        // Never rejected: what fails is answered with a text.
        let answer = JsFuture::from(resolvers.promise()).await.unwrap_or_else(|error| error);
        read(&answer)
    }

    /// Whether nobody waits yet, or whoever was to carry has died.
    fn needs_carrier(&self) -> bool {
        let waiting = self.waiting.borrow();
        waiting.first().is_none_or(|oldest| js_sys::Date::now() - oldest.since_ms > PATIENCE_MS)
    }

    async fn set_out(&self, neighbour: &Neighbour) -> Result<JsValue, JsValue> {
        // Lets everybody in who comes in this turn.
        JsFuture::from(turn_of(0)).await?;
        let mut waiting = self.waiting.take();
        while !waiting.is_empty() {
            let later = waiting.split_off(waiting.len().min(CALL_MAX));
            let questions: Array = waiting.iter().map(|one| &one.question).collect();
            let answers = carry(neighbour, &questions).await;
            for (index, one) in (0..).zip(&waiting) {
                let answer = match &answers {
                    Ok(answers) => answers.get(index),
                    Err(fault) => JsValue::from_str(&fault.to_string()),
                };
                one.answer.call(&JsValue::UNDEFINED, (&answer,))?;
            }
            waiting = later;
        }
        Ok(JsValue::UNDEFINED)
    }
}

async fn carry(neighbour: &Neighbour, questions: &Array) -> Result<Array, Fault> {
    let answers = neighbour
        .tell(questions.clone())
        .await
        .map_err(|error| Fault::new("together.carry", format_args!("{error:?}")))?;
    answers.dyn_into().map_err(|_| Fault::new("together.carry", "no list of answers"))
}

/// An answer is bytes; a text in its place says why there is none.
fn read(answer: &JsValue) -> Result<Vec<u8>, Fault> {
    match answer.dyn_ref::<Uint8Array>() {
        Some(bytes) => Ok(bytes.to_vec()),
        None => Err(Fault::new("together.read", answer.as_string().unwrap_or_default())),
    }
}
