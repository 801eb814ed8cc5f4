//! Texts (文言): the only place prose is made. Texts are written in `locales/*.ftl` and compiled to one
//! function a key; dates, amounts and windows come from [`format`]. The browser module has none of them:
//! an island is handed the phrases it may say.

#[cfg(feature = "ssr")]
pub mod format;
mod phrase;

pub use phrase::{Composer, Phrase};
pub use shared::kernel::Locale;

/// One function a key of `locales/ja.ftl`, in its order, with the arguments of the text.
#[cfg(feature = "ssr")]
pub mod texts {
    #![allow(clippy::too_many_arguments, clippy::match_same_arms, reason = "generated from the texts")]
    use super::{Composer, Locale, Phrase};

    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}
