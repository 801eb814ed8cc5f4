use core::fmt::Write as _;

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::i18n::Phrase;

/// The light margin around the code, in modules (ISO/IEC 18004 §6.3.8).
const MARGIN: i32 = 4;

/// A QR code as a drawing: dark on light in every scheme, for cameras do not read it the other way round. What is longer than a
/// code holds is not drawn; whatever it says stands beside it in words as well.
#[component]
pub fn Qr(
    /// What it says.
    text: String,
    /// What it is, for those who do not see it.
    label: Phrase,
) -> impl IntoView {
    QrCode::encode_text(&text, QrCodeEcc::Medium).ok().map(|code| {
        let size = code.size() + 2 * MARGIN;
        view! {
            <svg class="mg-qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=label.plain().into_owned()>
                <path fill="#fff" d=format!("M0 0h{size}v{size}H0z")/>
                <path fill="#000" d=modules(&code) shape-rendering="crispEdges"/>
            </svg>
        }
    })
}

/// The dark modules as one path, a run of neighbours in a row at a time.
fn modules(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|&x| code.get_module(x, y)).count() as i32;
            if run > 0 {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + MARGIN, y + MARGIN);
            }
            x += run.max(1);
        }
    }
    path
}
