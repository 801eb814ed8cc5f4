use crate::markup::Content;
use std::borrow::Cow;

use leptos::prelude::*;

/// What proves that a form is ours and makes sending it twice harmless.
#[derive(Debug, Clone)]
pub struct Seal {
    /// Bound to the session.
    pub csrf: String,
    /// Names the command: a repeat repeats the answer, not the effect.
    pub command_id: String,
}

/// A form that posts to a page. Browsers do not judge the fields: our answer does, in our words.
#[component]
pub fn Form(
    /// Where it is sent.
    #[prop(into)]
    action: String,
    /// Its seal.
    seal: Seal,
    /// Its id, where a button outside of it sends it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Whether it sends files (RFC 7578).
    #[prop(optional)]
    files: bool,
    /// Fields and one button.
    children: Content,
) -> impl IntoView {
    let encoding = files.then_some("multipart/form-data");
    view! {
        <form class="mg-form" id=id method="post" action=action enctype=encoding novalidate=true>
            <Hidden name="csrf" value=seal.csrf/>
            <Hidden name="command_id" value=seal.command_id/>
            {children.view()}
        </form>
    }
}

/// A field nobody sees.
#[component]
pub fn Hidden(
    /// Its name.
    #[prop(into)]
    name: Cow<'static, str>,
    /// Its value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}
