//! Built files: with their types, forever where the name carries the content, and packed where the browser takes it.
//! The runtime's disk service knows none of these.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use worker::worker_sys::web_sys::{self, Headers, ResponseInit};
use worker::{Fetcher, Request as WorkerRequest};

use super::world::Runtime;

const PACKED: [&str; 6] = ["css", "js", "wasm", "svg", "txt", "webmanifest"];

fn kind(ending: &str) -> &'static str {
    match ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "wav" => "audio/wav",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// A plain name of ours: letters, digits, dots, hyphens; never a way out of the folder.
fn is_plain(name: &str) -> bool {
    !name.starts_with('.')
        && !name.is_empty()
        && name.len() <= 80
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

/// `portal.0123456789ab.css`: the name changes with the content.
fn carries_content(name: &str) -> bool {
    name.split('.').nth(1).is_some_and(|hash| hash.len() == 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

pub(super) async fn serve(
    runtime: &Runtime,
    request: &web_sys::Request,
    name: &str,
) -> Result<web_sys::Response, JsValue> {
    if !is_plain(name) {
        return not_found();
    }
    let ending = name.rsplit('.').next().unwrap_or_default();
    let takes_brotli = request.headers().get("accept-encoding")?.is_some_and(|list| list.contains("br"));
    let packed = takes_brotli && PACKED.contains(&ending);
    let file = if packed { format!("{name}.br") } else { name.to_owned() };
    let assets: Fetcher = runtime.env().service("ASSETS").map_err(JsValue::from)?;
    let asked = WorkerRequest::new(&format!("http://assets/{file}"), worker::Method::Get).map_err(JsValue::from)?;
    let found = assets.fetch_request(asked).await.map_err(JsValue::from)?;
    let found: web_sys::Response = found.into();
    if found.status() != 200 {
        return not_found();
    }
    let headers = Headers::new()?;
    headers.set("content-type", kind(ending))?;
    headers.set("x-content-type-options", "nosniff")?;
    headers.set("vary", "accept-encoding")?;
    let lasting = if carries_content(name) { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    headers.set("cache-control", lasting)?;
    let init = ResponseInit::new();
    init.set_headers(&headers);
    if packed {
        headers.set("content-encoding", "br")?;
        // The bytes are packed already; without this the runtime would pack them again.
        js_sys::Reflect::set(&init, &"encodeBody".into(), &"manual".into())?;
    }
    let bytes = JsFuture::from(found.array_buffer()?).await?;
    web_sys::Response::new_with_opt_buffer_source_and_init(Some(bytes.unchecked_ref()), &init)
}

fn not_found() -> Result<web_sys::Response, JsValue> {
    let init = ResponseInit::new();
    init.set_status(404);
    web_sys::Response::new_with_opt_str_and_init(Some("not found"), &init)
}
