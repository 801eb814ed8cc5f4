//! What islands need of the browser. Only here are its objects named.

pub mod passkey;

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Leaves for a page of ours.
pub fn go(path: &str) {
    // The browser refuses only while another page is on its way: then that one comes.
    let _ = leptos::prelude::window().location().assign(path);
}

/// What is written in the field with that id; nothing if there is no such field.
pub fn field(id: &str) -> Option<String> {
    let element = leptos::prelude::document().get_element_by_id(id)?;
    Reflect::get(&element, &"value".into()).ok()?.as_string()
}

/// Shows what is hidden under that id, and says whenever somebody comes near it, by pointer or by keyboard.
pub fn reveal(id: &str, near: impl Fn() + 'static) {
    let Some(element) = leptos::prelude::document().get_element_by_id(id) else { return };
    // As long as the page.
    let near = Closure::<dyn Fn()>::new(near).into_js_value();
    for event in ["pointerover", "focusin"] {
        // The browser takes every listener.
        let _ = element.add_event_listener_with_callback(event, near.unchecked_ref());
    }
    let _ = element.remove_attribute("hidden");
}
