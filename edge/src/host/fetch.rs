//! The worker: turns the runtime's request into ours and has it answered.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use worker::Env;
use worker::worker_sys::Context;
use worker::worker_sys::web_sys;

use crate::http::{Method, Request};
use crate::portal;
use crate::world::World as _;

use super::{neighbour, response, sockets, world::Runtime};

/// Answers one request. `head` is what `entry.js` read of it, a line each; a header that is not there is an empty line.
#[wasm_bindgen]
pub async fn fetch(
    request: web_sys::Request,
    head: String,
    env: Env,
    context: Context,
) -> Result<web_sys::Response, JsValue> {
    let runtime = Runtime::of_worker(env).map_err(|fault| JsValue::from_str(&fault.to_string()))?.during(context);
    let (head, secure) = (Head::read(&head), runtime.settings().is_secure());
    if let Some(name) = asset_name(head.target) {
        return super::assets::serve(&runtime, &request, name).await;
    }
    if head.upgrade.eq_ignore_ascii_case("websocket") && portal::has_sockets(path_of(head.target)) {
        return match portal::listen(&runtime, &read(&request, &head, secure).await?) {
            Ok(ear) => socket(&runtime, &sockets::listener(ear)).await,
            Err(response) => response::write(response),
        };
    }
    let response = portal::answer(&runtime, read(&request, &head, secure).await?).await;
    response::write(response)
}

/// A socket at the object that tells what changes; its answer is the runtime's, other end and all.
async fn socket(runtime: &Runtime, listener: &str) -> Result<web_sys::Response, JsValue> {
    let door = neighbour::door(runtime.env()).map_err(|fault| JsValue::from_str(&fault.to_string()))?;
    door.fetch("http://objects/town", &sockets::request(sockets::LISTENER, listener)?).await
}

/// The lines of a request's head, in the order of `entry.js`.
struct Head<'a> {
    method: Method,
    /// Path and query.
    target: &'a str,
    length: &'a str,
    cookies: &'a str,
    origin: &'a str,
    fetch_site: &'a str,
    languages: &'a str,
    content_type: &'a str,
    user_agent: &'a str,
    address: &'a str,
    upgrade: &'a str,
    by_itself: &'a str,
}

impl<'a> Head<'a> {
    fn read(head: &'a str) -> Self {
        let mut lines = head.split('\n');
        let mut line = || lines.next().unwrap_or_default();
        let method = match line() {
            "GET" | "HEAD" => Method::Get,
            "POST" => Method::Post,
            _ => Method::Other,
        };
        Self {
            method,
            target: after_host(line()),
            length: line(),
            cookies: line(),
            origin: line(),
            fetch_site: line(),
            languages: line(),
            content_type: line(),
            user_agent: line(),
            address: line(),
            upgrade: line(),
            by_itself: line(),
        }
    }
}

fn after_host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
}

fn path_of(target: &str) -> &str {
    target.split(['?', '#']).next().unwrap_or_default()
}

fn asset_name(target: &str) -> Option<&str> {
    path_of(target).strip_prefix("/assets/")
}

async fn read(request: &web_sys::Request, head: &Head<'_>, secure: bool) -> Result<Request, JsValue> {
    let (path, query) = head.target.split_once('?').unwrap_or((head.target, ""));
    let bytes_max = portal::body_bytes_max(path, head.content_type, head.cookies, secure);
    let too_long = head.length.parse().is_ok_and(|length: usize| length > bytes_max);
    let body = if too_long {
        None
    } else if head.method == Method::Post {
        let buffer = JsFuture::from(request.array_buffer()?).await?;
        let bytes = Uint8Array::new(&buffer);
        (bytes.length() as usize <= bytes_max).then(|| bytes.to_vec())
    } else {
        Some(Vec::new())
    };
    let given = |line: &str| (!line.is_empty()).then(|| line.to_owned());
    Ok(Request {
        method: head.method,
        path: path.to_owned(),
        query: query.to_owned(),
        cookies: head.cookies.to_owned(),
        origin: given(head.origin),
        fetch_site: given(head.fetch_site),
        languages: head.languages.to_owned(),
        content_type: head.content_type.to_owned(),
        user_agent: head.user_agent.to_owned(),
        asks_by_itself: !head.by_itself.is_empty(),
        address: head.address.to_owned(),
        body,
    })
}
