use leptos::prelude::*;
use shared::kernel::{Day, Points};

use super::{DescriptionList, Entry, LinkList, Row};
use crate::{
    design::Example,
    i18n::{Locale, Phrase, format, texts},
};

/// Answers to check, jobs to choose from, entries of a statement.
pub fn examples(locale: Locale) -> Vec<Example> {
    let day = Day::from_ymd(2026, 11, 28).unwrap_or(Day(0));
    let amount = |value| format::points(locale, Points::new(value).unwrap_or_default());
    let change = || Some(("#category".to_owned(), texts::help_check_change(locale)));
    let rows = vec![
        Row { change: change(), ..Row::new(texts::help_field_category(locale), texts::help_category_phone(locale)) },
        Row { change: change(), ..Row::new(texts::help_field_day(locale), format::window(locale, day, 600, 720)) },
        Row {
            change: change(),
            ..Row::new(texts::help_field_details(locale), Phrase::fixed("写真を送りたいです。\n操作を教えてください。"))
        },
        Row::new(texts::help_field_reward(locale), amount(1200)),
    ];
    let jobs = vec![
        Entry {
            href: Some("/help/1".to_owned()),
            title: Phrase::fixed("電球の交換"),
            note: Some(format::window(locale, day, 600, 660)),
            end: Some(amount(500)),
        },
        Entry {
            href: Some("/help/2".to_owned()),
            title: Phrase::fixed("病院への付き添い（行き帰り、タクシーに同乗）"),
            note: Some(format::window(locale, day, 780, 960)),
            end: Some(amount(1500)),
        },
    ];
    let lines = vec![
        Entry {
            href: None,
            title: texts::wallet_line_reward(locale),
            note: Some(format::day(locale, day)),
            end: Some(Phrase::given(format!("+{}", amount(500)))),
        },
        Entry {
            href: None,
            title: texts::wallet_line_paid(locale),
            note: Some(format::day(locale, day)),
            end: Some(Phrase::given(format!("−{}", amount(120)))),
        },
    ];
    vec![
        Example::of("description list", view! { <DescriptionList rows=rows/> }),
        Example::of("link list", view! { <LinkList entries=jobs/> }),
        Example::of("statement", view! { <LinkList entries=lines/> }),
    ]
}
