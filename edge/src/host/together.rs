//! Many requests, one line: what the portal's requests ask of an object goes over a socket that stays open (docs/adr/0018).
//!
//! A request may use nothing that another one opened, so the socket is held by an object of the portal's own process. Each asker leaves its question in our memory and waits for a promise of its own, because the runtime goes on in the
//! request that a promise was made in and cancels what hangs on another's; so does the holder.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::iter;
use std::rc::Rc;

use js_sys::{Function, Promise, Uint8Array, Undefined};
use serde_bytes::{ByteBuf, Bytes};
use shared::kernel::Fault;
use shared::wire;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use worker::worker_sys::Context;

/// The most questions of one call.
const CALL_MAX: usize = 128;
/// After this, an asker gives up.
const ANSWER_MS: u32 = 30_000;
/// After this a call is one of the slow ones, and the next does not wait for it.
const SLOW_MS: f64 = 20.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &Wake, milliseconds: u32) -> f64;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timeout: f64);
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
}

/// Somebody who waits, and what they wait for.
type Answered = (Waiting, Result<Vec<u8>, Fault>);

/// What travels together.
struct Call {
    batch: Vec<Waiting>,
    since_ms: f64,
}

/// What waits to be carried to one object, and what is on its way.
pub(super) struct Together {
    waiting: RefCell<Vec<Waiting>>,
    /// Calls under way, by their number.
    flying: RefCell<BTreeMap<u32, Call>>,
    /// Answers that came and were not handed out.
    came: RefCell<Vec<Answered>>,
    /// How many calls are under way at a time, beside slow ones: what is asked meanwhile goes along with the next.
    at_a_time: usize,
    /// Whether a call carries no more than its share of all who are asking, beside those in slow ones. Where answers lead to pages, whoever was answered together
    /// would otherwise ask together again, and the objects and the portal would wait for each other in turn. Where they do not, those who
    /// come together come into one commit.
    shares: bool,
    /// The number of the last line that was asked for. Whoever holds one knows its number; the first is any, so that a module
    /// made anew does not know the lines of the one before.
    line: Cell<u32>,
    /// The number of the last call.
    call: Cell<u32>,
    /// When the last frame came, or the line was asked for.
    heard_ms: Cell<f64>,
    /// Whether the last of them is there, or was asked for.
    held: Cell<bool>,
    /// Resolves what the holder waits for.
    holder: RefCell<Option<Wake>>,
}

impl Together {
    /// For answers that lead to pages.
    pub(super) fn sharing(at_a_time: usize) -> Self {
        Self { shares: true, ..Self::new(at_a_time) }
    }

    pub(super) fn new(at_a_time: usize) -> Self {
        Self {
            waiting: RefCell::default(),
            flying: RefCell::default(),
            came: RefCell::default(),
            at_a_time,
            shares: false,
            line: Cell::new(any()),
            call: Cell::default(),
            heard_ms: Cell::default(),
            held: Cell::default(),
            holder: RefCell::default(),
        }
    }

    /// Asks with everybody who asks meanwhile. Where there is no line, `hold` has one of that number held, and ends when it is.
    pub(super) async fn ask(
        self: &Rc<Self>,
        request: &Context,
        hold: impl FnOnce(u32) -> Result<Promise, Fault>,
        question: Vec<u8>,
    ) -> Result<Vec<u8>, Fault> {
        if !self.held.get() {
            self.line.set(self.line.get().wrapping_add(1));
            let (together, line, holding) = (Rc::clone(self), self.line.get(), hold(self.line.get())?);
            self.held.set(true);
            self.heard_ms.set(now_ms());
            let held = future_to_promise(async move {
                let held = JsFuture::from(holding).await;
                held.inspect_err(|_| together.lost(line))
            });
            request.wait_until(&held).map_err(|error| Fault::new("together.ask", format_args!("{error:?}")))?;
        }
        // Not `Promise::new`: the engine's optimiser inlines that one, and such a promise does not know its request.
        let (line, answer) = (self.line.get(), Answer::default());
        let resolvers = Promise::with_resolvers::<JsValue, JsValue>();
        let one = Waiting { question, answer: Rc::clone(&answer), wake: resolvers.resolve() };
        let first = self.waiting.borrow().is_empty();
        self.waiting.borrow_mut().push(one);
        if first {
            // For the others the holder has been woken, or knows how long they have to wait.
            self.wake();
        }
        // Also what the runtime sees us wait for: a request that waits for another's doing alone, it takes for hung.
        let timeout = set_timeout(&resolvers.resolve(), ANSWER_MS);
        // Never rejected.
        let _ = JsFuture::from(resolvers.promise()).await;
        clear_timeout(timeout);
        answer.take().unwrap_or_else(|| {
            if now_ms() - self.heard_ms.get() >= f64::from(ANSWER_MS) {
                // Nobody is at the other end, or nobody holds this one.
                self.lost(line);
            }
            Err(Fault::new("together.ask", "no answer in time"))
        })
    }

    /// Carries until the line of that number is cut.
    pub(super) async fn hold(&self, line: u32, send: &Function) -> Result<(), JsValue> {
        while self.has(line) {
            // Before answers are handed out: the objects work on these while pages are made of those.
            if self.pause_ms() == Some(0) {
                self.set_out(send)?;
            }
            hand_out(self.came.take());
            match self.pause_ms() {
                Some(0) => {}
                pause => self.happens(pause).await,
            }
        }
        Ok(())
    }

    /// How long whoever waits has to go on waiting, in milliseconds, if anybody does.
    fn pause_ms(&self) -> Option<u32> {
        if self.waiting.borrow().is_empty() {
            return None;
        }
        let now = now_ms();
        let flying = self.flying.borrow();
        let quick = || flying.values().filter(|call| call.is_quick(now));
        if quick().count() < self.at_a_time {
            return Some(0);
        }
        let oldest = quick().map(|call| call.since_ms).fold(now, f64::min);
        // Not nothing: that would be now.
        Some((oldest + SLOW_MS - now).ceil().max(1.0) as u32)
    }

    fn has(&self, line: u32) -> bool {
        self.held.get() && self.line.get() == line
    }

    fn set_out(&self, send: &Function) -> Result<(), JsValue> {
        let number = self.call.get().wrapping_add(1);
        self.call.set(number);
        let mut batch = self.waiting.take();
        let later = batch.split_off(batch.len().min(self.call_max(batch.len())));
        self.waiting.replace(later);
        let questions: Vec<_> = batch.iter().map(|one| Bytes::new(&one.question)).collect();
        let packed = wire::encode(&questions);
        self.flying.borrow_mut().insert(number, Call { batch, since_ms: now_ms() });
        let packed = packed.map_err(|fault| JsValue::from_str(&fault.to_string()))?;
        let frame = [number.to_le_bytes().as_slice(), &packed].concat();
        send.call1(&JsValue::UNDEFINED, &Uint8Array::from(frame.as_slice()))?;
        Ok(())
    }

    /// The most questions of the next call, where that many wait.
    fn call_max(&self, waiting: usize) -> usize {
        if !self.shares {
            return CALL_MAX;
        }
        let now = now_ms();
        let flying = self.flying.borrow();
        let quick: usize = flying.values().filter(|call| call.is_quick(now)).map(|call| call.batch.len()).sum();
        (waiting + quick).div_ceil(self.at_a_time).min(CALL_MAX)
    }

    /// Waits until something happens, at most so long.
    async fn happens(&self, milliseconds: Option<u32>) {
        let something = Promise::with_resolvers::<JsValue, JsValue>();
        self.holder.replace(Some(something.resolve()));
        let timeout = milliseconds.map(|milliseconds| set_timeout(&something.resolve(), milliseconds));
        // Never rejected.
        let _ = JsFuture::from(something.promise()).await;
        timeout.into_iter().for_each(clear_timeout);
    }

    fn wake(&self) {
        if let Some(wake) = self.holder.take() {
            resolve(&wake);
        }
    }

    /// A frame came by the line of that number.
    pub(super) fn heard(&self, line: u32, frame: &[u8]) {
        let read = frame.split_first_chunk().filter(|_| self.has(line));
        let Some((number, packed)) = read else { return };
        self.heard_ms.set(now_ms());
        let Some(call) = self.flying.borrow_mut().remove(&u32::from_le_bytes(*number)) else { return };
        let answers: Result<Vec<Result<ByteBuf, String>>, _> = match packed {
            [] => Err(Fault::new("together.answer", "the call failed as a whole")),
            _ => wire::decode_trusted(packed).map_err(|error| Fault::new("together.answer", error)),
        };
        let (answers, missing) = match answers {
            Ok(answers) => (answers, Fault::new("together.answer", "an answer is missing")),
            Err(fault) => (Vec::new(), fault),
        };
        let answers = answers.into_iter().map(|answer| match answer {
            Ok(answer) => Ok(answer.into_vec()),
            Err(text) => Err(Fault::new("together.answer", text)),
        });
        let answers = answers.chain(iter::repeat_with(|| Err(missing.clone())));
        self.came.borrow_mut().extend(call.batch.into_iter().zip(answers));
        self.wake();
    }

    /// The line of that number is cut, or was never there: who waits is told, and the next asker has another one held.
    pub(super) fn lost(&self, line: u32) {
        if !self.has(line) {
            return;
        }
        self.held.set(false);
        hand_out(self.came.take());
        let flying = self.flying.take().into_values().flat_map(|call| call.batch);
        for one in flying.chain(self.waiting.take()) {
            one.end(Err(Fault::new("together.lost", "the line to the object is cut")));
        }
        self.wake();
    }
}

impl Call {
    fn is_quick(&self, now_ms: f64) -> bool {
        // A clock that was set back makes nobody slow.
        now_ms - self.since_ms < SLOW_MS
    }
}

impl Waiting {
    fn end(self, answer: Result<Vec<u8>, Fault>) {
        self.answer.replace(Some(answer));
        resolve(&self.wake);
    }
}

fn hand_out(came: Vec<Answered>) {
    for (one, answer) in came {
        one.end(answer);
    }
}

fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// Any number.
fn any() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}

fn resolve(wake: &Wake) {
    // Resolving does not throw.
    let _ = wake.call(&JsValue::UNDEFINED, (&JsValue::UNDEFINED,));
}
