//! The camera (Media Capture and Streams), and pictures of what it sees.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream, MediaStreamConstraints,
    MediaStreamTrack,
};

use crate::decode::{Picture, sized};
use crate::page::{document, window};

/// The longer side of the first picture. More pixels cost time and let no more codes be read at arm's length.
const SIDE_MAX: u32 = 960;

/// A camera that is on. Dropping it turns it off.
pub(crate) struct Camera {
    video: HtmlVideoElement,
    stream: MediaStream,
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Camera {
    /// Asks for the camera that looks away from the person, and shows in `video` what it sees. Nothing if it is no longer
    /// `wanted` when somebody has answered.
    ///
    /// # Errors
    /// The browser's: there is none, it is in use, or it was not allowed.
    pub(crate) async fn open(video: &HtmlVideoElement, wanted: impl Fn() -> bool) -> Result<Option<Self>, JsValue> {
        let window = window().ok_or(JsValue::NULL)?;
        let wishes = Object::new();
        Reflect::set(&wishes, &"facingMode".into(), &"environment".into())?;
        Reflect::set(&wishes, &"width".into(), &1280.into())?;
        let constraints = MediaStreamConstraints::new();
        constraints.set_video(&wishes);
        let canvas: HtmlCanvasElement =
            document().ok_or(JsValue::NULL)?.create_element("canvas")?.dyn_into().map_err(JsValue::from)?;
        let often = Object::new();
        Reflect::set(&often, &"willReadFrequently".into(), &true.into())?;
        let context = canvas.get_context_with_context_options("2d", &often)?.ok_or(JsValue::NULL)?.dyn_into()?;
        // Outside a secure context there is no `mediaDevices`, and the call throws.
        let promise = window.navigator().media_devices()?.get_user_media_with_constraints(&constraints)?;
        let stream: MediaStream = JsFuture::from(promise).await?.dyn_into()?;
        let camera = Self { video: video.clone(), stream, canvas, context };
        if !wanted() {
            return Ok(None);
        }
        camera.video.set_src_object(Some(&camera.stream));
        Ok(Some(camera))
    }

    /// Shows it.
    pub(crate) async fn play(&self) -> Result<(), JsValue> {
        JsFuture::from(self.video.play()?).await.map(drop)
    }

    pub(crate) fn video(&self) -> &HtmlVideoElement {
        &self.video
    }

    /// What it sees now, in the size of that look; nothing before the first picture.
    pub(crate) fn picture(&self, look: u32) -> Result<Option<Picture>, JsValue> {
        let (width, height) = fitted(self.video.video_width(), self.video.video_height());
        let (width, height) = (sized(width, look), sized(height, look));
        if width == 0 || height == 0 {
            return Ok(None);
        }
        self.canvas.set_width(width);
        self.canvas.set_height(height);
        let (wide, high) = (f64::from(width), f64::from(height));
        self.context.draw_image_with_html_video_element_and_dw_and_dh(&self.video, 0.0, 0.0, wide, high)?;
        let data = self.context.get_image_data(0.0, 0.0, wide, high)?;
        Ok(Some(Picture { width: width as usize, height: height as usize, rgba: data.data().0 }))
    }
}

impl Camera {
    /// Its light goes out.
    pub(crate) fn turn_off(&self) {
        for track in self.stream.get_tracks().iter() {
            if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
                track.stop();
            }
        }
        // Started again meanwhile, the video shows another stream.
        if self.video.src_object().as_ref() == Some(&self.stream) {
            self.video.set_src_object(None);
        }
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.turn_off();
    }
}

/// The size with its longer side at most [`SIDE_MAX`].
fn fitted(width: u32, height: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= SIDE_MAX { (width, height) } else { (width * SIDE_MAX / longer, height * SIDE_MAX / longer) }
}
