use leptos::prelude::*;

use super::{Bar, Chart};
use crate::{
    design::Example,
    i18n::{Locale, Phrase, texts},
};

/// Some months, one of them not shown.
pub fn examples(locale: Locale) -> Vec<Example> {
    let bar = |label, height: Option<u64>| {
        let text = height.map(|height| Phrase::given(height.to_string()));
        let under = (label == "8").then(|| Phrase::fixed("2026"));
        Bar { label: Phrase::fixed(label), under, height, text }
    };
    let bars = vec![bar("8", Some(0)), bar("9", None), bar("10", Some(26)), bar("11", Some(412))];
    vec![Example::of("chart", view! { <Chart label=texts::circulation_chart_label(locale) bars=bars/> })]
}
