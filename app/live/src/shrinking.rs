//! Makes a photo smaller before it is sent: telephones take far more than anybody looks at here, and some in a format that we do not take.
//! Where that cannot be done it goes as it is, and the server says what is wrong with it.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, CanvasRenderingContext2d, DataTransfer, Element, File, FilePropertyBag, HtmlCanvasElement, HtmlInputElement,
    ImageBitmap,
};

use crate::page::{document, listen, window};

/// The longest side afterwards, in pixels: as large as a television shows.
const SIDE_MAX: u32 = 2_048;
/// How much of what the eye does not miss is left out; 1 is nothing.
const QUALITY: f64 = 0.85;
const JPEG: &str = "image/jpeg";

/// Wakes every field of the page whose photo is made smaller.
pub(crate) fn wake() {
    let Some(fields) = document().and_then(|document| document.query_selector_all("input[data-shrinks]").ok()) else {
        return;
    };
    let fields = (0..fields.length()).filter_map(|at| fields.get(at)?.dyn_into::<HtmlInputElement>().ok());
    for field in fields {
        let chosen = field.clone();
        // Of two that are chosen one after the other, the second stays.
        let latest = Rc::new(Cell::new(0u32));
        listen(&field, "change", move |_| {
            let (field, latest) = (chosen.clone(), Rc::clone(&latest));
            let turn = latest.get().wrapping_add(1);
            latest.set(turn);
            let button = button_of(&field);
            set_busy(button.as_ref(), true);
            spawn_local(async move {
                let smaller = smaller(&field).await.ok().flatten();
                if latest.get() != turn {
                    return;
                }
                if let Some(files) = smaller.and_then(|file| list_of(&file).ok()) {
                    field.set_files(files.files().as_ref());
                }
                set_busy(button.as_ref(), false);
            });
        });
    }
}

fn button_of(field: &HtmlInputElement) -> Option<Element> {
    field.closest("form").ok()??.query_selector("button[type=submit]").ok()?
}

/// While it is made smaller it cannot be sent. An attribute that cannot be set changes nothing.
fn set_busy(button: Option<&Element>, busy: bool) {
    let Some(button) = button else { return };
    let _ = if busy { button.set_attribute("disabled", "") } else { button.remove_attribute("disabled") };
}

fn list_of(file: &File) -> Result<DataTransfer, JsValue> {
    let list = DataTransfer::new()?;
    list.items().add_with_file(file)?;
    Ok(list)
}

/// The photo as a JPEG of at most [`SIDE_MAX`]; none if it is smaller as it is.
async fn smaller(field: &HtmlInputElement) -> Result<Option<File>, JsValue> {
    let Some((file, window)) = field.files().and_then(|files| files.get(0)).zip(window()) else { return Ok(None) };
    // The way up that the file says is the way up it has from here on.
    let bitmap: ImageBitmap = JsFuture::from(window.create_image_bitmap_with_blob(&file)?).await?.unchecked_into();
    let longest = f64::from(bitmap.width().max(bitmap.height()).max(1));
    let scale = (f64::from(SIDE_MAX) / longest).min(1.0);
    let canvas = painted(&bitmap, scale)?;
    bitmap.close();
    let blob = JsFuture::from(Promise::new(&mut |resolve, reject| {
        if canvas.to_blob_with_type_and_encoder_options(&resolve, JPEG, &JsValue::from_f64(QUALITY)).is_err() {
            // Whoever waits is told.
            let _ = reject.call0(&JsValue::UNDEFINED);
        }
    }));
    let blob: Blob = blob.await?.dyn_into()?;
    let is_taken = matches!(file.type_().as_str(), JPEG | "image/png");
    if is_taken && blob.size() >= file.size() {
        return Ok(None);
    }
    let named = FilePropertyBag::new();
    named.set_type(JPEG);
    File::new_with_blob_sequence_and_options(&Array::of1(&blob), "photo.jpg", &named).map(Some)
}

fn painted(bitmap: &ImageBitmap, scale: f64) -> Result<HtmlCanvasElement, JsValue> {
    let canvas = document().ok_or(JsValue::UNDEFINED)?.create_element("canvas")?;
    let canvas: HtmlCanvasElement = canvas.unchecked_into();
    let [width, height] = [bitmap.width(), bitmap.height()].map(|side| (f64::from(side) * scale).round().max(1.0));
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let pen = canvas.get_context("2d")?.ok_or(JsValue::UNDEFINED)?.unchecked_into::<CanvasRenderingContext2d>();
    // What can be seen through stands on white, as on paper.
    pen.set_fill_style_str("white");
    pen.fill_rect(0.0, 0.0, width, height);
    pen.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)?;
    Ok(canvas)
}
