//! What islands need of the browser. Only here are its objects named.

pub mod passkey;

use js_sys::Reflect;

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
