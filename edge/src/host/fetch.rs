//! The worker: turns the runtime's request into ours, and our response into the runtime's.

use std::cell::OnceCell;

use js_sys::Uint8Array;
use shared::kernel::{Fault, limit};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use worker::Env;
use worker::worker_sys::web_sys::{self, Headers, ResponseInit};

use crate::http::{Body, Method, Request, Response};
use crate::portal;

use super::world::Runtime;

thread_local! {
    /// Settings are read once per instance; bindings come anew with every request.
    static RUNTIME: OnceCell<Runtime> = const { OnceCell::new() };
}

fn runtime(env: Env) -> Result<Runtime, Fault> {
    RUNTIME.with(|cell| match cell.get() {
        Some(known) => Ok(known.with_env(env)),
        None => {
            let made = Runtime::new(env, None)?;
            // Nobody else can have set it: there is one thread.
            let _ = cell.set(made.clone());
            Ok(made)
        }
    })
}

/// Answers one request.
#[wasm_bindgen]
pub async fn fetch(request: web_sys::Request, env: Env) -> Result<web_sys::Response, JsValue> {
    let runtime = runtime(env).map_err(|fault| JsValue::from_str(&fault.to_string()))?;
    let url = request.url();
    if let Some(name) = asset_name(&url) {
        return super::assets::serve(&runtime, &request, name).await;
    }
    let response = portal::answer(&runtime, read(&request, &url).await?).await;
    write(response)
}

fn after_host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
}

fn asset_name(url: &str) -> Option<&str> {
    let path = after_host(url);
    path.split(['?', '#']).next()?.strip_prefix("/assets/")
}

async fn read(request: &web_sys::Request, url: &str) -> Result<Request, JsValue> {
    let headers = request.headers();
    let header = |name: &str| headers.get(name).ok().flatten();
    let target = after_host(url);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let method = match request.method().as_str() {
        "GET" | "HEAD" => Method::Get,
        "POST" => Method::Post,
        _ => Method::Other,
    };
    let too_long = header("content-length")
        .and_then(|text| text.parse().ok())
        .is_some_and(|length: usize| length > limit::BODY_BYTES_MAX);
    let body = if too_long {
        None
    } else if method == Method::Post {
        let buffer = JsFuture::from(request.array_buffer()?).await?;
        let bytes = Uint8Array::new(&buffer);
        (bytes.length() as usize <= limit::BODY_BYTES_MAX).then(|| bytes.to_vec())
    } else {
        Some(Vec::new())
    };
    Ok(Request {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        cookies: header("cookie").unwrap_or_default(),
        origin: header("origin"),
        fetch_site: header("sec-fetch-site"),
        languages: header("accept-language").unwrap_or_default(),
        content_type: header("content-type").unwrap_or_default(),
        body,
    })
}

fn write(response: Response) -> Result<web_sys::Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &response.headers {
        headers.append(name, value)?;
    }
    let init = ResponseInit::new();
    init.set_status(response.status);
    init.set_headers(&headers);
    match response.body {
        Body::Empty => web_sys::Response::new_with_opt_str_and_init(None, &init),
        Body::Text(text) => web_sys::Response::new_with_opt_str_and_init(Some(&text), &init),
        Body::Bytes(bytes) => {
            web_sys::Response::new_with_opt_buffer_source_and_init(Some(&Uint8Array::from(bytes.as_slice())), &init)
        }
    }
}
