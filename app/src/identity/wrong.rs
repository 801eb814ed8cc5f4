//! What is wrong with a form about people: beside its field where there is one, else at the top of the page.

use leptos::prelude::*;
use shared::identity::{Field, FieldError, FieldErrors};
use shared::kernel::Locale;

use crate::design::{
    banner::{Banner, Matter},
    error_summary::Wrong,
    field,
};
use crate::i18n::{Phrase, texts};

/// What a field is called.
pub(super) fn label(locale: Locale, field: Field) -> Phrase {
    match field {
        Field::Member => texts::me_number(locale),
        Field::Name => texts::me_name(locale),
        Field::Address => texts::me_address(locale),
        Field::Birth => texts::me_birthday(locale),
        Field::Gender => texts::counter_gender(locale),
        Field::Evidence => texts::counter_evidence(locale),
        Field::Role => texts::staff_role(locale),
        Field::Certificate => texts::certificate_field(locale),
        Field::Code => texts::join_code_field(locale),
        Field::Telephone => texts::desk_call_telephone(locale),
    }
}

fn sentence(locale: Locale, field: Field, error: FieldError) -> Phrase {
    let label = label(locale, field);
    match error {
        FieldError::Missing if matches!(field, Field::Gender | Field::Evidence | Field::Role | Field::Birth) => {
            texts::error_missing_choice(locale, &label)
        }
        FieldError::Missing if field == Field::Certificate => texts::error_certificate(locale, &label),
        FieldError::Missing => texts::error_missing(locale, &label),
        FieldError::TooLong { max, got } => texts::error_too_long(locale, &label, max.into(), got.into()),
        FieldError::Control => texts::error_control(locale, &label),
        FieldError::IndividualNumber => texts::error_individual_number(locale, &label),
        FieldError::Unknown => texts::error_unknown_choice(locale, &label),
        FieldError::NotADate => texts::error_not_date(locale, &label),
        FieldError::NotAMember => texts::error_not_number_code(locale, &label),
        FieldError::Nobody => texts::error_person_unknown(locale),
        FieldError::NotACode => texts::error_not_code(locale, &label),
        FieldError::NotATelephone => texts::error_not_telephone(locale, &label),
        FieldError::Gone => texts::error_code_gone(locale),
    }
}

/// Everything wrong with a form.
#[derive(Debug, Clone, Default)]
pub(super) struct Wrongs(Vec<(Field, Phrase)>);

impl Wrongs {
    pub(super) fn of(locale: Locale, errors: &FieldErrors) -> Self {
        Self(errors.iter().map(|&(field, error)| (field, sentence(locale, field, error))).collect())
    }

    fn at(&self, field: Field) -> Option<Phrase> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, words)| words.clone())
    }

    /// How many things are wrong.
    pub(super) fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// For the summary.
    pub(super) fn summary(&self) -> Vec<Wrong> {
        self.0.iter().map(|(field, text)| Wrong { field: field.id().into(), text: text.clone() }).collect()
    }

    /// A field that is needed, with what is wrong with it.
    pub(super) fn needed(&self, locale: Locale, field: Field) -> field::Field {
        let words = field::Field::new(field.id(), label(locale, field));
        words.required(texts::shell_required(locale)).error(self.at(field))
    }
}

/// Why nothing was done, where no field is at fault.
#[component]
pub(super) fn Refused(
    /// Why; nothing where nothing was refused.
    why: Option<Phrase>,
    /// What did not happen.
    title: Phrase,
) -> impl IntoView {
    why.map(|why| {
        view! {
            <div role="alert" id="error-summary" tabindex="-1" autofocus=true>
                <Banner matter=Matter::Error title=title><p>{why}</p></Banner>
            </div>
        }
    })
}
