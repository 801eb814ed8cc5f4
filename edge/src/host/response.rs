//! Our response as the runtime's.

use std::cell::RefCell;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use worker::worker_sys::web_sys::{self, Headers, ResponseInit};

use crate::http::{Body, Response};

/// The most heads that are remembered.
const HEADS_MAX: usize = 64;

/// Status and headers of a response.
type Head = (u16, Vec<(&'static str, String)>);

thread_local! {
    /// Heads as the runtime takes them. Most answers share a few of them, and each costs some twenty crossings.
    static HEADS: RefCell<Vec<(Head, ResponseInit)>> = const { RefCell::new(Vec::new()) };
}

pub(super) fn write(response: Response) -> Result<web_sys::Response, JsValue> {
    let Response { status, headers, body } = response;
    let init = init((status, headers))?;
    match body {
        Body::Empty => web_sys::Response::new_with_opt_str_and_init(None, &init),
        Body::Text(text) => bytes(text.as_bytes(), &init),
        Body::Bytes(all) => bytes(&all, &init),
    }
}

/// Text goes as bytes too: its type says what it is, and the runtime would decode it only to encode it again.
fn bytes(all: &[u8], init: &ResponseInit) -> Result<web_sys::Response, JsValue> {
    web_sys::Response::new_with_opt_buffer_source_and_init(Some(&Uint8Array::from(all)), init)
}

fn init(head: Head) -> Result<ResponseInit, JsValue> {
    // These are one person's, once.
    if head.1.iter().any(|(name, _)| matches!(*name, "set-cookie" | "location")) {
        return made(&head);
    }
    HEADS.with_borrow_mut(|heads| {
        if let Some((_, init)) = heads.iter().find(|(known, _)| *known == head) {
            return Ok(init.clone());
        }
        let init = made(&head)?;
        if heads.len() < HEADS_MAX {
            heads.push((head, init.clone()));
        }
        Ok(init)
    })
}

fn made((status, headers): &Head) -> Result<ResponseInit, JsValue> {
    let given = Headers::new()?;
    for (name, value) in headers {
        given.append(name, value)?;
    }
    let init = ResponseInit::new();
    init.set_status(*status);
    init.set_headers(&given);
    Ok(init)
}
