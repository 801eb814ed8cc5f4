//! The authenticator behind `navigator.credentials` (WebAuthn L3 §5.1).
//!
//! Options and answers cross as JSON. Browsers that read and write it themselves (§5.1.8, §5.1.10) do so;
//! for the others the buffers in it are turned by hand.

use std::cell::RefCell;

use js_sys::{Array, Function, JSON, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use crate::identity::ceremony::{Authenticator, Declined};

/// The authenticators of this device.
#[derive(Debug, Clone, Copy, Default)]
pub struct Device;

impl Authenticator for Device {
    async fn create(&self, options: &str) -> Result<String, Declined> {
        let asked = Object::new();
        run("create", "parseCreationOptionsFromJSON", options, asked).await.map_err(|error| declined(&error))
    }

    async fn get(&self, options: &str) -> Result<String, Declined> {
        let asked = Object::new();
        run("get", "parseRequestOptionsFromJSON", options, asked).await.map_err(|error| declined(&error))
    }

    async fn suggest(&self, options: &str) -> Result<String, Declined> {
        let asked = suggesting().map_err(|error| declined(&error))?;
        run("get", "parseRequestOptionsFromJSON", options, asked).await.map_err(|error| declined(&error))
    }
}

thread_local! {
    /// Stops the suggestions that wait, if any do: a page may ask for a passkey in one way at a time.
    static SUGGESTIONS: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// Whether this browser suggests passkeys in a field (WebAuthn L3 §5.1.6).
pub async fn can_suggest() -> bool {
    let class = member(&leptos::prelude::window().into(), "PublicKeyCredential");
    let Ok(promise) = call(&class, "isConditionalMediationAvailable", &[]).and_then(JsCast::dyn_into::<Promise>) else {
        return false;
    };
    JsFuture::from(promise).await.is_ok_and(|can| can.is_truthy())
}

/// Takes suggestions back that nobody has chosen from.
pub fn stop_suggesting() {
    if let Some(waiting) = SUGGESTIONS.take() {
        waiting.abort();
    }
}

/// What asks for suggestions instead of a dialog.
fn suggesting() -> Result<Object, JsValue> {
    stop_suggesting();
    let (asked, stop) = (Object::new(), AbortController::new()?);
    Reflect::set(&asked, &"mediation".into(), &"conditional".into())?;
    Reflect::set(&asked, &"signal".into(), &stop.signal())?;
    SUGGESTIONS.set(Some(stop));
    Ok(asked)
}

async fn run(method: &str, parser: &str, options: &str, asked: Object) -> Result<String, JsValue> {
    let window: JsValue = leptos::prelude::window().into();
    let class = member(&window, "PublicKeyCredential");
    let credentials = member(&member(&window, "navigator"), "credentials");
    if class.is_undefined() || credentials.is_undefined() {
        return Err(not_supported());
    }
    let json = member(&JSON::parse(options)?, "publicKey");
    let parsed =
        if member(&class, parser).is_function() { call(&class, parser, &[&json])? } else { with_buffers(json)? };
    Reflect::set(&asked, &"publicKey".into(), &parsed)?;
    let promise: Promise = call(&credentials, method, &[&asked])?.dyn_into()?;
    let credential = JsFuture::from(promise).await?;
    // Some password managers answer with objects whose own toJSON does not work.
    let written = call(&credential, "toJSON", &[]).or_else(|_| with_texts(&credential))?;
    JSON::stringify(&written).map(String::from)
}

fn not_supported() -> JsValue {
    let error = js_sys::Error::new("");
    error.set_name("NotSupportedError");
    error.into()
}

/// The exceptions of WebAuthn L3 §5.1.3 and §5.1.4 in our words.
fn declined(error: &JsValue) -> Declined {
    match member(error, "name").as_string().as_deref() {
        Some("NotAllowedError" | "AbortError") => Declined::Cancelled,
        Some("InvalidStateError") => Declined::Known,
        Some("NotSupportedError" | "ConstraintError" | "SecurityError") => Declined::Unsupported,
        _ => Declined::Failed,
    }
}

fn member(target: &JsValue, name: &str) -> JsValue {
    Reflect::get(target, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn call(target: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = member(target, name).dyn_into()?;
    function.apply(target, &arguments.iter().copied().collect::<Array>())
}

/// The options with buffers for texts: challenge, user handle, ids of credentials.
fn with_buffers(options: JsValue) -> Result<JsValue, JsValue> {
    to_buffer(&options, "challenge")?;
    to_buffer(&member(&options, "user"), "id")?;
    for list in ["excludeCredentials", "allowCredentials"] {
        if let Ok(descriptors) = member(&options, list).dyn_into::<Array>() {
            descriptors.iter().try_for_each(|descriptor| to_buffer(&descriptor, "id"))?;
        }
    }
    Ok(options)
}

fn to_buffer(target: &JsValue, name: &str) -> Result<(), JsValue> {
    let Some(text) = member(target, name).as_string() else { return Ok(()) };
    let plain = text.replace('-', "+").replace('_', "/");
    let binary = call(&js_sys::global(), "atob", &[&plain.into()])?.as_string().unwrap_or_default();
    // One character a byte, all below 256.
    let bytes: Vec<u8> = binary.chars().map(|character| character as u8).collect();
    Reflect::set(target, &name.into(), &Uint8Array::from(bytes.as_slice())).map(drop)
}

/// The credential as the JSON of WebAuthn L3 §5.1: texts for buffers.
fn with_texts(credential: &JsValue) -> Result<JsValue, JsValue> {
    let out = Object::new();
    for name in ["id", "type", "authenticatorAttachment"] {
        Reflect::set(&out, &name.into(), &member(credential, name))?;
    }
    to_text(credential, &out, "rawId")?;
    let extensions = call(credential, "getClientExtensionResults", &[]).unwrap_or_else(|_| Object::new().into());
    Reflect::set(&out, &"clientExtensionResults".into(), &extensions)?;
    let (response, written) = (member(credential, "response"), Object::new());
    for name in ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"] {
        to_text(&response, &written, name)?;
    }
    if let Ok(transports) = call(&response, "getTransports", &[]) {
        Reflect::set(&written, &"transports".into(), &transports)?;
    }
    Reflect::set(&out, &"response".into(), &written)?;
    Ok(out.into())
}

fn to_text(from: &JsValue, out: &Object, name: &str) -> Result<(), JsValue> {
    let buffer = member(from, name);
    if !buffer.is_object() {
        return Ok(());
    }
    let binary: String = Uint8Array::new(&buffer).to_vec().into_iter().map(char::from).collect();
    let text = call(&js_sys::global(), "btoa", &[&binary.into()])?.as_string().unwrap_or_default();
    let text = text.replace('+', "-").replace('/', "_");
    Reflect::set(out, &name.into(), &text.trim_end_matches('=').into()).map(drop)
}
