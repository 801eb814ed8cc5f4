//! Who reads the pictures: the browser's own detector where there is one, our decoder otherwise.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlVideoElement;

use crate::camera::Camera;
use crate::page::refused_after;

/// How long a browser's detector may take: some never answer.
const PATIENCE_MILLISECONDS: i32 = 2_000;

/// How often the decoder may stumble over a picture: each time leaves a little memory behind.
const STUMBLES_MAX: u32 = 40;

#[wasm_bindgen]
extern "C" {
    /// Shape Detection API, <https://wicg.github.io/shape-detection-api/#barcode-detection-api>; absent in many browsers.
    pub(crate) type BarcodeDetector;

    #[wasm_bindgen(catch, constructor)]
    fn new(options: &JsValue) -> Result<BarcodeDetector, JsValue>;

    #[wasm_bindgen(catch, static_method_of = BarcodeDetector, js_name = getSupportedFormats)]
    fn supported_formats() -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, method)]
    fn detect(this: &BarcodeDetector, source: &HtmlVideoElement) -> Result<Promise, JsValue>;
}

/// Reads what a camera sees.
pub(crate) enum Reader {
    /// The browser.
    Browser(BarcodeDetector),
    /// Our decoder, how often it has looked and how often it has stumbled.
    Ours { looks: u32, stumbles: u32 },
}

impl Reader {
    const OURS: Self = Self::Ours { looks: 0, stumbles: 0 };

    /// The browser's own if it reads QR codes: where the parts it needs are missing it says so by an empty list.
    pub(crate) async fn best() -> Self {
        browsers_own().await.map_or(Self::OURS, Self::Browser)
    }

    /// The texts of the codes in sight.
    ///
    /// # Errors
    /// The browser's; or that the decoder stumbled too often.
    pub(crate) async fn read(&mut self, camera: &Camera) -> Result<Vec<String>, JsValue> {
        if let Self::Browser(detector) = self {
            match detected(detector, camera.video()).await {
                Ok(texts) => return Ok(texts),
                // Some browsers have a detector that never works.
                Err(_) => *self = Self::OURS,
            }
        }
        let Self::Ours { looks, stumbles } = self else { return Ok(Vec::new()) };
        let Some(picture) = camera.picture(*looks)? else { return Ok(Vec::new()) };
        *looks = looks.wrapping_add(1);
        contained(move || picture.texts()).or_else(|error| {
            *stumbles += 1;
            if *stumbles > STUMBLES_MAX { Err(error) } else { Ok(Vec::new()) }
        })
    }
}

async fn in_time(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::race(&Array::of2(&promise, &refused_after(PATIENCE_MILLISECONDS)))).await
}

async fn browsers_own() -> Option<BarcodeDetector> {
    let formats: Array = in_time(BarcodeDetector::supported_formats().ok()?).await.ok()?.dyn_into().ok()?;
    let code = JsValue::from("qr_code");
    if !formats.includes(&code, 0) {
        return None;
    }
    let options = Object::new();
    Reflect::set(&options, &"formats".into(), &Array::of1(&code)).ok()?;
    BarcodeDetector::new(&options).ok()
}

async fn detected(detector: &BarcodeDetector, video: &HtmlVideoElement) -> Result<Vec<String>, JsValue> {
    let found: Array = in_time(detector.detect(video)?).await?.dyn_into()?;
    Ok(found.iter().filter_map(|code| Reflect::get(&code, &"rawValue".into()).ok()?.as_string()).collect())
}

/// Calls by way of JavaScript, where a trap of this module arrives as an exception: the decoder asserts things that an
/// unlucky picture breaks (<https://github.com/WanzenBug/rqrr/issues/54>), and the next picture is usually better.
fn contained(read: impl Fn() -> Vec<String> + 'static) -> Result<Vec<String>, JsValue> {
    let read =
        Closure::<dyn Fn() -> JsValue>::new(move || read().into_iter().map(JsValue::from).collect::<Array>().into());
    let texts: Array = read.as_ref().unchecked_ref::<Function>().call0(&JsValue::NULL)?.dyn_into()?;
    Ok(texts.iter().filter_map(|text| text.as_string()).collect())
}
