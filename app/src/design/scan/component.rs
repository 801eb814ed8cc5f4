use leptos::prelude::*;

use crate::i18n::{Locale, Phrase, texts};

/// What is said around the camera.
#[derive(Debug, Clone)]
pub struct ScanTexts {
    /// The verb of the button.
    pub start: Phrase,
    /// The verb of the button that turns the camera off.
    pub stop: Phrase,
    /// What the moving picture is, for those who do not see it.
    pub picture: Phrase,
    /// How to hold the code, and that nothing is kept.
    pub aim: Phrase,
    /// That a code is somebody else's.
    pub other: Phrase,
    /// That the code was read.
    pub found: Phrase,
    /// That none was seen in time.
    pub nothing: Phrase,
    /// That there is no camera, and the other way.
    pub refused: Phrase,
}

impl ScanTexts {
    /// The usual words.
    pub fn usual(locale: Locale) -> Self {
        Self {
            start: texts::scan_start(locale),
            stop: texts::scan_stop(locale),
            picture: texts::scan_picture(locale),
            aim: texts::scan_aim(locale),
            other: texts::scan_other(locale),
            found: texts::scan_found(locale),
            nothing: texts::scan_nothing(locale),
            refused: texts::scan_refused(locale),
        }
    }
}

/// Reads a QR code with the camera and writes it into a field. Woken by the module `app/scan`; its place is kept free
/// until then, and it is not there at all without script: the field can be filled by hand.
#[component]
pub fn Scan(
    /// The id of the field.
    field: &'static str,
    /// What a code of ours holds; empty for one that could be typed.
    #[prop(optional, into)]
    mark: String,
    /// Whether the form goes on its way when nothing else is to be filled in.
    #[prop(optional)]
    submits: bool,
    /// What is said.
    texts: ScanTexts,
) -> impl IntoView {
    let picture = texts.picture.plain().into_owned();
    view! {
        <div class="mg-scan" data-scan=field data-mark=mark data-submits=submits.then_some("")>
            <button class="mg-button mg-button--secondary" type="button" data-scan-part="start">{texts.start}</button>
            <div class="mg-scan__view" data-scan-part="view" hidden>
                <video class="mg-scan__video" data-scan-part="video" muted playsinline aria-label=picture></video>
                <button class="mg-button mg-button--secondary" type="button" data-scan-part="stop">{texts.stop}</button>
            </div>
            <div role="status">
                <p data-scan-part="aim" hidden>{texts.aim}</p>
                <p data-scan-part="other" hidden>{texts.other}</p>
                <p data-scan-part="found" hidden>{texts.found}</p>
                <p data-scan-part="nothing" hidden>{texts.nothing}</p>
                <p data-scan-part="refused" hidden>{texts.refused}</p>
            </div>
        </div>
    }
}
