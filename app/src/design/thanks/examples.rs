use leptos::prelude::*;
use shared::kernel::Day;

use super::{Letter, ThanksCard};
use crate::{
    design::Example,
    i18n::{Locale, Phrase, format, texts},
};

/// With a message, and with the rating alone.
pub fn examples(locale: Locale) -> Vec<Example> {
    let day = Day::from_ymd(2026, 11, 21).unwrap_or(Day(0));
    let letter = |message, name| Letter {
        title: texts::help_thanks_title(locale),
        message,
        from: texts::help_thanks_from(locale, name),
        about: texts::help_thanks_about(locale, "電球の交換", &format::day(locale, day)),
        rating: Some(texts::help_rating_5(locale)),
    };
    let said = Phrase::fixed("明るくなって、夜もほっとします。\nまたお話ししましょうね。");
    vec![
        Example::of("thanks", view! { <ThanksCard letter=letter(Some(said), "山田 花子")/> }),
        Example::of(
            "thanks, rating only",
            view! { <ThanksCard letter=letter(None, "Christopher Montgomery-Alexander Fitzgerald")/> },
        ),
    ]
}
