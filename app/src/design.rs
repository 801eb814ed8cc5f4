//! The design system (デザインシステム): components without domain words, each with its style and examples.
//! Texts come as props; a component is a total function from props to HTML.

use crate::i18n::Locale;

/// The style sheet of every component, compiled into the crate.
pub const STYLESHEET: &str = concat!(
    include_str!(concat!(env!("OUT_DIR"), "/style.css")),
    include_str!(concat!(env!("OUT_DIR"), "/first.css")),
    include_str!(concat!(env!("OUT_DIR"), "/later.css")),
);

/// What of it the first page does not load.
pub const LATER_STYLESHEET: &str = include_str!(concat!(env!("OUT_DIR"), "/later.css"));

/// A component with props, rendered: for the gallery and for tests.
#[derive(Debug, Clone)]
pub struct Example {
    /// Unique.
    pub name: &'static str,
    /// The component's HTML; a whole document for names that begin with `page`.
    pub html: String,
}

impl Example {
    /// Renders it.
    pub fn of(name: &'static str, view: impl leptos::prelude::RenderHtml) -> Self {
        Self { name, html: view.to_html() }
    }
}

macro_rules! gallery {
    ($($name:ident),* $(,)?) => {
        /// Every example of every component, in one language.
        pub fn examples(locale: Locale) -> Vec<Example> {
            [$($name::examples(locale)),*].concat()
        }
    };
}

gallery!(
    page,
    header,
    navigation,
    footer,
    button,
    link,
    icon,
    banner,
    card,
    thanks,
    money,
    timeline,
    list,
    empty,
    steps,
    error_summary,
    form,
    field,
    text_field,
    text_area,
    select,
    radio_group,
    check_group,
    date_field,
    file_field,
    photo,
    filter,
    time_field,
    bullets,
    quote,
    chat,
    chart,
    readout,
    qr,
    scan,
    live,
    keeping,
    chime,
    table,
);

/// A notice within the page.
pub mod banner {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Buttons, and links in their shape.
pub mod button {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Cards, doors, and why something is shown.
pub mod card {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Numbers as columns.
pub mod chart {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Any number of a few, also in a table.
pub mod check_group {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// A sound.
pub mod chime {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// A day.
pub mod date_field {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Nothing here yet.
pub mod empty {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// What is wrong, at the top of the page.
pub mod error_summary {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// What every field has.
pub mod field {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// The foot of every page.
pub mod footer {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// A form and its seal.
pub mod form {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// The bar at the top.
pub mod header {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Pictograms.
pub mod icon {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// A link on its own line.
pub mod link {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Description lists and lists of links.
pub mod list {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// An amount.
pub mod money {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// The bar of places.
pub mod navigation {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// The whole document.
pub mod page {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// One of a few.
pub mod radio_group {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// A file.
pub mod file_field {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Ways to see a list.
pub mod filter {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Reading a QR code with the camera.
pub mod scan {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// One of many.
pub mod select {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Where one is in a long form.
pub mod steps {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Several lines of text.
pub mod text_area {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// One line of text.
pub mod text_field {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Thanks.
pub mod thanks {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// An hour.
pub mod time_field {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Steps of something that takes days.
pub mod timeline {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Keeping what is typed.
pub mod keeping {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Hearing what changes.
pub mod live {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// A few short lines.
pub mod bullets {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// A picture to scan.
pub mod qr {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// What somebody wrote.
pub mod quote {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Photos.
pub mod photo {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// What two people write to each other.
pub mod chat {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// A number to read out.
pub mod readout {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}

/// Rows of the same kind.
pub mod table {
    mod component;
    mod examples;

    pub use component::*;
    pub use examples::examples;
}
