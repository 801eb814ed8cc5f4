use leptos::prelude::*;

use crate::i18n::Phrase;
use crate::markup::IntoMarkup;

/// One column.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What it is the column of, in one or two letters.
    pub label: Phrase,
    /// A word under that, which may reach under the columns beside it.
    pub under: Option<Phrase>,
    /// How high; none if that is not shown.
    pub height: Option<u64>,
    /// What stands above it where there is room; none where nothing is shown, which is always seen.
    pub text: Option<Phrase>,
}

/// Columns side by side: a picture of numbers that stand in a table beside it, where they can be read exactly.
#[component]
pub fn Chart(
    /// What it shows, for whoever does not see it, and where the numbers are to be read.
    label: Phrase,
    /// The columns, from left to right.
    bars: Vec<Bar>,
) -> impl IntoView {
    let most = bars.iter().filter_map(|bar| bar.height).max().unwrap_or_default().max(1);
    let bars = bars.into_iter().map(|Bar { label, under, height, text }| {
        // A hundred units high; something is never seen as nothing.
        let units = |height: u64| if height == 0 { 0 } else { (height.saturating_mul(100) / most).max(2) };
        let column = height.map(|height| {
            let units = units(height);
            view! {
                <svg class="mg-chart__column" viewBox="0 0 10 100" preserveAspectRatio="none">
                    <rect x="0" width="10" y=(100 - units).to_string() height=units.to_string()></rect>
                </svg>
            }
            .into_markup()
        });
        let column = column.unwrap_or_else(|| view! { <span class="mg-chart__column"></span> }.into_markup());
        let class = if text.is_some() { "mg-chart__text" } else { "mg-chart__none" };
        let text = view! { <span class=class>{text.unwrap_or(Phrase::fixed("–"))}</span> };
        view! {
            <span class="mg-chart__bar">
                {text}
                {column}
                <span class="mg-chart__label">{label}<span class="mg-chart__under">{under}</span></span>
            </span>
        }
    });
    view! { <div class="mg-chart" role="img" aria-label=label.plain().into_owned()>{bars.collect::<Vec<_>>()}</div> }
}
