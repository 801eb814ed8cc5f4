use leptos::prelude::*;

/// A sound under a second, once, for somebody who is not looking; what it means stands on the page in words as well.
/// Browsers that were told to be quiet stay quiet.
#[component]
pub fn Chime(
    /// The sound's address.
    #[prop(into)]
    src: String,
) -> impl IntoView {
    view! { <audio src=src autoplay></audio> }
}
