//! Many requests, one call: what the worker's requests ask of an object in one turn of the event loop travels together.
//!
//! A call between objects costs the runtime several times what we do in it (docs/adr/0008). One of the askers carries
//! everybody's questions. Each asker waits for a promise of its own, because the runtime goes on in the request that a
//! promise was made in and cancels what hangs on another's.
//!
//! Where answers lead to pages a carrier also waits a few milliseconds for the call before: whoever comes meanwhile goes along,
//! and the objects work on one call while the portal makes the pages of another.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise, Undefined};
use shared::kernel::Fault;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use worker::worker_sys::Context;

use super::neighbour::Neighbour;

/// The most questions of one call.
const CALL_MAX: usize = 256;
/// After this, a carrier that has not set out is taken for dead, and the next asker carries too. A turn is far shorter.
const PATIENCE_MS: f64 = 1_000.0;
/// After this, an asker gives up.
const ANSWER_MS: u32 = 30_000;
/// The longest that a carrier waits for the call before, which may be one of the slow ones.
const CALL_BEFORE_MS: u32 = 6;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = scheduler, js_name = wait)]
    fn turn_of(milliseconds: u32) -> Promise;

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &Wake, milliseconds: u32) -> f64;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timeout: f64);
}

/// What waits to be carried to one object.
#[derive(Default)]
pub(super) struct Together {
    waiting: RefCell<Vec<Waiting>>,
    /// Whether each answer is handed out in a turn of its own. Where an answer leads to a page, the others' pages would
    /// otherwise keep requests that have just come from setting out; where it does not, those who were answered together come
    /// back together, and the next commit carries them all.
    apart: bool,
    /// Whether the last call that set out is not back. A call that is lost leaves this behind until the next one is back.
    under_way: Cell<bool>,
    /// Resolves what the next carrier waits for.
    next: RefCell<Option<Wake>>,
}

/// Resolves a promise of ours.
type Wake = Function<fn(JsValue) -> Undefined>;

type Answer = Rc<RefCell<Option<Result<Vec<u8>, Fault>>>>;

struct Waiting {
    question: Vec<u8>,
    /// Where the asker looks when its promise is resolved.
    answer: Answer,
    /// Resolves it.
    wake: Wake,
    since_ms: f64,
}

impl Together {
    /// Answers lead to pages, and are handed out a turn apart.
    pub(super) fn apart() -> Self {
        Self { apart: true, ..Self::default() }
    }

    /// Asks with everybody who asks in this turn. Who carries finds the neighbour, and `request` lives until the call ends.
    pub(super) async fn ask(
        self: &Rc<Self>,
        request: &Context,
        neighbour: impl FnOnce() -> Result<Neighbour, Fault>,
        question: Vec<u8>,
    ) -> Result<Vec<u8>, Fault> {
        if self.needs_carrier() {
            let (together, neighbour) = (Rc::clone(self), neighbour()?);
            let carrying = future_to_promise(async move { together.set_out(&neighbour).await });
            request.wait_until(&carrying).map_err(|error| Fault::new("together.ask", format_args!("{error:?}")))?;
        }
        // Not `Promise::new`: the engine's optimiser inlines that one, and such a promise does not know its request.
        let (answer, resolvers) = (Answer::default(), Promise::with_resolvers::<JsValue, JsValue>());
        let one =
            Waiting { question, answer: Rc::clone(&answer), wake: resolvers.resolve(), since_ms: js_sys::Date::now() };
        self.waiting.borrow_mut().push(one);
        // Also what the runtime sees us wait for: a request that waits for another's doing alone, it takes for hung.
        let timeout = set_timeout(&resolvers.resolve(), ANSWER_MS);
        // Never rejected.
        let _ = JsFuture::from(resolvers.promise()).await;
        clear_timeout(timeout);
        answer.take().unwrap_or_else(|| Err(Fault::new("together.ask", "no answer in time")))
    }

    /// Whether nobody waits yet, or whoever was to carry has died.
    fn needs_carrier(&self) -> bool {
        let waiting = self.waiting.borrow();
        waiting.first().is_none_or(|oldest| js_sys::Date::now() - oldest.since_ms > PATIENCE_MS)
    }

    async fn set_out(&self, neighbour: &Neighbour) -> Result<JsValue, JsValue> {
        // Lets everybody in who comes in this turn.
        JsFuture::from(turn_of(0)).await?;
        if self.apart && self.under_way.get() {
            self.call_before().await;
        }
        let mut waiting = self.waiting.take();
        while !waiting.is_empty() {
            let later = waiting.split_off(waiting.len().min(CALL_MAX));
            let questions: Vec<_> = waiting.iter_mut().map(|one| std::mem::take(&mut one.question)).collect();
            self.under_way.set(true);
            let answers = neighbour.ask(&questions).await;
            self.under_way.set(false);
            // Before the answers are handed out: the next call is answered while pages are made of these.
            if let Some(wake) = self.next.take() {
                wake.call(&JsValue::UNDEFINED, (&JsValue::UNDEFINED,))?;
            }
            let (mut answers, lost) = match answers {
                Ok(answers) => (answers.into_iter(), Fault::new("together.set_out", "an answer is missing")),
                Err(fault) => (Vec::new().into_iter(), fault),
            };
            for (place, one) in waiting.iter().enumerate() {
                if self.apart && place > 0 {
                    JsFuture::from(turn_of(0)).await?;
                }
                let answer = answers.next().unwrap_or_else(|| Err(lost.clone()));
                one.answer.replace(Some(answer));
                one.wake.call(&JsValue::UNDEFINED, (&JsValue::UNDEFINED,))?;
            }
            waiting = later;
        }
        Ok(JsValue::UNDEFINED)
    }

    /// Waits until a call is back, or long enough.
    async fn call_before(&self) {
        let before = Promise::with_resolvers::<JsValue, JsValue>();
        let timeout = set_timeout(&before.resolve(), CALL_BEFORE_MS);
        self.next.replace(Some(before.resolve()));
        // Never rejected.
        let _ = JsFuture::from(before.promise()).await;
        clear_timeout(timeout);
    }
}
