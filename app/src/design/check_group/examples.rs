use leptos::prelude::*;

use super::{CheckGroup, CheckRow, CheckTable};
use crate::{
    design::{Example, field::Field, select::Choice},
    i18n::{Locale, texts},
};

/// Two ticked, none with an error, and a week.
pub fn examples(locale: Locale) -> Vec<Example> {
    let choices = || {
        vec![
            Choice::new("shopping", texts::help_category_shopping(locale)),
            Choice::new("forms", texts::help_category_forms(locale)),
            Choice::new("phone", texts::help_category_phone(locale)),
        ]
    };
    let field = |id| Field::new(id, texts::helper_field_kinds(locale)).required(texts::shell_required(locale));
    let wrong =
        field("kinds-wrong").error(Some(texts::error_missing_choice(locale, &texts::helper_field_kinds(locale))));
    let ticked = vec!["forms".to_owned(), "phone".to_owned()];
    let times = [texts::helper_time_morning(locale), texts::helper_time_afternoon(locale)];
    let row = |name: &str| {
        let boxes = times.iter().enumerate().map(|(at, time)| (format!("{name}-{at}"), time.clone()));
        CheckRow { name: crate::i18n::Phrase::given(name.to_owned()), boxes: boxes.collect() }
    };
    let when = Field::new("times", texts::helper_field_times(locale)).help(texts::helper_field_times_help(locale));
    let rows = vec![row("1"), row("2")];
    let values = vec!["1-1".to_owned()];
    vec![
        Example::of("check group", view! { <CheckGroup field=field("kinds") choices=choices() values=ticked/> }),
        Example::of("check group, wrong", view! { <CheckGroup field=wrong choices=choices()/> }),
        Example::of("check table", view! { <CheckTable field=when columns=times.to_vec() rows=rows values=values/> }),
    ]
}
