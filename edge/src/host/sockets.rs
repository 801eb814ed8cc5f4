//! Those who listen: sockets that the runtime keeps for an object, also while the object sleeps or is made anew. How far
//! each has heard is written on the socket itself, so that nothing is said twice and nothing left out.

use js_sys::{Array, Reflect};
use shared::kernel::{Fault, JobId, Timestamp};
use wasm_bindgen::prelude::*;
use worker::worker_sys::web_sys::{Headers, RequestInit, Response, ResponseInit};

use crate::world::{Audience, Ear, Listener, Told};

/// The most sockets of one object.
const SOCKETS_MAX: u32 = 2_000;
/// With so many, residents go without: operators are let in still.
const RESIDENTS_MAX: u32 = 1_800;
/// The most of one job: the two with a few pages each.
const OF_JOB_MAX: u32 = 8;
/// What the operators' sockets are marked with; those of a job carry its id.
const DESK: &str = "desk";
/// What a listener says to see whether anybody is there, and hears. The runtime answers by itself.
const ANYBODY: (&str, &str) = ("ping", "pong");
/// The reason to close with: connect again.
const AGAIN: u16 = 4_000;
/// Says from one process to the other who listens: the session, the number of the last change, and the job if it is about one,
/// with blanks between.
pub(super) const LISTENER: &str = "meguri-listener";

#[wasm_bindgen]
extern "C" {
    /// `DurableObjectState`, for what it has to do with sockets.
    #[derive(Clone)]
    pub(super) type Sockets;

    #[wasm_bindgen(method, catch, js_name = acceptWebSocket)]
    fn accept(this: &Sockets, socket: &Socket, marks: &Array) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = getWebSockets)]
    fn all(this: &Sockets) -> Result<Array, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getWebSockets)]
    fn marked(this: &Sockets, mark: &str) -> Result<Array, JsValue>;

    #[wasm_bindgen(method, catch, js_name = setWebSocketAutoResponse)]
    fn answer_by_itself(this: &Sockets, pair: &AutoResponse) -> Result<(), JsValue>;

    type Socket;

    #[wasm_bindgen(method, catch)]
    fn send(this: &Socket, text: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn close(this: &Socket, code: u16, reason: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = serializeAttachment)]
    fn attach(this: &Socket, attachment: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = deserializeAttachment)]
    fn attached(this: &Socket) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = WebSocketPair)]
    type Pair;

    #[wasm_bindgen(constructor, catch, js_class = WebSocketPair)]
    fn new() -> Result<Pair, JsValue>;

    #[wasm_bindgen(js_name = WebSocketRequestResponsePair)]
    type AutoResponse;

    #[wasm_bindgen(constructor, catch, js_class = WebSocketRequestResponsePair)]
    fn new(request: &str, response: &str) -> Result<AutoResponse, JsValue>;
}

/// Who listens, in one header's value.
pub(super) fn listener(Ear { session, after, about }: Ear) -> String {
    let job = about.map(|job| format!(" {job}")).unwrap_or_default();
    format!("{session} {after}{job}")
}

/// From that value.
pub(super) fn read_listener(listener: &str) -> Option<Ear> {
    let (session, rest) = listener.split_once(' ')?;
    let (after, job) = rest.split_once(' ').map_or((rest, None), |(after, job)| (after, Some(job)));
    let about = job.map(str::parse::<JobId>).transpose().ok()?;
    Some(Ear { session: session.parse().ok()?, after: after.parse().ok()?, about })
}

/// A request that asks for a socket; that header says for what.
pub(super) fn request(header: &str, value: &str) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    headers.set("upgrade", "websocket")?;
    headers.set(header, value)?;
    let init = RequestInit::new();
    init.set_headers(&headers);
    Ok(init)
}

/// An answer without a socket.
pub(super) fn refused(status: u16) -> Result<Response, JsValue> {
    let init = ResponseInit::new();
    init.set_status(status);
    Response::new_with_opt_str_and_init(None, &init)
}

impl Sockets {
    /// Opens a socket for the listener: the answer that hands over its other end.
    pub(super) fn open(&self, listener: Listener) -> Result<Response, JsValue> {
        let most = if listener.about.is_some() { RESIDENTS_MAX } else { SOCKETS_MAX };
        if self.all()?.length() >= most {
            return refused(503);
        }
        let pair = Pair::new()?;
        let (theirs, ours) = (Reflect::get_u32(&pair, 0)?, Reflect::get_u32(&pair, 1)?);
        let ours: Socket = ours.unchecked_into();
        let mark = listener.about.map_or_else(|| DESK.to_owned(), |job| job.to_string());
        if listener.about.is_some() && self.marked(&mark)?.length() >= OF_JOB_MAX {
            return refused(503);
        }
        self.accept(&ours, &Array::of1(&JsValue::from_str(&mark)))?;
        self.answer_by_itself(&AutoResponse::new(ANYBODY.0, ANYBODY.1)?)?;
        ours.write(listener)?;
        let init = ResponseInit::new();
        init.set_status(101);
        Reflect::set(&init, &JsValue::from_str("webSocket"), &theirs)?;
        Response::new_with_opt_str_and_init(None, &init)
    }

    /// Tells each what there is for it. A socket that fails is closed: whoever it is connects again and has missed nothing.
    pub(super) fn tell_each(
        &self,
        whom: Audience,
        tell: &mut dyn FnMut(Listener) -> Result<Told, Fault>,
    ) -> Result<(), Fault> {
        let lost = |error: JsValue| Fault::new("sockets.tell_each", format_args!("{error:?}"));
        let sockets = match whom {
            Audience::All => self.all(),
            Audience::Desk => self.marked(DESK),
            Audience::Job(job) => self.marked(&job.to_string()),
        };
        for socket in sockets.map_err(lost)? {
            let socket: Socket = socket.unchecked_into();
            let told = match socket.read() {
                Some(listener) => match tell(listener)? {
                    Told::Nothing => Ok(()),
                    Told::News { text, heard } => {
                        socket.write(Listener { heard, ..listener }).and_then(|()| socket.send(&text))
                    }
                    Told::Goodbye => socket.close(AGAIN, "again"),
                },
                None => socket.close(AGAIN, "again"),
            };
            if told.is_err() {
                // Already closed is as good.
                let _ = socket.close(AGAIN, "again");
            }
        }
        Ok(())
    }
}

impl Socket {
    fn write(&self, listener: Listener) -> Result<(), JsValue> {
        let numbers = [listener.heard as f64, listener.since.0 as f64].map(JsValue::from_f64);
        let job = listener.about.map(|job| JsValue::from_str(&job.to_string()));
        self.attach(&numbers.into_iter().chain(job).collect::<Array>())
    }

    fn read(&self) -> Option<Listener> {
        let written = self.attached().ok()?.dyn_into::<Array>().ok()?;
        let number = |place| written.get(place).as_f64();
        let about = written.get(2).as_string().map(|job| job.parse()).transpose().ok()?;
        Some(Listener { heard: number(0)? as u64, since: Timestamp(number(1)? as i64), about })
    }
}
